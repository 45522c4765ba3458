"""Whatever happens to `build --all`, each published folder is one whole site."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time

import pytest

from repository import append, copy_repository, keep_pages
from test_build import digest
from test_stamping import RICH, write_event

BUILD = [sys.executable, "-m", "hackweek", "build", "--all"]
SLUGS = ("week-0", "week-1")


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    root = copy_repository(tmp_path_factory.mktemp("robust") / "repository")
    for path in (root / "events").glob("*.yml"):
        path.unlink()
    for slug, values in zip(SLUGS, RICH, strict=False):
        write_event(root, slug, **values)
    keep_pages(root, "index.md", "preliminary/git.md", "help.md")
    return root


def built(root, output="site"):
    subprocess.run([*BUILD, "--output", output], cwd=root, check=True, stdout=subprocess.DEVNULL)
    return root / output


def states(site):
    return {slug: digest(site / slug) for slug in SLUGS}


def test_killed_at_any_of_twenty_moments_it_leaves_each_site_old_or_new(repository):
    site = built(repository)
    old = states(site)
    front_page = (site / "index.html").read_bytes()
    append(repository / "docs/help.md", "\nThis is new.\n")
    begin = time.monotonic()
    new = states(built(repository, "elsewhere"))
    duration = time.monotonic() - begin
    moments = random.Random(7)
    for _ in range(20):
        process = subprocess.Popen(BUILD, cwd=repository, stdout=subprocess.DEVNULL)
        try:
            process.wait(moments.uniform(0, 1.2 * duration))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        now = states(site)
        assert all(now[slug] in (old[slug], new[slug]) for slug in SLUGS)
        assert (site / "index.html").read_bytes() == front_page


def test_two_builds_at_once_leave_one_whole_site(repository):
    expected = states(built(repository, "alone"))
    command = [*BUILD, "--output", "both"]
    processes = [
        subprocess.Popen(command, cwd=repository, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [process.communicate()[1].decode() for process in processes]
    assert {process.returncode for process in processes} <= {0, 2}
    assert 0 in {process.returncode for process in processes}, said
    assert states(repository / "both") == expected


def test_a_disk_that_takes_no_more_leaves_every_site_as_it_was(repository):
    before = states(built(repository, "full"))
    done = subprocess.run(
        [*BUILD, "--output", "full"],
        cwd=repository,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("hackweek: File too large: ")
    assert done.stderr.endswith("; what was published stays as it was\n")
    assert states(repository / "full") == before


def test_a_place_where_nothing_can_be_written_is_named(repository):
    (repository / "taken").write_text("a file")
    done = subprocess.run(
        [*BUILD, "--output", "taken/site"], cwd=repository, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr == (
        f"hackweek: File exists: {repository}/taken; what was published stays as it was\n"
    )


GIVEN_UP = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]
AS_OTHERS = GIVEN_UP if os.geteuid() == 0 else []
"""Root can write everywhere, unless it gives up that it can."""


@pytest.mark.skipif(bool(AS_OTHERS) and not shutil.which("setpriv"), reason="needs setpriv")
def test_a_folder_that_cannot_be_written_is_named_before_anything_is_built(repository):
    site = built(repository, "locked")
    before = states(site)
    site.chmod(0o555)
    done = subprocess.run(
        [*AS_OTHERS, *BUILD, "--output", "locked"], cwd=repository, capture_output=True, text=True
    )
    site.chmod(0o755)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"hackweek: Permission denied: {site}; what was published stays as it was\n"
    )
    assert states(site) == before
