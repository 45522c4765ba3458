"""The world around a lesson's commands: an empty home, and what stands for the internet."""

import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hackweek.commands.leftovers import end_processes
from hackweek.commands.network import Network
from hackweek.event import Event

GITHUB = "https://github.com/"
HOME = "/home/jovyan"
"""The home directory that is shown where the event names none: that of Jupyter's images."""
_CLOSED = "http://127.0.0.1:9"
"""A proxy that is not there: https://www.iana.org/assignments/service-names-port-numbers"""
_COLLEAGUE = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A Colleague"), ("EMAIL", "colleague@example.org"))
}
_FILES = {
    "README.md": "# Practice\n\nA repository to practise with.\n",
    "first-look.md": "# A first look\n\nOpen the data.\n",
}
_JUPYTERLAB = "4.0.0"


@dataclass(frozen=True, slots=True)
class World:
    """A folder that holds everything that the commands of one page see and leave."""

    folder: Path
    network: Network

    @property
    def home(self) -> Path:
        """The reader's home directory."""
        return self.folder / "home"

    @property
    def elsewhere(self) -> Path:
        """Where somebody else works."""
        return self.folder / "elsewhere"

    @property
    def site(self) -> Path:
        """What the event's site offers for download."""
        return self.folder / "site"

    def environment(self, *, elsewhere: bool = False) -> dict[str, str]:
        """The variables of the reader's shell, or of somebody else's.

        GitHub's repositories are in the folder $GITHUB, which only somebody else knows. What
        the event's site offers for download is in the folder $SITE.
        """
        own = {
            "HOME": str(self.elsewhere if elsewhere else self.home),
            "PATH": os.environ.get("PATH", os.defpath),
            "SHELL": "/bin/bash",
            "TMPDIR": str(self.folder / "tmp"),
            "TERM": "dumb",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "PAGER": "cat",
            "GIT_PAGER": "cat",
            "EDITOR": "true",
            "GIT_EDITOR": "true",
            "GIT_TERMINAL_PROMPT": "0",
            "SITE": str(self.site),
            "GIT_CONFIG_SYSTEM": str(self.folder / "gitconfig"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        if elsewhere:
            own |= {"GITHUB": str(self.folder / "github"), **_COLLEAGUE}
        return own if self.network is Network.OPEN else own | self._nothing_outside()

    def readable(self, output: str, event: Event) -> str:
        """What came, with the addresses and the home directory that a reader would see."""
        for folder in {self.folder, self.folder.resolve()}:
            for github in ((folder / "github").as_uri(), str(folder / "github")):
                output = output.replace(f"{github}/", GITHUB)
            output = output.replace(str(folder / "home"), event.hub_home or HOME)
        return output

    def _nothing_outside(self) -> dict[str, str]:
        proxies = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
        return {name: _CLOSED for each in proxies for name in (each, each.upper())} | {
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.folder / "packages"),
            "PIP_CONFIG_FILE": os.devnull,
        }


@contextmanager
def new_world(github: Path, network: Network) -> Iterator[World]:
    """A world with a copy of these repositories, gone at the end."""
    with tempfile.TemporaryDirectory(
        prefix="hackweek-commands-", ignore_cleanup_errors=True
    ) as name:
        world = World(Path(name), network)
        for folder in (world.home, world.elsewhere, world.folder / "tmp"):
            folder.mkdir()
        shutil.copytree(github, world.folder / "github")
        write_jupyterlab(world.folder / "packages")
        (world.folder / "gitconfig").write_text(
            f'[url "{(world.folder / "github").as_uri()}/"]\n\tinsteadOf = {GITHUB}\n'
            "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n",  # no process stays behind
            "utf-8",
        )
        try:
            yield world
        finally:
            end_processes(world.folder)


def repositories(events: Iterable[Event]) -> list[str]:
    """The repositories that are on GitHub before any reader begins, as owner/name."""
    found = (
        name
        for event in events
        for name in (event.practice_repo, *(t.repo for t in event.tutorials))
    )
    return sorted(set(found))


def write_github(folder: Path, names: Iterable[str]) -> None:
    """Makes a folder of bare repositories, each with a short history on the branch main."""
    seed = folder.with_name(f"{folder.name}-seed")
    _git("init", "--quiet", "--template=", "--initial-branch=main", str(seed))
    for name, text in _FILES.items():
        (seed / name).write_text(text, "utf-8")
        _git("-C", str(seed), "add", name)
        _git("-C", str(seed), "commit", "--quiet", "--message", f"Add {name}")
    for name in names:
        target = folder / f"{name}.git"
        _git("clone", "--quiet", "--bare", "--template=", str(seed), str(target))
        _git("-C", str(target), "remote", "remove", "origin")


def _git(*arguments: str) -> None:
    environment: Mapping[str, str] = {
        **_COLLEAGUE,
        "PATH": os.environ.get("PATH", os.defpath),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    command = ["git", *arguments]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def write_jupyterlab(folder: Path) -> None:
    """A package that pip installs where it cannot reach PyPI: it only tells its version.

    https://packaging.python.org/en/latest/specifications/binary-distribution-format/
    """
    folder.mkdir()
    info = f"jupyterlab-{_JUPYTERLAB}.dist-info"
    files = {
        "jupyterlab_stand_in.py": f'def main():\n    print("{_JUPYTERLAB}")\n',
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: jupyterlab\nVersion: {_JUPYTERLAB}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "[console_scripts]\njupyter = jupyterlab_stand_in:main\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(folder / f"jupyterlab-{_JUPYTERLAB}-py3-none-any.whl", "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
