"""How far pieces of the pages hold what a question names."""

import pytest

from answering.made import terms
from wardbook.answering.support import held_together, situation


@pytest.mark.parametrize(
    ("pieces", "part"),
    [
        ([("Anakinra in gout", "")], 1.0),
        ([("Anakinra: 100 mg", "Gout")], 1.0),
        ([("Anakinra: 100 mg", ""), ("Gout: rest", "")], 0.5),
        ([], 0.0),
    ],
)
def test_one_piece_with_its_headings_must_hold_all(pieces: list[tuple[str, str]], part: float) -> None:
    assert held_together(terms("anakinra gout"), pieces) == pytest.approx(part, abs=0.2)


def test_a_question_of_everyday_words_is_held_nowhere() -> None:
    assert held_together(terms("what about it"), [("what about it", "")]) == 0


def test_measures_groups_and_routes_are_no_part_of_the_situation() -> None:
    assert (
        situation("max anakinra IV in gout for a child, 18 kg, crcl 20").split() == "anakinra in gout for a , ,".split()
    )
