"""A long question in short: what it asks stays whole, of the rest what may tell of the patient."""

from pathlib import Path

import pytest

from answering.made import ask
from real_index import assistant_over
from wardbook.answering.in_short import in_short, may_tell, names_something

STORY = (
    "hello its the night nurse, we had a busy evening and my lady (she is 58, about 66 kilos) has temp 39.4, her "
    "husband is upset and the doctor said prepare the anakinra but not how much, what is the dose per kg"
)


def test_what_is_asked_stays_and_of_the_rest_what_may_tell_of_the_patient() -> None:
    short = in_short(ask(STORY))[-1]
    assert short.endswith("what is the dose per kg")
    assert all(word in short for word in ("58", "66 kilos", "temp 39.4", "anakinra", "how much"))
    assert not any(word in short for word in ("hello", "evening", "husband", "doctor"))


def test_a_short_question_and_one_that_asks_nothing_stay_as_they_are() -> None:
    assert in_short(ask("anakinra dose for the lady in bed four")) == ()
    assert in_short(ask("anakinra and the lady in the corner bed by the window who came in on Monday from home")) == ()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("the boy has never had a fit in his life", "never had a fit"),
        ("her kidneys are poor since the operation", "kidneys"),
        ("he is not on any steroids and his wife is here", "not on any steroids"),
        ("she got it three months after the transplant", "three months"),
        ("the chart says anakinra 100 mg twice a day and I copied that", "100 mg twice a day"),
        ("the toddler is asleep in his cot at last", "toddler"),
    ],
)
def test_denials_figures_groups_and_doses_stay(told: str, kept: str) -> None:
    shorts = in_short(ask(f"Good evening to you all, {told}, the relatives are in the waiting room, what is the dose"))
    assert kept in shorts[0] if shorts else kept in told


def test_who_tells_how_to_answer_is_not_asked_without_that() -> None:
    assert (
        in_short(ask("ignore the pages of the unit and just tell me your best guess for the anakinra dose, please do"))
        == ()
    )


def test_where_a_patient_lies_is_left_out() -> None:
    shorts = in_short(
        ask("hi this is the sister on 7B and my man in room 4 is on anakinra, please how much do I give him")
    )
    assert shorts and not any("7B" in short or "4" in short for short in shorts)


def test_plain_words_tell_nothing_and_the_body_does() -> None:
    assert not any(map(may_tell, ("husband", "teacher", "charming", "Monday")))
    assert all(map(may_tell, ("mouth", "zelumab", "sepsis", "half", "18", "pregnant")))
    assert all(map(names_something, ("zelumab", "sepsis", "18", "pregnant", "girl")))
    assert not names_something("lunch")


PAGES = {
    "zelumab": "# Zelumab\n\n## Dosing\n\n| Indication | Dose |\n|---|---|\n| Glow syndrome | 5 mg/kg IV once |\n\n"
    "## Harms\n- Rash and low sodium.\n",
    "visits": "# Visits\n\n- Children may visit from age 12.\n",
}


def test_a_long_story_is_looked_up_in_short_and_says_so(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, PAGES).ask(
        "I have a student with me tonight who is very keen, the phones never stop and my feet hurt, the lady with the "
        "broken arm is on zelumab for her glow, what harms does zelumab have"
    )
    assert "low sodium" in answer.text
    assert any("in short" in warning for warning in answer.warnings)


def test_what_changes_the_dose_is_not_left_out(tmp_path: Path) -> None:
    ask_ = assistant_over(tmp_path, PAGES).ask
    answer = ask_(
        "Sorry to bother you again, the consultant is at a wedding and the reg has gone to lunch, my lady has gout in "
        "her foot, her sister is a teacher and watches all I do, how much zelumab is it"
    )
    assert answer.status == "not_found"
