"""The gate: a figure that its quote does not hold never leaves."""

from dataclasses import replace

import pytest

from wardbook.answering.answer import Answer, Citation, Clarification
from wardbook.answering.gate import gated


def answer(text: str, *quotes: str) -> Answer:
    listed = tuple(
        Citation(n, "drug", "Drug", "Dosing", (n, n), quote, "/pages/drug") for n, quote in enumerate(quotes, 1)
    )
    return Answer("answered", "dose?", "dose?", text, listed)


def test_what_stands_passes_untouched() -> None:
    given = answer(
        "- Give 5 mg once a day. [1]\n- At most 20 mg/day. [2]", "Give 5 mg once a day.", "at most 20 mg/day"
    )
    assert gated(given) is given


@pytest.mark.parametrize("wrong", ["50 mg", "5 g", "5 mg/kg", "0.5 mg", "5 mcg", "5-10 mg"])
def test_another_figure_is_withheld_and_said(wrong: str) -> None:
    given = answer(
        f"- Give {wrong} once a day. [1]\n- Look at the liver. [2]", "Give 5 mg once a day.", "Look at the liver."
    )
    found = gated(given)
    assert wrong not in found.text
    assert "Look at the liver. [2]" in found.text
    assert found.status == "answered"
    assert any("withheld" in warning for warning in found.warnings)


def test_a_figure_of_another_citation_does_not_count() -> None:
    found = gated(answer("- Give 5 mg. [2]\n- Rest. [1]", "Give 5 mg.", "Rest."))
    assert "5 mg. [2]" not in found.text


def test_what_is_left_beside_a_withheld_statement_does_not_stand_alone() -> None:
    given = answer("- Cord: 61 mg. [1]\n- Cava: 8 mg. [2]", "Cord: 16 mg then 9 mg.", "Cava: 8 mg.")
    found = gated(given)
    assert found.text == "- Cord: 16 mg then 9 mg. [1]\n- Cava: 8 mg. [2]"
    assert found.warnings


def test_an_answer_left_with_nothing_is_not_found() -> None:
    found = gated(answer("Give 50 mg. [1]", "Give 5 mg."))
    assert found.status == "not_found"
    assert "50" not in found.text
    assert (found.regimens, found.computed, found.conflicts) == ((), (), ())


def test_cells_are_kept_apart() -> None:
    given = answer("Giving 19080 cells. [1]", "190 80-88%")
    given = replace(given, citations=tuple(replace(each, cells="190 | 80-88%") for each in given.citations))
    assert gated(given).status == "not_found"
    held = answer("Patients: 190; rate: 80-88%. [1]", "190 80-88%")
    held = replace(held, citations=tuple(replace(each, cells="190 | 80-88%") for each in held.citations))
    assert gated(held) is held


@pytest.mark.parametrize(
    "title",
    [
        "Drug (IL-1 receptor antagonist)",
        "Drug (CD19 CAR-T)",
        "Protocol 7 drug",
        "Fever guideline 2024",
    ],
)
def test_a_figure_in_the_title_of_a_page_withholds_nothing(title: str) -> None:
    given = answer(
        f"- {title}: It is kept cold. [1]\n- Other: Look at the liver. [2]", "It is kept cold.", "Look at the liver."
    )
    named = tuple(replace(each, title=title) for each in given.citations)
    assert "kept cold" in gated(replace(given, citations=named)).text


def test_an_answer_that_is_withheld_asks_nothing_back() -> None:
    given = replace(answer("Give 50 mg. [1]", "Give 5 mg."), clarification=Clarification("Which?", ("a", "b")))
    assert gated(given).clarification is None


def test_an_answer_that_finds_nothing_quotes_no_dose_for_a_withheld_name() -> None:
    given = replace(
        answer("No regimen fits. The pages have it for: CrCl 99 [1].", "CrCl 30-49: 5 mg"), status="not_found"
    )
    found = gated(given)
    assert found.status == "not_found"
    assert "5 mg" not in found.text


def test_figures_of_a_title_that_names_a_near_section_withhold_nothing() -> None:
    listed = (Citation(1, "audit", "Audit 2021-2024", "Rates", (3, 3), "Fever in most.", "/pages/audit"),)
    text = "The pages do not answer this question. Nearest sections: Audit 2021-2024 > Rates [1]."
    given = Answer("not_found", "how common?", "how common?", text, listed)
    assert gated(given).text == text
    dosed = replace(given, text=text.replace("Rates", "Give 5 mg"))
    assert "5 mg" not in gated(dosed).text


def test_a_title_that_gives_a_dose_names_no_section_unseen() -> None:
    listed = (Citation(1, "drug", "Zelumab 5 mg/kg", "Use", (3, 3), "Fever in most.", "/pages/drug"),)
    text = "The pages do not answer this question. Nearest sections: Zelumab 5 mg/kg > Use [1]."
    assert "5 mg/kg" not in gated(Answer("not_found", "dose?", "dose?", text, listed)).text
