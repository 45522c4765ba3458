"""From a link of a built page back to the author's line, in our own lessons."""

import re

import pytest

from built_references import references
from hackweek.build import checked_sites
from hackweek.commands.instructions import unpublished
from hackweek.engines import BUILDERS
from hackweek.events import event_slugs, load_event
from hackweek.lesson import Lesson
from hackweek.links.references import Reference
from hackweek.links.sources.marks import unmarkable
from hackweek.links.sources.sources import Sources
from hackweek.links.sources.traced_lesson import LessonTracer
from hackweek.site import Site
from planted_lessons import (
    BUILT,
    COMPARING,
    EVENT,
    EVENT_FILE,
    HOST,
    LESSON,
    WINDOWS,
    WRITTEN,
    plant,
)
from repository import ROOT, append, copy_repository


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    root = copy_repository(tmp_path_factory.mktemp("sources") / "repository")
    plant(root)
    return root


@pytest.fixture(scope="module")
def built(repository):
    output = repository / "site"
    output.mkdir()
    for site in checked_sites(repository, event_slugs(repository)):
        BUILDERS["mkdocs"](site, output / site.event.slug)
    return output


@pytest.fixture(scope="module")
def sources(repository):
    return Sources.of_site(Site(repository, load_event(repository, EVENT)))


@pytest.fixture(scope="module")
def article(built):
    """The references of all articles of the event."""
    return [each for each in references(built / EVENT) if each.in_article]


@pytest.fixture(scope="module")
def shown(sources, article):
    """Where the references with an address are placed, page by page, in their order."""

    def places(url, file=None):
        chosen = [each for each in article if each.url == url and each.file == (file or each.file)]
        return [as_text(sources.place(each)) for each in chosen]

    return places


def as_text(place):
    return f"{place.path}:{place.line}:{place.column}" if place else None


def at(repository, path, text, nth=0):
    """Where a text stands in a file, as a person would count."""
    lines = (repository / path).read_bytes().decode("utf-8-sig").splitlines()
    found = [(n, line.index(text) + 1) for n, line in enumerate(lines, start=1) if text in line]
    line, column = found[nth]
    return f"{path}:{line}:{column}"


PLANTED = re.compile(
    r"https://[\w.]*planted\.example[\w/.-]*|mail@planted\.example|\.\./planted\.html"
)


@pytest.mark.parametrize("way", WRITTEN)
def test_an_address_in_a_lesson_is_placed_where_it_is_written(
    way, repository, built, sources, article
):
    addresses = PLANTED.findall(WRITTEN[way])
    planted = {url: at(repository, LESSON, url) for url in addresses}
    found = {}
    for each in article:
        url = PLANTED.search(each.url)
        if url and url[0] in planted and each.file == BUILT:
            found[url[0]] = as_text(sources.place(each))
    assert found == planted


def test_nearly_every_reference_of_every_article_is_placed(repository, built):
    placed = []
    for slug in event_slugs(repository):
        sources = Sources.of_site(Site(repository, load_event(repository, slug)))
        placed += [sources.place(each) for each in references(built / slug) if each.in_article]
    assert len(placed) > 600
    assert sum(each is not None for each in placed) >= 0.99 * len(placed)


def test_what_looks_like_a_link_in_code_or_a_comment_does_not_count(repository, shown):
    assert shown(f"{HOST}/decoy") == [at(repository, LESSON, f"{HOST}/decoy)", 1)]
    assert shown(f"{HOST}/fenced") == [at(repository, LESSON, f"{HOST}/fenced", 1)]


def test_a_mail_address_in_code_does_not_count(repository, shown):
    text = "`<twin@planted.example>` and <"
    place = at(repository, LESSON, text)
    path, line, column = place.split(":")
    assert shown("mailto:twin@planted.example") == [f"{path}:{line}:{int(column) + len(text)}"]


def test_the_branch_of_a_condition_that_was_taken_counts(repository, shown):
    assert shown(f"{HOST}/branch") == [at(repository, LESSON, f"{HOST}/branch", 1)]


