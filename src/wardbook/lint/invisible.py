"""Characters that take no place on the screen, and those that turn the order of reading."""

import re
from collections.abc import Iterator

from wardbook.lazy_regex import lazy_regex
from wardbook.lint.finding import Finding, listed
from wardbook.lint.view import View

_ALWAYS = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
)
_JOINERS = "\u200c\u200d"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_VARIANTS = "\ufe00-\ufe0f"
_TAGS = "\U000e0000-\U000e01ef\U0001d173-\U0001d17a"
_INVISIBLE = lazy_regex(f"[{_ALWAYS}{_JOINERS}{_DIRECTION}{_VARIANTS}{_TAGS}]")
_RIGHT_TO_LEFT = lazy_regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINED = lazy_regex("[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
"""Letters and signs that joiners stand between: Arabic, Indic and like scripts, emoji."""
_VARIED = lazy_regex("[#*0-9©®\u203c-\u3299\u3400-\u9fff\U0001f000-\U0001faff\U00020000-\U0003ffff]")
"""Signs that a variant is chosen of: emoji, figures on keys, ideographs."""
_SPELLED = {tag: chr(tag - 0xE0000) for tag in range(0xE0020, 0xE007F)}
"""Tag characters to the letters they stand for."""
_FLAG = lazy_regex("\U0001f3f4[\U000e0061-\U000e007a0-9]*\U000e007f?")
"""A flag of a part of a country, spelled in tag characters."""
_NAMES = {
    "\u00ad": "soft hyphen", "\u200b": "zero-width space", "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner", "\u2060": "word joiner", "\ufeff": "zero-width no-break space",
}  # fmt: skip


def without_invisible(text: str) -> str:
    """Give a text without the characters that nobody sees; tag characters as the letters they stand for."""
    return _INVISIBLE.sub("", text.translate(_SPELLED))


def invisible_character(view: View) -> Iterator[Finding]:
    """Find invisible and direction-turning characters that the script of the line has no use for."""
    for line, text in enumerate(view.document.lines, start=1):
        names = [] if text.isascii() else list(dict.fromkeys(_unfit(text.lstrip("\ufeff") if line == 1 else text)))
        if names:
            message = f"characters that no reader sees: {listed(names)}: remove them"
            yield Finding(view.page, line, "H02", message)


def _unfit(text: str) -> Iterator[str]:
    """Name the characters of a line that do not belong in it."""
    flags = [match.span() for match in _FLAG.finditer(text)]
    for match in _INVISIBLE.finditer(text):
        char, at = match[0], match.start()
        if not _fits(text, at) and not any(begin <= at < end for begin, end in flags):
            yield f"U+{ord(char):04X} ({_name(char)})"


def _fits(text: str, at: int) -> bool:
    char, before, after = text[at], text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if char in "\u202d\u202e":
        return False
    if re.match(f"[{_DIRECTION}]", char):
        return bool(_RIGHT_TO_LEFT.search(text))
    if char in _JOINERS:
        return bool(_JOINED.match(before) and (_JOINED.match(after) or not after.isascii() or char == "\u200c"))
    return bool(re.match("[\ufe00-\ufe0f\U000e0100-\U000e01ef]", char) and _VARIED.match(before))


def _name(char: str) -> str:
    if re.match(f"[{_DIRECTION}]", char):
        return "turns the order of reading"
    return _NAMES.get(char, "takes no place")
