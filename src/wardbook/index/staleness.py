"""Which pages differ from the index, told without having a question wait for a look at every file."""

import time
from collections.abc import Callable, Sequence

from wardbook.index.later import Later

LOOK_AGAIN = 10.0
"""Seconds after which the files of the pages are looked at again."""


class Staleness:
    """What the last look at the files saw.

    The first question waits for a look. Later ones are told what the last look saw, and begin another one beside them
    where it is `LOOK_AGAIN` seconds old: a change is told of at the latest by the first question after that look has
    ended. Quotes do not lean on it; they are read from the file with every answer.
    """

    def __init__(self, look: Callable[[], Sequence[str]], clock: Callable[[], float] = time.monotonic) -> None:
        """Look with `look`, which gives one line a page that differs."""
        self._look = look
        self._clock = clock
        self._seen: Sequence[str] | None = None
        self._looked = 0.0
        self._next: Later[Sequence[str]] | None = None

    def pages(self) -> Sequence[str]:
        """Give one line for each page that differs; errors of a look come up here."""
        if self._seen is None:
            self._looked = self._clock()
            self._seen = self._look()
        coming = self._next
        if coming is not None and coming.is_done():
            self._next = None
            self._seen = coming.result()
        elif coming is None and self._clock() - self._looked > LOOK_AGAIN:
            self._looked = self._clock()
            self._next = Later(self._look)
        return self._seen
