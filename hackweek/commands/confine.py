"""Starts a program that reaches nothing but this machine; run as a script of its own.

`python confine.py online|offline PROGRAM …` replaces itself with the program. Its standard output
is a terminal, which it gets as its controlling one: when the other end goes away, however that
happens, everything in it is hung up. Offline, it lives in a network of its own, in which there is
only loopback (https://man7.org/linux/man-pages/man7/network_namespaces.7.html).
"""

import ctypes
import fcntl
import os
import socket
import struct
import sys
import termios
from pathlib import Path
from typing import Never

CANNOT = 125
"""The exit status where the system does not permit it."""

_NEW_USER = 0x10000000  # CLONE_NEWUSER and CLONE_NEWNET of <linux/sched.h>
_NEW_NETWORK = 0x40000000
_SET_FLAGS = 0x8914  # SIOCSIFFLAGS of <linux/sockios.h>
_UP = 0x1  # IFF_UP of <linux/if.h>


def leave_network() -> None:
    """Moves this process into a network that has loopback only.

    Raises OSError or AttributeError where that is not permitted or not known.
    """
    library = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if library.unshare(_NEW_NETWORK):
        if library.unshare(_NEW_USER | _NEW_NETWORK):
            raise OSError(ctypes.get_errno(), "unshare")
        own = Path("/proc/self")
        (own / "setgroups").write_text("deny")
        (own / "uid_map").write_text(f"{user} {user} 1")
        (own / "gid_map").write_text(f"{group} {group} 1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh22x", b"lo", _UP))


def main(mode: str, program: list[str]) -> Never:
    """Becomes the program; ends with `CANNOT` where it cannot be cut off."""
    if mode == "offline":
        try:
            leave_network()
        except (OSError, AttributeError):
            sys.exit(CANNOT)
    if os.isatty(1):
        fcntl.ioctl(1, termios.TIOCSCTTY, 0)
    os.execvp(program[0], program)  # noqa: S606 - it is what this is for


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
