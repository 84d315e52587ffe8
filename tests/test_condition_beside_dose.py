"""Rules that stand outside the row of a dose and are about the patient asked: they are read before it."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

CARD = """# Drug card of the north ward

All doses here are for adults. If eGFR < 20 give two thirds of every dose.

## Anticonvulsants

| Drug | Load | Maintenance |
|---|---|---|
| Lacosamide | 210 mg IV | 110 mg BD |
| Phenobarbital* | 11 mg/kg IV | 61 mg OD |

\\* Not if porphyria is known.

## Clot prevention

| Weight | Nadroparin |
|---|---|
| under 70 kg | 2850 units OD |
| 70 kg and over | 5700 units OD |

Platelet count:

- over 50: as above
- 30-50: half
- under 30: none

## Gut

Letermovir 470 mg OD. Not before day 5, stop day 90.

## Opioids

| Drug | Dose |
|---|---|
| Oxycodone | 5.5 mg PO q6h |

Over 75 or under 50 kg: half.

### Apixaban

5.5 mg PO BD. Needs CrCl > 25, no posaconazole.

## Cell infusion

| Drug | Dose |
|---|---|
| Hydrocortisone IV | 105 mg |

No steroid before CAR-T or donor lymphocytes.

Ibuprofen 410 mg PO TID.

NSAIDs: not with platelets < 50.
"""


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("card"), {"Drug card": CARD})


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("lacosamide maintenance egfr 15", "two thirds of every dose"),
        ("nadroparin 80 kg platelets 40", "Platelet count: 30-50: half"),
        ("nadroparin 80 kg platelets 20", "under 30: none"),
        ("letermovir day 100", "stop day 90"),
        ("letermovir 470 mg ok day 3", "Not before day 5"),
        ("oxycodone 45 kg", "Over 75 or under 50 kg: half."),
        ("oxycodone 80 y", "Over 75 or under 50 kg: half."),
        ("apixaban crcl 20", "Needs CrCl > 25"),
        ("hydrocortisone 105 mg IV ok before car-t", "No steroid before CAR-T"),
        ("ibuprofen platelets 40", "NSAIDs: not with platelets < 50"),
    ],
)
def test_a_rule_for_the_patient_asked_is_read_first(card: Assistant, question: str, rule: str) -> None:
    answer = card.ask(question)
    assert "Read first: " in answer.text, answer.text
    assert rule in answer.text, answer.text
    assert not answer.computed, answer.text
    assert answer.verdict is None or answer.verdict[0].result == "not_covered", answer.text


@pytest.mark.parametrize(
    "question",
    [
        "nadroparin 80 kg",
        "oxycodone dose",
        "oxycodone 60 y",
        "letermovir day 60",
        "ibuprofen dose",
        "hydrocortisone dose",
    ],
)
def test_nothing_is_read_first_where_no_rule_is_about_the_patient(card: Assistant, question: str) -> None:
    assert "Read first: " not in card.ask(question).text


def test_the_note_that_a_mark_points_to_stands_with_the_dose(card: Assistant) -> None:
    assert "Not if porphyria is known" in card.ask("phenobarbital dose").text
