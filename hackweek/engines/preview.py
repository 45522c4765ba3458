"""A site as MkDocs builds it, page by page: each is made when somebody asks for it.

MkDocs makes all pages before it shows one. What one page needs of the others is their titles,
so those alone are read at once; the search and the anchors of links wait for the rest.
"""

import mimetypes
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock
from urllib.parse import urlsplit

from mkdocs import utils
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from hackweek.diagnostics import Diagnostic, Problems
from hackweek.engines.mkdocs import configuration, naming, placed, said_by_mkdocs
from hackweek.event_files import EVENT_FILES
from hackweek.events import load_event
from hackweek.site import Site
from hackweek.yaml_source import Source, decode, read_mapping

_LOCK = RLock()
"""MkDocs and its logger keep what they are doing in one place for all threads."""
_KINDS = mimetypes.MimeTypes()
"""By the endings that Python knows: Windows' registry can call a script a text."""
for _kind, _ending in {
    "text/javascript": ".js",  # as Python 3.12 has it
    "text/calendar": ".ics",
    "image/webp": ".webp",
    "font/woff2": ".woff2",
}.items():
    _KINDS.add_type(_kind, _ending)
_SETTING = re.compile(r"Config value '(?P<key>\w+)[^']*': ")
"""How MkDocs begins what it has against a setting."""


def preview_of(root: Path, slug: str, url: str) -> "Preview":
    """An event's site, to be shown at `url`, with the address's last slash.

    Raises `Problems` with everything that keeps it from being made.
    """
    with _LOCK:
        text, undecodable = decode("mkdocs.yml", (root / "mkdocs.yml").read_bytes())
        skeleton = read_mapping("mkdocs.yml", text, as_mkdocs=True)
        if not skeleton.values:
            raise Problems(undecodable or skeleton.problems)
        site = Site(root, load_event(root, slug))
        site.rendered  # noqa: B018 - raises what is wrong with the lessons
        return Preview(site, skeleton, url)


