"""Every reference of a built site, read apart from the code that is under test."""

from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from hackweek.links.references import Reference

ATTRIBUTES = ("href", "src")


def references(folder):
    """The references of all pages of HTML in a folder, those of the articles first."""
    for path in sorted(folder.rglob("*.html")):
        yield from references_of(folder, path.relative_to(folder).as_posix())


def references_of(folder, file):
    """The references of one page."""
    tree = LexborHTMLParser((folder / file).read_text("utf-8"))
    for article in tree.css("article, [role=main]"):
        yield from _below(article, file, in_article=True)
        article.decompose()
    yield from _below(tree.root, file, in_article=False)


def _below(root, file, *, in_article):
    seen = Counter()
    for node in root.traverse():
        for attribute in ATTRIBUTES:
            url = node.attributes.get(attribute) if node.tag else None
            if url is not None:
                yield Reference(
                    file=file,
                    url=url,
                    element=node.tag,
                    attribute=attribute,
                    nth=seen[url],
                    in_article=in_article,
                )
                seen[url] += 1
