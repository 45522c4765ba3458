"""A site that is not ours, with every kind of address that a theme or a plugin can make."""

HOST = "https://planted.example"

SETTINGS = f"""\
site_name: Foreign
site_url: https://foreign.example/
theme:
  name: material
  custom_dir: theme
  font: false
copyright: '<a href="{HOST}/copyright">ours</a>'
nav:
  - README.md
  - Deep: deep/page.md
  - Elsewhere: {HOST}/navigation
extra_css: [styles/extra.css]
plugins:
  - search
  - macros:
      include_dir: parts
extra:
  chat: {HOST}/chat
  hosts:
    files: "{HOST}/files"
markdown_extensions:
  - abbr
  - attr_list
  - footnotes
  - md_in_html
  - admonition
  - toc:
      permalink: true
      slugify: !!python/object/apply:pymdownx.slugs.slugify {{kwds: {{case: lower}}}}
  - pymdownx.highlight:
      anchor_linenums: true
      linenums: true
  - pymdownx.inlinehilite
  - pymdownx.magiclink:
      repo_url_shorthand: true
      normalize_issue_symbols: true
      user: owner
      repo: name
  - pymdownx.emoji
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
  - pymdownx.snippets:
      base_path: [parts, docs]
      auto_append: [abbreviations.md]
  - pymdownx.tabbed:
      alternate_style: true
"""
FILES = {
    "docs/README.md": f"""\
        ---
        title: Start
        summary: "[not shown]({HOST}/footnote)"
        ---
        # Übersicht

        [a page](deep/page.md) and [its heading](deep/page.md#part-one), [again][again].
        [bare]({HOST}/inline), bare {HOST}/magic, <{HOST}/auto>.

        Issue #15 and !16 and #15 again, by @somebody. :smile:

        <p style="background: url({HOST}/style.png)">Styled</p>

        A note[^1] and a second[^two], again[^two].

        --8<-- "common.md"

        - In a list:

            --8<-- "nested.md:inner"

            [after]({HOST}/after)

        ;--8<-- "decoy.md"

        Code:

            --8<-- "decoy.md"

        --8<-- "common.md:3:3"

        --8<--
        blockwise.md
        --8<--

        ```python
        x = 1
        ```

        [^1]: See [it]({HOST}/footnote).
        [^two]: Text.

        [again]: deep/page.md "Title"
        """,
    "docs/deep/page.md": f"""\
        ---
        mirror: {HOST}/mirror
        ---
        # Page

        ## Part one

        [up](../README.md), [up too](../README.md#übersicht), [self](#part-one), [file](data.csv).

        `gone.md` [gone](gone.md) `zwei` [two words](zwei%20wörter.md).

        <p><a href="{HOST}/raw">raw</a></p>

        [chat]({{{{ chat }}}}), [part]({{{{ chat }}}}/part), [files]({{{{ hosts.files }}}}).
        [unknown]({{{{ nobody }}}}/unknown/path).

        [mirrored]({{{{ mirror }}}}), [set]({{{{ config.extra.hosts.files | trim }}}}).

        {{% if chat %}}
        \U000f0003 [conditional]({HOST}/conditional)
        {{% endif %}}
        {{# [comment]({HOST}/conditional) #}}

        {{% include "included.md" %}}

        {{% raw %}}[literal]({HOST}/literal) {{{{ x }}}}{{% endraw %}}
        """,
    "docs/deep/index.md": f"[index]({HOST}/index)\n",
    "docs/deep/zwei wörter.md": "# Zwei\n",
    "docs/deep/data.csv": "1\n",
    "docs/styles/extra.css": "a { background: url(missing.png); }\n",
    "parts/decoy.md": f"[not included]({HOST}/footnote)\n",
    "parts/common.md": f"Common.\n\n[common]({HOST}/common)\n",
    "parts/nested.md": (
        f"[outside]({HOST}/outside)\n\n--8<-- [start:inner]\nInner: [x]({HOST}/inner)\n\n"
        f'--8<-- "innermost.md"\n--8<-- [end:inner]\n'
    ),
    "parts/innermost.md": f"Zürich 🛰️ [innermost]({HOST}/innermost)\n",
    "parts/blockwise.md": f"[block]({HOST}/blockwise)\n",
    "parts/included.md": f"Included [by a template]({HOST}/included).\n",
    "parts/abbreviations.md": f"*[HTML]: Hyper Text\n\n[shared]: {HOST}/shared\n",
    "theme/main.html": (
        '{% extends "base.html" %}\n'
        f'{{% block announce %}}<a href="{HOST}/announced">x</a>{{% endblock %}}\n'
    ),
}
