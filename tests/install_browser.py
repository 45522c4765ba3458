"""Gets a browser for the tests where there is none: Debian's, else Playwright's own download."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Started by its path, this file has only its own folder where Python looks for modules.
sys.path.append(str(ROOT))

from browser import LIGHT, open_browser  # noqa: E402 - it needs the line above

# The last is what Playwright's own program needs and Debian's smallest systems lack.
_DEBIAN_PACKAGES = ["chromium", LIGHT, "fonts-dejavu-core", "libatomic1"]


def main() -> int:
    """0 when a browser can be opened at the end."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    on_debian = root and Path("/etc/debian_version").is_file() and shutil.which("apt-get")
    is_there = _opens()
    if is_there and (shutil.which(LIGHT) or not on_debian):
        return 0
    print("installing a browser for the tests (once) …", flush=True)
    if on_debian:
        # Where one is there already, the lighter one is welcome, not needed.
        subprocess.run(["apt-get", "update", "-qq"], check=not is_there)
        install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]
        subprocess.run([*install, *_DEBIAN_PACKAGES], check=not is_there, stdout=subprocess.DEVNULL)
    elif not os.environ.get("CHROMIUM"):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    with open_browser():
        return 0


def _opens() -> bool:
    # In a process of its own: what Playwright's program says when it cannot start is no news.
    code = "from browser import open_browser\nwith open_browser(): pass"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "tests")}
    return not subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True
    ).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Exception as error:  # noqa: BLE001 - whatever Playwright or apt says is the message
        sys.exit(f"no browser for the tests: {error}")
