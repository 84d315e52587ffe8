"""A fixed dose that no line says to be for children is not shown to who asks about one as if it were."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant
from wardbook.not_for_children import FOR_OTHERS, NOT_FOR_CHILDREN, _is_flat, _is_of_young

SALTS = """# Replacing salts

## Magnesium

| Mg | Give |
|---|---|
| 0.4-0.6 | 20 mmol over 6 h |

Child 0.2 mmol/kg (max 20 mmol) over 4 h.

Zoledronate 4 mg in children is rare.

## Calcium

| Ca | Give |
|---|---|
| 1.7-2.0 | 40 mmol over 6 h |
"""
STEROID = """# NETS

## Grade 3

Dexamethasone 10 mg IV q6h (child 0.5 mg/kg).

## Grade 4

Methylprednisolone 1 g IV daily for 3 days.
"""
CHILDREN = """# Children on the ward

## Fits

Lacosamide 5 mg/kg IV once. Over 12 years: lacosamide 200 mg IV once.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"salts": SALTS, "NETS adults + kids": STEROID, "children": CHILDREN}
    return assistant_over(tmp_path_factory.mktemp("pages"), pages)


def test_an_adults_figure_is_said_not_to_be_a_childs(assistant: Assistant) -> None:
    text = assistant.ask("methylpred nets grade 4 child 20 kg").text
    assert text.startswith(NOT_FOR_CHILDREN)
    assert "exameth" not in text


def test_what_the_section_says_of_children_goes_first(assistant: Assistant) -> None:
    text = assistant.ask("mg 0.5 child 10 kg").text
    assert text.startswith(FOR_OTHERS)
    assert text.index("0.2 mmol/kg") < text.index("20 mmol over 6 h")
    assert "Zoledronate" not in text


@pytest.mark.parametrize("question", ["mg 0.5", "mg 0.5 adult", "methylpred nets grade 4"])
def test_nothing_is_said_where_no_child_is_asked_about(assistant: Assistant, question: str) -> None:
    assert "for children" not in assistant.ask(question).text


@pytest.mark.parametrize("question", ["lacosamide fits child 20 kg", "dexamethasone nets grade 3 child 20 kg"])
def test_nothing_is_said_of_a_line_for_children(assistant: Assistant, question: str) -> None:
    text = assistant.ask(question).text
    assert NOT_FOR_CHILDREN not in text and FOR_OTHERS not in text


@pytest.mark.parametrize(
    "line",
    ["10 mmol if > 65 years", "60 mg if > 100 kg", "60 mg if 50-70 kg", "20 mg, aged 18-65 years"],
)
def test_a_band_of_adults_is_not_for_children(line: str) -> None:
    assert not _is_of_young(line)


@pytest.mark.parametrize(
    "line", ["10 mmol if < 12 years", "60 mg if 10-20 kg", "5 mg, aged 2-11 years", "Infants 5 mg"]
)
def test_a_band_that_ends_with_children_is_theirs(line: str) -> None:
    assert _is_of_young(line)


def test_how_often_is_no_size() -> None:
    assert _is_flat("Zoledronate 5 mg once a year") and _is_flat("Zoledronate 5 mg per year")
    assert (
        _is_flat("5 mg, an extra kg is no reason for more")
        and not _is_flat("5 mg per year of age")
        and not _is_flat("5 mg a kg")
    )
