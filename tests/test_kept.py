"""What a service keeps of the questions that it was asked."""

import gc
from functools import lru_cache
from typing import Any

import pytest

from real_index import assistant
from wardbook.kept import OF_PARTS

ASKED = 40
SHAPES = (
    "tocilizumab dose for CRS? {n} kg, bed {n}",
    "anakinra dose for CRS in {n} year olds with zelosis{n}?",
    "what is CRS? bed {n}",
    "how is CRS with ferritin {n}1 in bed {n} treated?",
    "how often is CRS seen after zelumab{n}?",
)


def caches() -> dict[str, Any]:
    """All that the package remembers by what it is called with, by where it is defined; not what one call made."""
    kind = type(lru_cache(len))
    # by its very type: asking others for their class warns of what they are about to drop
    made: list[Any] = [each for each in gc.get_objects() if type(each) is kind]
    made = [each for each in made if str(each.__module__).startswith("wardbook.")]
    named = [(f"{each.__module__}.{each.__wrapped__.__qualname__}", each) for each in made]
    return {f"{name} {at}": each for at, (name, each) in enumerate(named) if "<lambda>" not in name}


@pytest.fixture(scope="module")
def new() -> dict[str, tuple[float, Any]]:
    """New entries a question, and bound, of each cache, once these pages were asked in the same shapes."""
    asked = assistant()

    def ask(first: int) -> None:
        for number in range(first, first + ASKED):
            for shape in SHAPES:
                asked.ask(shape.format(n=number))

    ask(20)
    known = caches()
    before = {name: each.cache_info().misses for name, each in known.items()}
    ask(20 + ASKED)
    found = {name: each.cache_info() for name, each in known.items()}
    return {name: ((info.misses - before[name]) / (ASKED * len(SHAPES)), info.maxsize) for name, info in found.items()}


@pytest.mark.long
def test_a_cache_that_questions_fill_is_full_after_some_thousands(new: dict[str, tuple[float, Any]]) -> None:
    filled = {name: bound for name, (a_question, bound) in new.items() if a_question >= 1 / 2}
    assert len(filled) > 20
    assert {name: bound for name, bound in filled.items() if bound is None or bound > OF_PARTS} == {}


@pytest.mark.long
def test_what_has_no_bound_holds_nothing_of_questions(new: dict[str, tuple[float, Any]]) -> None:
    assert {name: a_question for name, (a_question, bound) in new.items() if bound is None and a_question} == {}
