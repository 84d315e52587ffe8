"""Rules on text that stands in the file and that a reader of the page does not see.

Programs read it all the same, so it is a way to bring words into an answer that nobody has reviewed (OWASP Top 10 for
LLM applications 2025, LLM01).
"""

import base64
import binascii
import re
from collections.abc import Iterator

from wardbook.lazy_regex import lazy_regex
from wardbook.lint.finding import Finding, shown
from wardbook.lint.invisible import without_invisible
from wardbook.lint.view import View

_COMMENTS = (
    re.compile(r"<!--(?P<words>.*?)(?:--!?>|\Z)", re.DOTALL),
    re.compile(r"(?<!\S)%%(?P<words>.*?)%%", re.DOTALL),
    re.compile(
        r"^ {0,3}\[(?://|comment|_|#)[^\]\n]*\]:[ \t]*(?:#|<#?>)[ \t]*(?P<words>.*)$", re.MULTILINE | re.IGNORECASE
    ),
    re.compile(r"\{%-?\s*comment\s*-?%\}(?P<words>.*?)(?:\{%-?\s*endcomment|\Z)", re.DOTALL),
)
_OPENS = ("<!--", "%%", "]:", "{%")
_FENCED = lazy_regex(r"^ {0,3}(?P<mark>`{3,}|~{3,}).*?(?:^ {0,3}(?P=mark)|\Z)", re.MULTILINE | re.DOTALL)
_TO_DO = lazy_regex(
    r"\W*(?:todo|to-do|to do|fixme|xxx|tbd|to come|markdownlint|prettier|vale|textlint|cspell|eslint|doctoc|toc|spdx|"
    r"copyright|licen[cs]e|generated|auto-?generated|template|owner|author|maintainer|begin|start|end)\b",
    re.IGNORECASE,
)
_WORD = lazy_regex(r"[^\W\d_]{2,}")
_IDEOGRAPH = lazy_regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DOSE = lazy_regex(r"\d\s?(?:mg|mcg|µg|μg|ug|g|mL|ml|units?|IU|mmol|mEq)\b")
_SENTENCE = 5
"""Words from which a comment says something."""

_TAG = lazy_regex(r"<(?P<name>[a-zA-Z][\w-]*)(?P<rest>\s[^<>]*)>", re.DOTALL)
_NONE = r"0(?:\.0+)?(?:px|pt|em|rem|%|vw)?\s*(?:!|;|['\"]|$)"
_STYLED = lazy_regex(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    rf"|(?:opacity|font-size|line-height|max-height|max-width)\s*:\s*{_NONE}|font-size\s*:\s*(?:0?\.\d+|1)\s*px"
    r"|opacity\s*:\s*0?\.0\d*|(?:text-indent|left|top|right|margin-left)\s*:\s*-\d{3,}|clip(?:-path)?\s*:\s*(?:rect\(0|inset\((?:50|100)%)"
    r"|(?<![\w-])color\s*:\s*(?:transparent|rgba\([^)]*,\s*0(?:\.0+)?\s*\))|-webkit-text-fill-color\s*:\s*transparent"
    r"|\\color\{white\}",
    re.IGNORECASE,
)
_ATTRIBUTE = lazy_regex(
    r"\s(?:hidden(?=[\s>=/]|$)|class\s*=\s*[\"']?[^\"'>]*(?<![\w-])(?:hidden|d-none|invisible)(?![\w-]))", re.I
)
_WHITE = lazy_regex(
    r"(?<![\w-])color\s*[:=]\s*[\"']?\s*(?:white|snow|ivory|ghostwhite|whitesmoke|#f{3,8}\b|#fefefe|#fdfdfd"
    r"|rgba?\(\s*255\s*,\s*255\s*,\s*255)",
    re.IGNORECASE,
)
_GROUND = lazy_regex(r"background|bgcolor", re.IGNORECASE)
_WHITE_GROUND = lazy_regex(r"(?:background(?:-color)?\s*:|bgcolor\s*=)\s*[\"']?\s*(?:white|#f{3,8}\b)", re.IGNORECASE)
_BEFORE = 400
"""Characters in which a dark ground for white text is looked for."""

