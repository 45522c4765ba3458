"""What surrounds the hub: a home directory, settings, repositories; the same on every machine.

Nothing of the user's own is read or written: not their home, not Jupyter's settings.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from hackweek.screenshots.stage import PARTICIPANT, Stage

FONTS = Path(__file__).parent / "fonts"
PROXY = Path(sys.prefix, "share/hackweek-proxy/node_modules/.bin/configurable-http-proxy")
"""The hub's proxy, where `make shots` installs it."""

_SETTINGS = {
    "apputils-extension/themes": {"adaptive-theme": False},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "terminal-extension/plugin": {"cursorBlink": False, "fontSize": 12},
    "notebook-extension/tracker": {"windowingMode": "none"},
}
"""JupyterLab's settings: nothing blinks, asks, follows the system or looks for news."""
_SERVER = {
    "LabApp": {"expose_app_in_browser": True, "extension_manager": "readonly"},
    "ServerApp": {"terminado_settings": {"shell_command": ["/bin/bash", "--noprofile", "-i"]}},
}
_PAGE = {"buildCheck": False, "buildAvailable": False}
_SLOW_MODULE = "rfc3987_syntax.py"
"""Reads a grammar for two seconds; jsonschema, for which Jupyter imports it, does without:
https://github.com/python-jsonschema/jsonschema/blob/main/jsonschema/_format.py"""
_PACK_OBJECTS = """#!/bin/sh
"$@" >"$0.$$" && cat "$0.$$"
"""
"""Sends what git has packed only when all is said about it: else "remote: Total …" comes before
or after "Receiving objects …", as it happens.
https://git-scm.com/docs/git-config#Documentation/git-config.txt-uploadpackpackObjectsHook"""
_BASHRC = rf"""PS1='\[\e[32m\]jovyan@jupyter-{PARTICIPANT}\[\e[0m\]:\[\e[34m\]\w\[\e[0m\]$ '
unset PROMPT_COMMAND HISTFILE
"""
_DAY = "2027-06-14T09:00:00+00:00"
"""When every commit is made, so that its number is always the same."""
_AGE = 150
"""Seconds; half a minute from where the text would change."""
_NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "id": "1", "metadata": {}, "source": "# A first look"},
        {
            "cell_type": "code",
            "id": "2",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": "depths = [10, 15, 20]\nsum(depths) / len(depths)",
        },
    ],
    "metadata": {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "name": "python3",
            "language": "python",
        }
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}
_FILES = {
    "LICENSE": "The text of a licence\n",
    "README.md": "# Practice\n\nA repository to practise with.\n",
    "environment.yml": "dependencies: [jupyterlab, xarray]\n",
    "first-look.ipynb": json.dumps(_NOTEBOOK, indent=1) + "\n",
}
"""What is in each repository that can be cloned."""


@dataclass(frozen=True, slots=True)
class World:
    """The folder in which everything that a hub needs is written, and which is removed after it."""

    run: Path

    @property
    def home(self) -> Path:
        """The participant's home directory."""
        return self.run / "home" / PARTICIPANT

    @property
    def environment(self) -> dict[str, str]:
        """Of every process; nothing is taken over from the user's own but the path."""
        folders = {
            name: str(self.run / name.lower())
            for name in (
                *("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"),
                *("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"),
                *("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"),
            )
        }
        return {
            **folders,
            "HOME": str(self.run / "home"),
            "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', os.defpath)}",
            "PYTHONPATH": str(self.run / "python"),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "FONTCONFIG_FILE": str(FONTS / "fonts.conf"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": str(self.run / "gitconfig"),
            "GIT_AUTHOR_DATE": _DAY,
            "GIT_COMMITTER_DATE": _DAY,
        }

    def build(self, stage: Stage) -> None:
        """Writes settings, repositories and the participant's home."""
        stub = self.run / "python" / _SLOW_MODULE
        stub.parent.mkdir()
        stub.write_text("raise ImportError", "utf-8")
        stage.write(self.run / "stage.json")
        for name, values in _SETTINGS.items():
            plugin = self.run / "jupyterlab_settings_dir/@jupyterlab"
            _write_json(plugin / f"{name}.jupyterlab-settings", values)
        _write_json(self.run / "jupyter_config_dir/jupyter_server_config.json", _SERVER)
        _write_json(self.run / "jupyter_config_dir/labconfig/page_config.json", _PAGE)
        remotes = self.run / "remotes"
        (self.run / "gitconfig").write_text(
            f'[url "file://{remotes}/"]\n\tinsteadOf = https://github.com/\n'
            "[user]\n\tname = Your Name\n\temail = you@example.org\n"
            "[init]\n\tdefaultBranch = main\n[pull]\n\trebase = false\n"
            "[safe]\n\tdirectory = *\n"
            f"[uploadpack]\n\tpackObjectsHook = {self.run / 'pack-objects'}\n",
            "utf-8",
        )
        hook = self.run / "pack-objects"
        hook.write_text(_PACK_OBJECTS, "utf-8")
        hook.chmod(0o755)
        self._build_repositories(remotes, stage)
        _write_json(self.run / "environment.json", self._server_environment())
        self.clear_home()

    def clear_home(self) -> None:
        """A home directory as on a participant's first day."""
        self.home.mkdir(parents=True, exist_ok=True)
        for each in self.home.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        (self.home / ".bashrc").write_text(_BASHRC, "utf-8")

    def forget(self) -> None:
        """The same for JupyterLab, which otherwise opens what was open the last time."""
        shutil.rmtree(self.run / "jupyterlab_workspaces_dir", ignore_errors=True)
        self.clear_home()

    def age_files(self) -> None:
        """Makes the list of files say "2 minutes ago" beside each, however long things take."""
        then = time.time() - _AGE
        for each in (self.home, *self.home.rglob("*")):
            if not any(part.startswith(".") for part in each.relative_to(self.home).parts):
                os.utime(each, (then, then))

    def _server_environment(self) -> dict[str, str]:
        kept = {"HOME", "PATH", "PYTHONPATH", "LANG", "TZ"}
        return {name: each for name, each in self.environment.items() if name not in kept}

    def _build_repositories(self, remotes: Path, stage: Stage) -> None:
        source = self.run / "source"
        source.mkdir()
        for name, text in _FILES.items():
            (source / name).write_text(text, "utf-8")
        self._git(source, "init", "--quiet")
        self._git(source, "add", ".")
        self._git(source, "commit", "--quiet", "--message", "Begin")
        for repository in stage.repositories:
            target = f"{remotes / repository}.git"
            self._git(source, "clone", "--quiet", "--bare", str(source), target)

    def _git(self, folder: Path, *arguments: str) -> None:
        command = ["git", *arguments]
        subprocess.run(command, cwd=folder, env=self.environment, check=True)


def _write_json(path: Path, values: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values), "utf-8")
