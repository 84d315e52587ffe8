"""Doses of two drugs, and of one drug in two situations, stand beside each other where both are on the pages."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGE = """# Marsh protocol

## Dosing Regimens

### Prophylaxis

| Drug | Indication | Dose | Route | Interval |
|---|---|---|---|---|
| Aciclovir | herpes prophylaxis | 470 mg | PO | twice a day |
| Valaciclovir | herpes prophylaxis | 610 mg | PO | once a day |

### Before axi-cel

| Drug | Indication | Dose | Route | Interval |
|---|---|---|---|---|
| Fludarabine | lymphodepletion before axi-cel | 31 mg/m2 | IV | daily |
| Cyclophosphamide | lymphodepletion before axi-cel | 510 mg/m2 | IV | daily |
| Methotrexate | lymphodepletion before axi-cel | 12 mg | PO | weekly |

### Rescue

| Drug | Indication | Dose | Route | Interval |
|---|---|---|---|---|
| Leucovorin | methotrexate rescue | 15 mg | PO | every 6 hours |

### Anakinra

| Drug | Indication | Dose | Route | Interval |
|---|---|---|---|---|
| Anakinra | CRS | 130 mg | SC | every 12 hours |
| Anakinra | ICANS | 270 mg | IV | every 6 hours |
| Anakinra | gout in general | 90 mg | SC | daily |
| Colchicine | pericarditis, slow | 2 mg | PO | daily |
| Colchicine | pericarditis, fast | 3 mg | PO | daily |
| Colchicine | gout flare | 1 mg | PO | daily |
"""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("each"), {"protocol": PAGE})


@pytest.mark.parametrize(
    "question",
    [
        "aciclovir or valaciclovir prophylaxis dose?",
        "acyclovir vs valtrex ppx dose",
        "aciclovir and valaciclovir for herpes prophylaxis, doses side by side",
        "herpes prophylaxis: aciclovir/valaciclovir dose",
    ],
)
def test_both_drugs_are_shown(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert answer.status == "answered"
    assert "470 mg" in answer.text
    assert "610 mg" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "anakinra dose in CRS vs ICANS",
        "anakinra for CRS compared with ICANS, dose?",
        "compare the anakinra dose in CRS versus in ICANS",
        "anakinra dose CRS vs ICANS",
        "is the anakinra dose for CRS lower than for ICANS?",
        "does the anakinra dose differ between CRS and ICANS",
    ],
)
def test_both_situations_are_shown_each_with_its_own_line(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert answer.status == "answered"
    assert [(str(each.regimen.amount.low), each.citation) for each in answer.regimens if each.regimen.amount] == [
        ("130", 1),
        ("270", 2),
    ]
    assert "130 mg SC every 12 hours [1]" in answer.text
    assert "270 mg IV every 6 hours [2]" in answer.text


def test_one_drug_and_a_side_that_no_page_has_are_as_before(ward: Assistant) -> None:
    assert "270 mg" not in ward.ask("anakinra dose in CRS").text
    assert "rosacea:" not in ward.ask("anakinra dose in CRS vs rosacea").text


def test_a_situation_of_more_words_is_found_by_what_the_pages_have(ward: Assistant) -> None:
    answer = ward.ask("is the anakinra dose for gout in general lower than in ICANS")
    assert answer.status == "answered"
    assert "90 mg" in answer.text
    assert "270 mg" in answer.text


def test_of_two_situations_one_may_have_several_doses_to_choose_from(ward: Assistant) -> None:
    answer = ward.ask("colchicine dose in gout flare vs pericarditis")
    assert answer.status == "needs_clarification"
    assert all(dose in answer.text for dose in ("1 mg", "2 mg", "3 mg"))


def test_one_dose_in_both_situations_is_told_once(ward: Assistant) -> None:
    assert ward.ask("anakinra dose in CRS vs severe CRS").text.count("130 mg") == 1


@pytest.mark.parametrize("question", ["flu cy dose before axi-cel", "flu/cy dose before axi-cel", "dose of flu cy"])
def test_drugs_named_together_are_both_shown_where_they_stand_together(ward: Assistant, question: str) -> None:
    text = ward.ask(question).text
    assert "31 mg/m2" in text
    assert "510 mg/m2" in text


def test_a_drug_that_is_given_for_another_is_asked_about_alone(ward: Assistant) -> None:
    assert "12 mg" not in ward.ask("leucovorin methotrexate rescue dose").text


def test_either_of_two_drugs_is_shown_though_one_has_several_doses(ward: Assistant) -> None:
    both = ward.ask("methotrexate or colchicine dose?")
    assert both.status == "needs_clarification"
    assert "12 mg" in both.text
    assert "3 mg" in both.text
