"""What can be wrong with an address on a built site."""

from hackweek.rules import Rule

RULES = (
    Rule(
        name="missing-page",
        why="A reader who follows the link is told that the page does not exist.",
        bad='<a href="jupyterhb/">JupyterHub</a>',
        good='<a href="jupyterhub/">JupyterHub</a>',
    ),
    Rule(
        name="missing-file",
        why="The picture, style, script or download is not there: the page has a hole.",
        bad='<img src="img/lunch.png">',
        good='<img src="img/launch.png">',
    ),
    Rule(
        name="missing-anchor",
        why="The link opens the page's top, and the reader has to look for the passage.",
        bad='<a href="jupyterhub/#sign-on">Sign in</a>',
        good='<a href="jupyterhub/#sign-in">Sign in</a>',
    ),
    Rule(
        name="missing-slash",
        why="The server answers with a redirect, which costs a second request on a slow network, "
        "and some servers answer with nothing.",
        bad='<a href="jupyterhub">JupyterHub</a>',
        good='<a href="jupyterhub/">JupyterHub</a>',
    ),
    Rule(
        name="wrong-letter-case",
        why="Windows and macOS find the file all the same; the server where the site is published "
        "does not.",
        bad='<a href="JupyterHub/">JupyterHub</a>',
        good='<a href="jupyterhub/">JupyterHub</a>',
    ),
    Rule(
        name="missing-base-path",
        why="The site is published below a path of its host, and the address leads above it.",
        bad='<a href="/jupyterhub/">JupyterHub</a>',
        good='<a href="/lessons/jupyterhub/">JupyterHub</a>',
    ),
    Rule(
        name="own-host",
        why="The address leads away from a preview or a copy of the site, to the published one.",
        bad='<a href="https://hackweek.example/lessons/jupyterhub/">JupyterHub</a>',
        good='<a href="jupyterhub/">JupyterHub</a>',
    ),
    Rule(
        name="outside-site",
        why="The address goes up from the folder that is published, to what is not there.",
        bad='<a href="../jupyterhub/">JupyterHub</a>',
        good='<a href="jupyterhub/">JupyterHub</a>',
    ),
    Rule(
        name="relative-on-404",
        why="The server shows 404.html at whatever address is missing, at any depth; what is "
        "relative leads to another place from each.",
        bad='<a href="jupyterhub/">JupyterHub</a>',
        good='<a href="/lessons/jupyterhub/">JupyterHub</a>',
    ),
    Rule(
        name="redirect-chain",
        why="The reader waits for each page on the way, and the way breaks with any one of them.",
        bad='<meta http-equiv="refresh" content="0; url=moved-again/">',
        good='<meta http-equiv="refresh" content="0; url=jupyterhub/">',
    ),
    Rule(
        name="redirect-loop",
        why="The browser goes round between the pages until the reader closes it.",
        bad='<meta http-equiv="refresh" content="0; url=./">',
        good='<meta http-equiv="refresh" content="0; url=jupyterhub/">',
    ),
    Rule(
        name="duplicate-id",
        why="A link with the id as its fragment leads to the first element only.",
        bad='<h2 id="setup">Setup</h2> <h2 id="setup">Setup on Windows</h2>',
        good='<h2 id="setup">Setup</h2> <h2 id="setup-on-windows">Setup on Windows</h2>',
    ),
    Rule(
        name="broken-address",
        why="A browser looks for an address with a mistake in it on this very site, or does not "
        "know what to do with it.",
        bad='<a href="https:/github.com">GitHub</a>',
        good='<a href="https://github.com">GitHub</a>',
    ),
    Rule(
        name="local-address",
        why="The author's computer has what is there; the reader's has not.",
        bad='<a href="http://localhost:8000/jupyterhub/">JupyterHub</a>',
        good='<a href="jupyterhub/">JupyterHub</a>',
    ),
    Rule(
        name="unfilled-address",
        why="The place for a value was published in the value's stead.",
        bad='<a href="{{ jupyterhub_url }}">JupyterHub</a>',
        good='<a href="https://hub.pangeo.io">JupyterHub</a>',
    ),
    Rule(
        name="empty-address",
        why="A link without an address leads to its own page, and a picture without one shows "
        "nothing.",
        bad='<a href="">JupyterHub</a>',
        good='<a href="jupyterhub/">JupyterHub</a>',
    ),
    Rule(
        name="wrong-mail-link",
        why="The mail program opens with an address that cannot be written to, or not at all.",
        bad='<a href="mailto:jo at pangeo.io">Jo</a>',
        good='<a href="mailto:jo@pangeo.io">Jo</a>',
    ),
    Rule(
        name="wrong-phone-number",
        why="The telephone has nothing to dial.",
        bad='<a href="tel:helpdesk">Helpdesk</a>',
        good='<a href="tel:+1-206-555-0100">Helpdesk</a>',
    ),
    Rule(
        name="javascript-link",
        why="Without scripts it does nothing, it cannot be opened in a new tab, and pages that "
        "forbid scripts in addresses block it.",
        bad='<a href="javascript:history.back()">Back</a>',
        good='<a href="./">Back</a>',
    ),
)
"""Every rule for a built site."""
