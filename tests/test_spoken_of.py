"""Whether the pages answer one reading of a fragment or another."""

import pytest

from real_index import assistant
from wardbook.answering.asked_anew import LOOKED_UP
from wardbook.spoken_of import SpokenOf


@pytest.fixture(scope="module")
def spoken() -> SpokenOf:
    return SpokenOf(assistant()._opened)


def test_a_dose_that_a_row_gives_is_looked_up(spoken: SpokenOf) -> None:
    assert spoken.supported("tocilizumab dose in CRS") == LOOKED_UP
    assert spoken.supported("tocilizumab dose in gout") < 1


def test_words_of_two_rows_are_not_held_by_one(spoken: SpokenOf) -> None:
    assert spoken.supported("anakinra dose rheumatoid arthritis") == LOOKED_UP
    assert spoken.supported("anakinra dose rheumatoid arthritis with CD19 CAR-T") < LOOKED_UP


def test_what_no_patient_weighs_is_held_nowhere(spoken: SpokenOf) -> None:
    assert spoken.supported("tocilizumab dose in CRS, 4000 kg") == 0


def test_words_stand_on_one_page_or_they_do_not(spoken: SpokenOf) -> None:
    assert spoken.together("tocilizumab REMS")
    assert not spoken.together("zelumab REMS")