def test_one_address_twice_on_a_page_and_again_on_another_has_three_places(repository, shown):
    assert shown(f"{HOST}/twice") == [
        at(repository, "docs/help.md", f"{HOST}/twice"),
        at(repository, LESSON, f"{HOST}/twice"),
        at(repository, LESSON, f"{HOST}/twice", 1),
    ]


def test_all_uses_of_a_reference_lead_to_the_line_that_defines_it(repository, shown):
    line = at(repository, LESSON, f"{HOST}/definition-line")
    assert shown(f"{HOST}/definition-line") == [line, line]


def test_what_a_loop_repeats_has_one_place(repository, shown):
    line = at(repository, LESSON, f"{HOST}/loop")
    assert shown(f"{HOST}/loop") == [line, line]


def test_a_file_with_windows_line_ends_has_the_same_lines_and_columns(repository, shown):
    assert shown(f"{HOST}/windows") == [at(repository, WINDOWS, f"{HOST}/windows")]


def test_a_picture_alone_is_placed_for_its_light_and_dark_file_and_their_links(repository, shown):
    place = at(repository, LESSON, "../img/planted.svg")
    assert shown("../../img/planted.svg") == [place, place]
    assert shown("../../img/planted.dark.svg") == [place, place]


def test_an_events_own_picture_is_placed_where_the_common_one_is_shown(repository, shown):
    place = at(repository, LESSON, "../img/hub-connectivity.svg")
    assert shown(f"../../img/{EVENT}/hub-connectivity.svg", BUILT) == [place, place]


@pytest.mark.parametrize(
    ("url", "written"),
    [
        (f"{HOST}/slack", f"{HOST}/slack"),
        (HOST, f"{HOST}/slack"),
        ("https://calendar.example.org", "https://calendar.example.org"),
        ("https://docs.example.org", "https://docs.example.org"),
        ("https://example.org", "https://example.org"),
        ("https://github.com/example-hackweek", "example-hackweek"),
        ("https://github.com/example-hackweek/practice", "example-hackweek/practice"),
        (f"{HOST}/slides", f"{HOST}/slides"),
        ("https://example.org/changed", "https://example.org/report"),
    ],
)
def test_a_value_that_is_an_address_is_placed_in_the_event_file(url, written, repository, shown):
    assert shown(url, BUILT) == [at(repository, EVENT_FILE, written)]


def test_an_address_made_by_a_macro_is_placed_at_the_value_behind_it(repository, shown):
    assert set(shown("mailto:hackweek@example.org")) == {
        at(repository, EVENT_FILE, "hackweek@example.org")
    }
    assert set(shown("https://hub.example.org")) == {
        at(repository, EVENT_FILE, "https://hub.example.org")
    }
    assert shown(f"{HOST}/slides", "index.html") == [at(repository, EVENT_FILE, f"{HOST}/slides")]


def test_a_launch_link_is_placed_at_the_repository_of_its_tutorial(repository, article, sources):
    launches = [each for each in article if "git-pull" in each.url and each.file == BUILT]
    assert [as_text(sources.place(each)) for each in launches] == [
        at(repository, EVENT_FILE, "example-hackweek/first-look"),
        at(repository, EVENT_FILE, "example-hackweek/second"),
    ]


def test_an_address_that_is_a_value_only_in_part_is_placed_in_the_lesson(repository, shown):
    assert shown("https://hub.example.org/hub/planted") == [
        at(repository, LESSON, "<< jupyterhub_url >>/hub/planted")
    ]
    assert shown(f"{HOST}/example-hackweek/planted") == [
        at(repository, LESSON, f"{HOST}/<< github_org >>")
    ]


def test_a_link_within_a_text_of_the_event_file_is_placed_there(repository, shown):
    for page in ("description", "conduct"):
        assert shown(f"{HOST}/{page}") == [at(repository, EVENT_FILE, f"{HOST}/{page}")]


def test_a_link_in_front_matter_is_placed_there_on_each_page_that_shows_it(repository, shown):
    assert shown(f"{HOST}/keypoint") == [at(repository, LESSON, f"{HOST}/keypoint")]
    assert shown(f"{HOST}/listed") == [at(repository, COMPARING, f"{HOST}/listed")]


def test_links_to_lessons_that_a_macro_lists_are_placed_at_its_call(repository, shown):
    assert shown("preliminary/git/") == [at(repository, "docs/index.md", "<< lesson_list() >>")]


