"""Which addresses of a built page lead out of its site."""

import re

ELSEWHERE = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
"""How an address begins that names a scheme or a host; a page's own files need neither."""
