"""A dose that the pages say there is none of is told so, however many words ask for it; a dose turned away is not."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

SWITCH = """# Dasatinib

## Dosing Regimens

| Indication | Dose | Notes |
|---|---|---|
| Refractory storm | no dose stated | local protocol only; alternatives: ruxolitinib |
"""
BLOCKER = """# Anakinra

## Dosing Regimens

### Neurotoxicity

| Indication | Severity | Dose | Route | Interval |
|---|---|---|---|---|
| neurotoxicity | grade 3 | 130 mg | SC | every 6 hours |

### Pericarditis

- No document that was read gives an anakinra dose for pericarditis.

### Prevention of neurotoxicity

- Prophylactic anakinra: no dose stated.
"""
EVENTS = "# Neurotoxicity\n\nConfusion.\n", "# Pericarditis\n\nPain.\n", "# Storm\n\nFever.\n"


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"dasatinib": SWITCH, "anakinra": BLOCKER}
    pages |= dict(zip(("neurotoxicity", "pericarditis", "storm"), EVENTS, strict=True))
    return assistant_over(tmp_path_factory.mktemp("none"), pages)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("dasatinib 140 mg daily written for the refractory storm, does that fit", "no dose stated"),
        ("what dose of dasatinib would it be for my lady whose storm will not stop, the fellow read of it", "no dose"),
        (
            "pericarditis after the cells and ibuprofen has failed, what dose of anakinra do we run for that",
            "pericarditis",
        ),
    ],
)
def test_that_there_is_no_dose_is_told(ward: Assistant, question: str, words: str) -> None:
    answer = ward.ask(question)
    assert answer.status == "answered"
    assert words in answer.text
    assert answer.verdict is None or answer.verdict[0].result == "not_covered"


@pytest.mark.parametrize(
    "question",
    [
        "dasatinib dose for AML",
        "anakinra dose for gout",
        "anakinra dose in neurotoxicity grade 1",
        "ruxolitinib dose storm",
    ],
)
def test_of_another_thing_and_of_a_dose_turned_away_nothing_is_told(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert answer.status == "not_found"
    assert "no dose stated" not in answer.text
