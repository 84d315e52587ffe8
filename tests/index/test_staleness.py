import threading

import pytest

from wardbook.errors import CorpusError
from wardbook.index.staleness import LOOK_AGAIN, Staleness


class Files:
    """Pages that differ, a clock that is set, and looks that take until they are let go."""

    def __init__(self) -> None:
        self.differ: tuple[str, ...] = ()
        self.now = 0.0
        self.looks = 0
        self.free = threading.Event()
        self.free.set()

    def look(self) -> tuple[str, ...]:
        self.looks += 1
        assert self.free.wait(10)
        return self.differ


def ended(staleness: Staleness) -> None:
    coming = staleness._next
    assert coming is not None
    coming._thread.join()


def test_the_first_question_waits_for_a_look_and_the_next_do_not_look() -> None:
    files = Files()
    files.differ = ("crs: changed",)
    staleness = Staleness(files.look, lambda: files.now)
    assert [staleness.pages() for _ in range(5)] == [("crs: changed",)] * 5
    assert files.looks == 1


def test_a_change_is_told_once_a_later_look_has_ended_and_nobody_waits_for_it() -> None:
    files = Files()
    staleness = Staleness(files.look, lambda: files.now)
    assert staleness.pages() == ()
    files.differ, files.now = ("crs: changed",), LOOK_AGAIN + 1
    files.free.clear()
    assert [staleness.pages() for _ in range(3)] == [()] * 3
    assert files.looks == 2
    files.free.set()
    ended(staleness)
    assert staleness.pages() == ("crs: changed",)
    assert files.looks == 2


def test_an_error_of_a_look_comes_up_and_the_next_question_looks_again() -> None:
    files = Files()
    staleness = Staleness(files.look, lambda: files.now)
    staleness.pages()

    def gone() -> tuple[str, ...]:
        raise CorpusError("no folder", "make one")

    staleness._look, files.now = gone, LOOK_AGAIN + 1
    staleness.pages()
    ended(staleness)
    with pytest.raises(CorpusError, match="no folder"):
        staleness.pages()
    staleness._look, files.now = files.look, 3 * LOOK_AGAIN
    staleness.pages()
    ended(staleness)
    assert staleness.pages() == ()