class Preview:
    """The pages and files of a site; `problems` are those known so far, which MkDocs warns of."""

    def __init__(self, site: Site, skeleton: Source, url: str) -> None:
        self.site = site
        self.problems: list[Diagnostic] = []
        self.is_whole = False
        """Whether nothing is left to be made that no browser has asked for."""
        self._skeleton = skeleton
        self._url = url
        self._contents: dict[str, str] = {}
        """The HTML of each page's Markdown, by the page's source."""
        self._answers: dict[str, bytes] = {}
        """What was made, by its place in the site."""
        with said_by_mkdocs() as warnings:
            self._config = self._configuration(warnings)
            self._files = get_files(self._config)
            self._templates = self._config.theme.get_env()
            self._files.add_files_from_theme(self._templates, self._config)
            plugins = self._config.plugins
            self._files = plugins.on_files(self._files, config=self._config)
            set_exclusions(self._files, self._config)
            nav = get_navigation(self._files, self._config)
            self._nav = plugins.on_nav(nav, config=self._config, files=self._files)
            self._pages = [self._read(file) for file in self._files.documentation_pages()]
            self._templates = plugins.on_env(
                self._templates, config=self._config, files=self._files
            )
            for page in self._pages:
                if "title" not in page.meta:  # then it is the first heading of what is rendered
                    self._content(page)
        self._note(warnings)
        self._by_place = {
            file.dest_uri: file
            for file in self._files
            if file.inclusion.is_included()  # type: ignore[no-untyped-call]
        }

    def is_late(self, place: str) -> bool:
        """Whether all pages have to be made for what stands at a place."""
        return place in EVENT_FILES or place.startswith("search/")

    def answer(self, place: str) -> tuple[bytes, str] | None:
        """What stands at a place in the site, "preliminary/git/index.html", and its media type.

        None where there is nothing. Raises what a template of the theme raises.
        """
        with _LOCK, said_by_mkdocs() as warnings:
            body = self._answers.get(place) or self._made(place)
            self._note(warnings)
        if body is None:
            return None
        self._answers[place] = body
        kind = _KINDS.guess_type(place)[0] or "application/octet-stream"
        is_text = kind.startswith("text/") or kind.endswith(("json", "xml"))
        return body, f"{kind}; charset=utf-8" if is_text else kind

    def rest(self) -> Iterator[None]:
        """Makes what nobody has asked for yet, a page at each step, and judges all anchors.

        What a build writes last comes at the end: the search's index, calendar and program.
        """
        for page in self._pages:
            with _LOCK, said_by_mkdocs() as warnings:
                self._content(page)
                self._note(warnings)
            yield
        with _LOCK, said_by_mkdocs() as warnings:
            level = self._config.validation.links.anchors
            for page in self._pages:
                page.validate_anchor_links(files=self._files, log_level=level)
            self._note(warnings)
            config = self._configuration([])  # whose plugins have not seen any page yet
        for page in self._pages:
            with _LOCK:
                page.content = self._content(page)
                context = get_context(self._nav, self._files, config, page)
                config.plugins.on_page_context(context, page=page, config=config, nav=self._nav)
            yield
        with _LOCK, TemporaryDirectory() as name:
            config.site_dir = name
            config.plugins.on_post_build(config=config)
            written = [path for path in Path(name).rglob("*") if path.is_file()]
            self._answers |= {
                path.relative_to(name).as_posix(): path.read_bytes() for path in written
            }
        self.is_whole = True

    def _configuration(self, warnings: list[str]) -> MkDocsConfig:
        """MkDocs' configuration for the event; raises `Problems`."""
        nothing_is_written = str(self.site.root / ".cache" / "preview")
        try:
            with naming(self.site.event.slug):
                config = configuration(self.site, site_dir=nothing_is_written, site_url=self._url)
                config = config.plugins.on_config(config)
                config.plugins.on_pre_build(config=config)
        except (MkDocsException, SystemExit) as error:
            said = warnings or [str(error)]
            raise Problems(self._diagnostic(each) for each in said) from None
        return config

    def _read(self, file: File) -> Page:
        page = file.page or Page(None, file, self._config)
        page.read_source(self._config)
        return page

    def _content(self, page: Page) -> str:
        """The HTML of a page's Markdown."""
        source = page.file.src_uri
        if source not in self._contents:
            plugins, config, files = self._config.plugins, self._config, self._files
            page = plugins.on_pre_page(page, config=config, files=files)
            page.markdown = plugins.on_page_markdown(
                page.markdown or "", page=page, config=config, files=files
            )
            page.render(config, files)
            self._contents[source] = plugins.on_page_content(
                page.content or "", page=page, config=config, files=files
            )
        return self._contents[source]

    def _made(self, place: str) -> bytes | None:
        if file := self._by_place.get(place):
            return self._html(file.page).encode() if file.page else file.content_bytes
        if place in self._config.theme.static_templates:
            return self._from_template(place).encode()
        if self.is_late(place) and not self.is_whole:
            for _ in self.rest():
                pass
        return self._answers.get(place)

    def _html(self, page: Page) -> str:
        plugins, config = self._config.plugins, self._config
        page.content = self._content(page)
        page.active = True
        try:
            context = get_context(self._nav, self._files, config, page)
            template = self._templates.get_template(page.meta.get("template", "main.html"))
            context = plugins.on_page_context(context, page=page, config=config, nav=self._nav)
            return plugins.on_post_page(template.render(context), page=page, config=config)
        finally:
            page.active = False

    def _from_template(self, name: str) -> str:
        """A page that is no lesson: the one for missing addresses, or the sitemap."""
        plugins, config = self._config.plugins, self._config
        template = plugins.on_pre_template(
            self._templates.get_template(name), template_name=name, config=config
        )
        is_anywhere = utils.is_error_template(name)
        base = urlsplit(self._url).path if is_anywhere else utils.get_relative_url(".", name)
        context = get_context(self._nav, self._files, config, base_url=base)
        context = plugins.on_template_context(context, template_name=name, config=config)
        return plugins.on_post_template(template.render(context), template_name=name, config=config)

    def add(self, problems: Iterable[Diagnostic]) -> None:
        """Adds to what is wrong; the list is another one then."""
        self.problems = sorted({*self.problems, *problems})

    def _note(self, warnings: list[str]) -> None:
        self.add(self._diagnostic(each) for each in warnings)

    def _diagnostic(self, said: str) -> Diagnostic:
        """What MkDocs says of a lesson, at its line; of a setting, at its key."""
        setting = _SETTING.match(said)
        if not setting:
            return placed(self.site, said)
        line, column = self._skeleton.key_place((setting["key"],))
        message = " ".join(said[setting.end() :].split()).replace("'", '"').rstrip(".")
        return Diagnostic(
            path="mkdocs.yml",
            line=line,
            column=column,
            rule="invalid-value",
            message=f"{setting['key']}: {message}",
        )
