"""Links that are made from an event's values."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from hackweek.event import Event


def contact(event: Event) -> str:
    """Whom to ask: the role or name, linked to the address, as far as the event tells."""
    who = event.admin_contact
    if event.contact_email:
        return f"[{who or event.contact_email}](mailto:{event.contact_email})"
    return who or "the organizers"


def hub_link(event: Event) -> str:
    """The hub's address as a link with itself as its text; just text when the hub is off."""
    if event.archived:
        return f"`{event.jupyterhub_url}`"
    return f"[{event.jupyterhub_url}]({event.jupyterhub_url})"


def launch_link(event: Event, tutorial: Mapping[str, str], text: str = "") -> str:
    """A link that fetches a tutorial to the reader's server and opens it; just text when the
    hub is off.

    The address is nbgitpuller's: https://nbgitpuller.readthedocs.io/en/latest/link.html
    """
    text = text or tutorial["title"]
    if event.archived:
        return text
    repository = f"https://github.com/{tutorial['repo']}"
    query = {"repo": repository, "branch": tutorial["branch"], "urlpath": tutorial["urlpath"]}
    address = f"{event.jupyterhub_url}/hub/user-redirect/git-pull"
    return f"[{text}]({address}?{urlencode(query, quote_via=quote, safe='')})"
