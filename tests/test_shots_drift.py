"""JupyterLab is not what the pictures show: other labels, another version."""

import json
import re
import subprocess
import sys

from hackweek.screenshots.lock import read_lock
from repository import copy_repository, replace_in

TRANSLATED = """if True:
    import json, sys
    from hackweek.screenshots import worker, world

    world._SETTINGS["translation-extension/plugin"] = {"locale": "de_DE"}
    build = world.World.build

    def build_with_language_pack(self, stage):
        build(self, stage)
        pack = self.run / "python/pack"
        texts = pack / "locale/de_DE/LC_MESSAGES/jupyterlab.json"
        texts.parent.mkdir(parents=True)
        (pack / "__init__.py").touch()
        about = {"language": "de-DE", "plural_forms": "nplurals=2; plural=(n != 1);"}
        texts.write_text(json.dumps({"": about, "Log Out": ["Abmelden"]}))
        told = self.run / "python/pack-1.dist-info"
        told.mkdir()
        (told / "METADATA").write_text("Metadata-Version: 2.1\\nName: pack\\nVersion: 1\\n")
        (told / "entry_points.txt").write_text("[jupyterlab.languagepack]\\nde_DE = pack\\n")

    world.World.build = build_with_language_pack
    sys.exit(worker.main(sys.argv[1]))
"""
"""A worker whose JupyterLab has a language pack with one word."""


def test_a_label_that_is_translated_fails_the_journey_at_its_step(tmp_path):
    copy = copy_repository(tmp_path / "copy")
    wait = "- wait: \".lm-Menu-item:has-text('Log Out')\"\n"
    replace_in(copy / "journeys/log-out.yml", wait, f"{wait}    seconds: 2\n")
    folder = tmp_path / "pictures"
    folder.mkdir()
    request = {"event": "example-2027", "journeys": ["log-out"], "folder": str(folder)}

    done = subprocess.run(
        [sys.executable, "-c", TRANSLATED, json.dumps(request)],
        cwd=copy,
        capture_output=True,
        text=True,
    )

    assert json.loads(done.stdout) == {
        "problem": {
            "path": "journeys/log-out.yml",
            "line": 8,
            "column": 5,
            "rule": "journey-failed",
            "message": "nothing visible matches \".lm-Menu-item:has-text('Log Out')\" within 2 s",
            "help": f"look at what the browser showed: {folder}/log-out.failed.png",
            "warning": False,
        }
    }
    assert done.returncode == 1
    assert (folder / "log-out.failed.png").read_bytes().startswith(b"\x89PNG")


def test_a_version_that_the_pictures_do_not_show_is_told_and_a_journey_that_is_gone_forgotten(
    tmp_path,
):
    copy = copy_repository(tmp_path / "copy")
    installed = read_lock(copy).versions["jupyterlab"]
    lock = copy / "journeys/lock.json"
    replace_in(lock, f'"jupyterlab": "{installed}"', '"jupyterlab": "4.4.10"')
    replace_in(lock, '"clone": ', '"once": "", "clone": ')
    shots = [sys.executable, "-m", "hackweek", "shots", "example-2027", "--only", "repository"]

    checked = subprocess.run([*shots, "--check"], cwd=copy, capture_output=True, text=True)
    updated = subprocess.run([*shots, "--update"], cwd=copy, capture_output=True, text=True)

    assert re.sub(r" in \d+ s", "", checked.stdout) == (
        'journeys/lock.json:1:1: stale-picture: the pictures show jupyterlab "4.4.10",'
        f' and "{installed}" is installed\n'
        "  help: run: make shots\n"
        "1 problem in 1 file\n"
        "captured 2 pictures, 0 changed: .cache/shots/report.html\n"
    )
    assert checked.returncode == 1
    assert updated.stdout == "accepted 0 changed pictures\n"
    assert read_lock(copy).versions["jupyterlab"] == installed
    assert "once" not in read_lock(copy).journeys["example-2027"]
