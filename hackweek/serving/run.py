"""A session served, and renewed after each edit, until somebody interrupts it."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import Thread

from hackweek.diagnostics import relative
from hackweek.serving.server import Server
from hackweek.serving.session import Session
from hackweek.serving.watch import Watch

_SITE = ("docs", "events", "macros", "overrides", "mkdocs.yml")
"""What a site is made of, below the repository's root."""
_PROGRAM = "hackweek"
"""What makes it, and is not made anew by itself."""


def serve(root: Path, slug: str, port: int, say: Callable[[str], None]) -> None:
    """Shows an event at a port of this machine, until KeyboardInterrupt, which it raises.

    `say` hears what a terminal shows. What is served is what MkDocs builds, with the theme's
    script as it is published. A publishing build goes on from there: it joins and cuts styles and
    scripts, looks for what is left over, and adds the script that keeps the lessons offline, the
    archive and the page to print. Raises OSError where the port cannot be had.
    """
    with Server(port, lambda url: Session(root, slug, url, say)) as server:
        say(f"reading {slug} …")
        watch = Watch([root / name for name in (*_SITE, _PROGRAM)])
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        try:
            say(f"open {server.url} and edit; Ctrl+C ends this")
            server.session.renew()
            import_module("hackweek.event_file")  # now, not at the first edit of an event file
            for changed in watch.changes():
                _renew(server.session, [relative(path, root) for path in changed], say)
        finally:
            watch.close()
            server.shutdown()


def _renew(session: Session, edited: list[str], say: Callable[[str], None]) -> None:
    of_site = [name for name in edited if not name.startswith(f"{_PROGRAM}/")]
    if of_site:
        session.renew(of_site)
    for name in sorted(set(edited) - set(of_site)):
        say(f"{name}: to see this change, end this and start it again")