def test_a_page_whose_conditions_compare_values_is_still_placed_in_the_lesson(repository, shown):
    file = "preliminary/earthdata/index.html"
    assert shown(f"{HOST}/compared", file) == [at(repository, COMPARING, f"{HOST}/compared")]
    assert shown(f"{HOST}/slack", file) == [at(repository, COMPARING, "<< slack_url >>")]


def test_a_headings_own_link_is_placed_at_the_heading(repository, shown):
    assert shown("#values", BUILT) == [at(repository, LESSON, "## Values")]
    assert shown("#see-it", BUILT) == [at(repository, LESSON, f"See [it]({HOST}/underlined)")]


def reference(url, *, file=BUILT, element="a", in_article=False):
    return Reference(
        file=file, url=url, element=element, attribute="href", nth=0, in_article=in_article
    )


@pytest.mark.parametrize(
    ("url", "path", "text"),
    [
        ("../git/", "mkdocs.yml", "preliminary/git.md"),
        ("../..", "mkdocs.yml", "index.md"),
        ("/base/example-2027/workflows/project/", "mkdocs.yml", "workflows/project.md"),
        ("https://creativecommons.org/licenses/by/4.0/", "mkdocs.yml", "https://creativecommons"),
        ("../../assets/favicon.svg", "mkdocs.yml", "assets/favicon.svg"),
        ("../../assets/lessons.css", "mkdocs.yml", "assets/lessons.css"),
        ("../../assets/pictures.js", "overrides/main.html", "assets/pictures.js"),
        ("/base/example-2027/assets/pictures.js", "overrides/main.html", "assets/pictures.js"),
        ("#values", LESSON, "## Values"),
    ],
)
def test_what_stands_around_an_article_is_placed_in_the_settings_or_the_theme(
    url, path, text, repository, sources
):
    assert as_text(sources.place(reference(url))) == at(repository, path, text)


def test_the_way_home_on_the_page_for_missing_pages_is_placed_in_its_template(repository, sources):
    url = "http://localhost:8000/example-2027/"
    home = reference(url, file="404.html", in_article=True)
    assert as_text(sources.place(home)) == at(repository, "overrides/404.html", "{{ config.site")


def test_an_address_in_a_style_is_placed_in_the_style(repository):
    append(repository / "overrides/assets/lessons.css", "\na { background: url(planted.png); }\n")
    sources = Sources.of_site(Site(repository, load_event(repository, EVENT)))
    found = sources.place(reference("planted.png", file="assets/lessons.css", element="css"))
    assert as_text(found) == at(repository, "overrides/assets/lessons.css", "planted.png")


@pytest.mark.parametrize(
    "url", ["../../assets/javascripts/bundle.js", "https://nobody.example", "", "#", "http://[x"]
)
def test_what_nobody_of_us_wrote_has_no_place(url, sources):
    assert sources.place(reference(url)) is None


def test_a_lesson_that_can_no_longer_be_rendered_is_placed_as_it_stands(repository):
    lesson = Lesson("docs/help.md", "help.md", f"<< nobody >>\n[it]({HOST}/stands)\n")
    site = Site(repository, load_event(repository, EVENT))
    traced = LessonTracer(site).trace(lesson)
    place = traced.address_place(traced.text.index(HOST))
    assert as_text(place) == "docs/help.md:2:6"


@pytest.mark.parametrize("slug", event_slugs(ROOT))
def test_a_traced_lesson_is_what_is_published_and_what_is_copied_stands_in_its_file(
    slug, repository
):
    site = Site(repository, load_event(repository, slug))
    tracer = LessonTracer(site)
    for lesson in site.pages:
        traced = tracer.trace(lesson)
        assert unpublished(traced.text) == unmarkable(site.rendered[lesson.page])
        for piece in traced.pieces:
            written = unmarkable(piece.file.text)
            assert not piece.copied or written.startswith(piece.text, piece.offset)


def test_a_built_page_leads_to_its_lesson(sources):
    assert sources.page(BUILT) == LESSON
    assert sources.page("index.html") == "docs/index.md"
    assert sources.page("404.html") is None
