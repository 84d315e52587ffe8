"""Plain English beside a dose turns no row away; what could name another use of the drug always does."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

STORM = """# Cytokine storm

## Dosing

| Drug | Indication | Dose |
|------|-----------|------|
| Anakinra | Cytokine storm | 140 mg SC q6h |
| Haloperidol | Delirium | 0.75 mg PO q8h |
| Chlorpromazine | Hiccups | 30 mg PO TID |
| Hydroxyzine | Itch | 20 mg PO q6h |

## Vasopressors

- Dobutamine 3 mcg/kg/min IV in low-output shock, max 12 mcg/kg/min

## Seizure prophylaxis

- Levetiracetam 650 mg PO BID from day 0 to day +28
"""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("plain"), {"storm": STORM})


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("my colleague wrote anakinra 140 mg q6h for cytokine storm, acceptable?", "140 mg"),
        ("which haloperidol dose does the consultant usually prescribe for delirium", "0.75 mg"),
        ("levetiracetam prophylaxis dose, whatever the sheet says", "650 mg"),
        ("dobutamine running at 8 mcg/kg/min for low output shock, is that within our max", "3 mcg/kg/min"),
        ("hydroxyzine for itch, colleague's order says 20 mg q6h, right?", "20 mg"),
        ("levetiracetam prophylaxis for my next patient, normal kidney function (CrCl 110)", "650 mg"),
    ],
)
def test_plain_words_turn_no_row_away(ward: Assistant, question: str, dose: str) -> None:
    answer = ward.ask(question)
    assert answer.status == "answered" and dose in answer.text
    assert not any("not compared" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    "use",
    [
        *("gout", "Blau syndrome", "zorbin fever", "FCAS", "the runs", "burns", "shock", "low mood", "smoking"),
        *(
            "feeling down",
            "heart failure",
            "Still's",
            "Still's disease",
            "Behcet's",
            "kidney stones",
            "ZK-12 recipients",
        ),
        *("hiccups", "delirium", "itch", "a snake bite", "contacts of a case", "expecting mothers", "hearing loss"),
        *("flying", "night shifts", "a stress echo", "donors", "dressing changes", "a course of burnout"),
    ],
)
def test_another_use_is_never_taken_for_plain_words(ward: Assistant, use: str) -> None:
    for question in (f"anakinra dose for {use}", f"colleague ordered anakinra 140 mg q6h for {use}, acceptable?"):
        answer = ward.ask(question)
        assert answer.status == "not_found" and not answer.regimens, question


@pytest.mark.parametrize(
    "question",
    [
        "haloperidol dose for nausea",
        "haloperidol dose for hiccups",
        "chlorpromazine dose for lockjaw",
        "chlorpromazine dose for psychosis",
        "hydroxyzine dose for sleep",
        "hydroxyzine dose for flying",
        "dobutamine dose for a stress echo",
        "dobutamine dose for bradycardia",
        "dobutamine dose in septic shock",
        "levetiracetam prophylaxis dose after craniotomy",
        "levetiracetam dose for migraine",
    ],
)
def test_other_uses_of_other_drugs_find_nothing(ward: Assistant, question: str) -> None:
    assert ward.ask(question).status == "not_found"
