"""A page's Markdown as HTML that is safe to show: every block knows its lines, cited lines are marked, links work.

Pages are untrusted. Markup of our own is made of escaped words; HTML that a page brings is cleaned piece by piece to
bare structure; and the whole is cleaned once more against the list of what we make.
"""

import re
from collections.abc import Mapping, MutableMapping, Sequence
from html import escape, unescape
from typing import Any
from urllib.parse import quote

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from wardbook.corpus.inline import page_link, picture
from wardbook.corpus.lines import Lines, to_lines
from wardbook.corpus.markdown import parser
from wardbook.corpus.pipe_table import split_row
from wardbook.corpus.symbols import meant
from wardbook.server.cleaning import bare, clean, outside
from wardbook.server.library import Library

_INLINE_TAG = re.compile(r"<(/?)(b|br|code|del|em|i|ins|kbd|s|small|strong|sub|sup|u)\s*/?>", re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^>]*>", re.IGNORECASE)
_WIKILINK = re.compile(r"(!?)\[\[([^\[\]\n]{1,400})\]\]")
_CALLOUT = re.compile(r"\[!(\w+)\][+-]?[ \t]*([^\n]*)")


def read_page(library: Library, page: str, cited: Lines | None = None) -> dict[str, Any] | None:
    """Give a page with `html`, the cited lines marked; None where there is no such page."""
    found = library.page(page)
    if found is None:
        return None
    return dict(found) | {"html": render(str(found["markdown"]), library, page, found["sections"], cited)}


def render(
    markdown: str, library: Library, page: str, sections: Sequence[Mapping[str, Any]], cited: Lines | None = None
) -> str:
    """Give safe HTML; `sections` hold the anchor of the heading in each section's first line."""
    anchors = {int(section["lines"][0]): str(section["anchor"]) for section in sections}
    env: dict[str, Any] = {"library": library, "page": page, "anchors": anchors, "cited": cited, "seen": False}
    env["lines"] = re.split(r"\r\n?|\n", markdown)
    html = _Renderer().render(parser().parse(markdown), parser().options, env)
    return clean(html)


def source_url(page: str, lines: Sequence[int]) -> str:
    """Give the address that shows a page with these lines marked."""
    return f"/pages/{quote(page)}?lines={lines[0]}-{lines[1]}#cited"


