"""How far commands reach."""

import subprocess
import sys
from enum import Enum
from pathlib import Path

_CONFINE = Path(__file__).with_name("confine.py")


class Network(Enum):
    """What a command finds when it asks for another machine."""

    OPEN = "open"
    """The internet."""
    DISCOURAGED = "discouraged"
    """Proxies that are not there; a program that asks nobody for a proxy gets through."""
    CUT_OFF = "cut off"
    """Nothing but loopback."""

    def confined(self, *command: str) -> list[str]:
        """A command that starts another one in this network, on a terminal."""
        mode = "offline" if self is Network.CUT_OFF else "online"
        return [sys.executable, "-I", "-S", str(_CONFINE), mode, *command]


def least_network() -> Network:
    """As little as this system lets us have."""
    command = Network.CUT_OFF.confined("true")
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return Network.DISCOURAGED if done.returncode else Network.CUT_OFF
