"""What may reach a browser: the list of elements, attributes and addresses, and nothing besides."""

from urllib.parse import urlsplit

import nh3

_STRUCTURE = {
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
}
_RAW_ATTRIBUTES = {"td": {"rowspan", "colspan"}, "th": {"rowspan", "colspan"}, "tr": {"data-l", "class", "id"}}
_OURS = {
    **{tag: {"data-l", "class", "id", "tabindex", "role", "aria-label"} for tag in _STRUCTURE | {"h1", "section"}},
    "a": {"href", "class", "rel", "aria-label", "data-n"},
    "ol": {"start", "data-l", "class"},
    "td": {"rowspan", "colspan"},
    "th": {"rowspan", "colspan", "scope"},
}


def clean(html: str) -> str:
    """Keep only what we make ourselves; the last gate before a browser."""
    return nh3.clean(
        html,
        tags=_STRUCTURE | {"a", "h1", "section"},
        attributes=_OURS,
        attribute_filter=_safe_attribute,
        url_schemes={"http", "https"},
        link_rel=None,
        clean_content_tags={"script", "style", "iframe", "object", "svg"},
    )


def bare(html: str) -> str:
    """Reduce a page's own HTML to structure without attributes that could act or dress up as ours."""
    return nh3.clean(
        html, tags=_STRUCTURE, attributes=_RAW_ATTRIBUTES, clean_content_tags={"script", "style"}, link_rel=None
    )


def _safe_attribute(tag: str, name: str, value: str) -> str | None:
    if name != "href":
        return value
    if value.startswith(("/pages/", "#")) and "\\" not in value:
        return value
    return value if outside(value) else None


def outside(href: str) -> bool:
    """Tell whether a link leads to another site over http(s)."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)