class _Renderer(RendererHTML):
    """Rules by token; markdown-it finds them by name."""

    def _mark(self, lines: Lines, env: MutableMapping[str, Any], kind: str = "") -> str:
        """Give the attributes of what stands in these lines; the first cited one can be jumped to."""
        words, cited = f' data-l="{lines[0]}-{lines[1]}"', env["cited"]
        if cited and lines[0] <= cited[1] and cited[0] <= lines[1]:
            kind = f"{kind} cited".strip()
            words += "" if env["seen"] else ' id="cited"'
            env["seen"] = True
        return words + (f' class="{kind}"' if kind else "")

    def _token_mark(self, token: Token, env: MutableMapping[str, Any], kind: str = "") -> str:
        return self._mark(to_lines(*token.map), env, kind) if token.map else ""

    def paragraph_open(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        tag = "span" if tokens[at].hidden else "p"
        return f"<{tag}{self._token_mark(tokens[at], env)}>"

    def paragraph_close(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        return "</span>" if tokens[at].hidden else "</p>\n"

    def heading_open(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        token = tokens[at]
        first = (token.map or [0, 1])[0] + 1
        anchor, mark = env["anchors"].get(first), self._token_mark(token, env)
        name = f' id="{escape(anchor)}"' if anchor and "id=" not in mark else ""
        return f"<{token.tag}{name}{mark}>"

    def blockquote_open(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        return "<blockquote>\n"

    def admonition_open(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        return '<div class="note">\n'

    def admonition_title_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return f"<p{self._token_mark(tokens[at], env, 'note-title')}>"

    def footnote_open(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        label = escape(meant(tokens[at].info))
        return f"<p{self._token_mark(tokens[at], env, 'footnote')}><sup>{label}</sup> "

    def footnote_close(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        return "</p>\n"

    def front_matter(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        return ""

    def fence(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        token = tokens[at]
        mark = self._token_mark(token, env)
        return f'<pre tabindex="0"{mark}><code>{escape(meant(token.content))}</code></pre>\n'

    def code_block(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        return self.fence(tokens, at, options, env)

    def code_inline(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        return f"<code>{escape(meant(tokens[at].content))}</code>"

    def text(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        words = meant(tokens[at].content)
        callout = _CALLOUT.match(words) if at == 0 else None
        if callout:
            return f"<strong>{escape(callout[2] or callout[1].capitalize())}</strong>"
        return escape(words)

    def softbreak(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        before = tokens[at - 1].content if at else ""
        return "<br>" if _CALLOUT.match(before) else "\n"

    def image(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        return f'<span class="picture">{escape(picture(tokens[at].content))}</span>'

    def wikilink(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        token = tokens[at]
        if token.meta["embed"]:
            return f'<span class="picture">{escape(picture(token.content or str(token.meta["target"])))}</span>'
        return _link(str(token.meta["target"]), token.content, env)

    def link_open(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        href = str(tokens[at].attrs.get("href", ""))
        if outside(href):
            return f'<a href="{escape(href)}" rel="noopener noreferrer nofollow">'
        address = _address(href, env) if page_link(href) else (href if href.startswith("#") else None)
        return f'<a href="{escape(address)}">' if address else "<a>"

    def html_inline(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        match = _INLINE_TAG.fullmatch(tokens[at].content)
        return f"<{match[1]}{match[2].lower()}>" if match else ""

    def pipe_table(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        begin, end = tokens[at].map or [0, 0]
        rows = [split_row(re.sub(r"^[\s>]+", "", line)) for line in env["lines"][begin:end]]
        width = max(map(len, rows))
        html = ['<div class="table" tabindex="0" role="group" aria-label="Table">', "<table>\n"]
        if any(rows[0]):
            html.append(f"<thead>{self._row(rows[0], width, 'th', begin + 1, env)}</thead>\n")
        body = (self._row(row, width, "td", begin + 3 + n, env) for n, row in enumerate(rows[2:]))
        return "".join([*html, "<tbody>\n", *body, "</tbody></table></div>\n"])

    def _row(self, cells: list[str], width: int, tag: str, line: int, env: MutableMapping[str, Any]) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        html = "".join(f"<{tag}{scope}>{self._cell(cell, env)}</{tag}>" for cell in cells + [""] * (width - len(cells)))
        return f"<tr{self._mark((line, line), env)}>{html}</tr>\n"

    def _cell(self, source: str, env: MutableMapping[str, Any]) -> str:
        return str(self.render(parser().parseInline(source.replace("\\|", "|")), parser().options, env))

    def html_block(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        begin, end = tokens[at].map or [0, 0]
        return self._rows_numbered("\n".join(env["lines"][begin:end]), begin, end, env)

    def html_table(self, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        begin, end = tokens[at].map or [0, 0]
        html = self._rows_numbered("\n".join(env["lines"][begin:end]), begin, end, env)
        return f'<div class="table" tabindex="0" role="group" aria-label="Table">{html}</div>\n'

    def _rows_numbered(self, source: str, begin: int, end: int, env: MutableMapping[str, Any]) -> str:
        """Give a page's own HTML, each table row with its lines, up to the line before the next row."""
        starts = [begin + 1 + source.count("\n", 0, match.start()) for match in _ROW.finditer(source)]
        spans = iter(zip(starts, [*(start - 1 for start in starts[1:]), end], strict=False))

        def numbered(_: re.Match[str]) -> str:
            first, last = next(spans)
            return f"<tr{self._mark((first, max(first, last)), env)}>"

        return _raw(_ROW.sub(numbered, source), env)


def _raw(html: str, env: MutableMapping[str, Any]) -> str:
    """Reduce a page's own HTML to bare structure; wikilinks in it work."""
    return _WIKILINK.sub(lambda match: _raw_link(match, env), meant(bare(html)))


def _raw_link(match: re.Match[str], env: MutableMapping[str, Any]) -> str:
    target, _, words = unescape(match[2]).replace("\\|", "|").partition("|")
    return escape(picture(words or target)) if match[1] else _link(target.strip(), words.strip(), env)


def _link(target: str, words: str, env: MutableMapping[str, Any]) -> str:
    """Give the link that a wikilink means; one that leads nowhere is shown as such."""
    page, _, section = target.partition("#")
    shown = escape(meant(words or section.strip() or page.rpartition("/")[2].strip() or target))
    address = _address(target, env)
    return f'<a href="{escape(address)}">{shown}</a>' if address else f'<span class="missing">{shown}</span>'


def _address(target: str, env: MutableMapping[str, Any]) -> str | None:
    name, _, section = target.partition("#")
    library: Library = env["library"]
    page = library.resolve(name, env["page"])
    if page is None:
        return None
    anchor = _anchor(library, page, section.strip()) if section else ""
    return f"/pages/{quote(page)}" + (f"#{quote(anchor)}" if anchor else "")


def _anchor(library: Library, page: str, section: str) -> str:
    """Give the anchor of the section that a link names by its heading, its path or its anchor."""
    found = library.page(page)
    wanted = section.casefold()
    for entry in found["sections"] if found else ():
        if wanted in (
            str(entry["section"]).casefold(),
            str(entry["section"]).rpartition(" > ")[2].casefold(),
            entry["anchor"],
        ):
            return str(entry["anchor"])
    return ""