_LEAST = 24
"""Characters from which a run of them may be words in an encoding."""
_ENCODED = lazy_regex(
    rf"(?<![\w+/=-])[A-Za-z0-9+/]{{{_LEAST},}}={{0,2}}(?![\w+/=])|(?<![\w])(?:[0-9a-fA-F]{{2}}){{24,}}(?!\w)"
)


def hidden_comment(view: View) -> Iterator[Finding]:
    """Find a comment that says something: a sentence, or a dose."""
    text = _shown_code_blanked(view)
    if not any(mark in text for mark in _OPENS):
        return
    for pattern in _COMMENTS:
        for match in pattern.finditer(text):
            words = match["words"].strip(" \n\t\"'()")
            if _says(words):
                message = f"hidden from readers: {shown(words)}: write it where they see it, or remove it"
                yield Finding(view.page, _line(text, match.start()), "H01", message)


def _shown_code_blanked(view: View) -> str:
    """Give the page's text, with code in fences blanked: readers see it."""
    text = "\n".join(view.document.lines)
    return _FENCED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text) if "```" in text or "~~~" in text else text


def _says(words: str) -> bool:
    if _DOSE.search(words):
        return True
    if _TO_DO.match(words):
        return False
    return len(_WORD.findall(words)) >= _SENTENCE or len(_IDEOGRAPH.findall(words)) >= _SENTENCE


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def styled_invisible(view: View) -> Iterator[Finding]:
    """Find words in an element that its style or attributes hide, or that are white on white."""
    text = _shown_code_blanked(view)
    for tag in _TAG.finditer(text) if "<" in text else ():
        words = _inside(text, tag)
        if (_STYLED.search(tag["rest"]) or _ATTRIBUTE.search(tag["rest"]) or _is_white(text, tag)) and words:
            message = f"styled so that no reader sees it: {shown(words)}: show it, or remove it"
            yield Finding(view.page, _line(text, tag.start()), "H03", message)


def _is_white(text: str, tag: re.Match[str]) -> bool:
    """Tell white text on a white ground; one that no ground is given for stands on the page's own."""
    if not _WHITE.search(tag["rest"]):
        return False
    return not _GROUND.search(text, max(0, tag.start() - _BEFORE), tag.end()) or bool(_WHITE_GROUND.search(tag["rest"]))


def _inside(text: str, tag: re.Match[str]) -> str:
    """Give the words of an element, without markup; empty where there are none."""
    if tag["rest"].rstrip().endswith("/") or tag["name"].lower() in ("img", "br", "hr", "input", "meta", "link"):
        return ""
    end = text.find(f"</{tag['name']}", tag.end())
    inside = re.sub(r"<[^<>]*>", " ", text[tag.end() : end if end >= 0 else len(text)])
    return inside.strip() if re.search(r"\w", inside) else ""


def encoded_text(view: View) -> Iterator[Finding]:
    """Find words written in base64 or as hex digits."""
    for line, text in enumerate(view.document.lines, start=1):
        for match in _ENCODED.finditer(text) if max(map(len, text.split()), default=0) >= _LEAST else ():
            words = _decoded(match[0])
            if words:
                message = (
                    f"words in an encoding that no reader reads: {shown(words)}: write them plainly, or remove them"
                )
                yield Finding(view.page, line, "H04", message)


def _decoded(code: str) -> str:
    """Give the words that a code holds; empty where it holds none."""
    for decode in (binascii.unhexlify, _from_base64):
        try:
            words = without_invisible(decode(code).decode("utf-8"))
        except (ValueError, UnicodeDecodeError):
            continue
        if words.isprintable() and " " in words and (len(_WORD.findall(words)) >= 3 or _IDEOGRAPH.search(words)):
            return words
    return ""


def _from_base64(code: str) -> bytes:
    bare = code.rstrip("=")
    return base64.b64decode(bare[: len(bare) - (len(bare) % 4 == 1)] + "=" * (-len(bare) % 4))
