"""Gets a browser for the tests where there is none: Debian's, else Playwright's own download."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from browser import find_browser


def main() -> int:
    """0 when there is a browser at the end."""
    with sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    try:
        find_browser(downloaded)
    except RuntimeError:
        print("installing a browser for the tests (once) …", flush=True)
        if os.environ.get("CHROMIUM"):
            raise
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        if root and Path("/etc/debian_version").is_file() and shutil.which("apt-get"):
            subprocess.run(["apt-get", "update", "-qq"], check=True)
            install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"]
            subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
        else:
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
        find_browser(downloaded)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (RuntimeError, subprocess.CalledProcessError) as error:
        sys.exit(f"no browser for the tests: {error}")
