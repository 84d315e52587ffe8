"""Regular expressions that are compiled when they are first used.

The readers of pages and questions have some thousand, of which one question needs half: to compile the rest took a
tenth of what a whole `wardbook ask` takes.
"""

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "pattern", "flags")


class _Pattern:
    """Stands for a pattern; holds, once one of them is asked for, the compiled pattern's own methods."""

    def __init__(self, written: str, flags: int) -> None:
        self._written = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._written, self._flags)
        for each in _METHODS:
            setattr(self, each, getattr(compiled, each))
        return getattr(self, name)


def lazy_regex(written: str, flags: int = 0) -> re.Pattern[str]:
    """Give a pattern that `re.compile` makes when it is first used; from then on it is no slower than that one."""
    return cast("re.Pattern[str]", _Pattern(written, flags))
