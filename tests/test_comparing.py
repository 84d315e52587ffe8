"""Two things compared: what tells them apart, what each of them is, and what of them the pages do not hold."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGES = {
    "zelumab": """# Zelumab

## Overview

Zelumab is an antibody against the marsh ligand itself, not its receptor.

## Monitoring

- Look at the skin of the patient every day while zelumab runs.
""",
    "tarnimab": """# Tarnimab

## Overview

Tarnimab is an antibody against the marsh receptor.

## Safety

- Watch for rash and fever in patients on tarnimab.
""",
    "marsh-fever": """# Marsh fever

## Overview

Marsh fever is a fever in the first days after the cells. It is not bog palsy, which comes weeks later.

## Order

- First tarnimab; then zelumab.

## Trials

| Trial | Severe fever | Remission |
|---|---|---|
| LARCH-1 | 13% | 51% |
| LARCH-2 | 8% | 62% |
""",
    "bog-palsy": """# Bog palsy

## Overview

Bog palsy is a weakness of the hands.

- It is seen mostly after the red cells.
""",
}


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("compared"), PAGES)


@pytest.mark.parametrize(
    "question", ["difference between zelumab and tarnimab", "how is zelumab different from tarnimab?"]
)
def test_where_nothing_else_is_asked_each_thing_is_told_by_what_it_is(ward: Assistant, question: str) -> None:
    text = ward.ask(question).text
    assert "not its receptor" in text
    assert "against the marsh receptor" in text


def test_a_line_that_tells_them_apart_stands_first(ward: Assistant) -> None:
    text = ward.ask("marsh fever vs bog palsy, are they the same").text
    assert "not bog palsy" in text.split("\n")[0]


def test_a_line_that_puts_them_in_order_is_shown(ward: Assistant) -> None:
    assert "First tarnimab; then zelumab" in ward.ask("zelumab vs tarnimab in marsh fever, which comes earlier").text


def test_trials_are_found_without_their_hyphen(ward: Assistant) -> None:
    text = ward.ask("severe fever larch1 vs larch2").text
    assert "13%" in text
    assert "8%" in text


def test_initials_that_no_line_speaks_of_are_not_answered(ward: Assistant) -> None:
    assert ward.ask("zelumab vs tarnimab, PFS?").status == "not_found"


def test_a_share_of_another_event_compares_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    pages = {
        "marsh": "# Marsh fever\n\n| Drug | Rate, any grade |\n|---|---|\n| Zelumab | 44% |\n| Tarnimab | 21% |\n",
        "palsy": "# Bog palsy\n\nBog palsy is a weakness of the hand.\n",
    }
    unit = assistant_over(tmp_path_factory.mktemp("shares"), pages)
    assert "44%" in unit.ask("marsh fever rates zelumab vs tarnimab").text
    assert unit.ask("bog palsy rates zelumab vs tarnimab").status == "not_found"
