"""Dose questions of people who have not read the pages: two parts at once, headings, severity, what is no dose."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

ANAKINRA = """# Anakinra

## Course

| Step | Dose | Days |
|---|---|---|
| Loading | anakinra 6 mg/kg IV | day 1, once |
| Maintenance | anakinra 2.5 mg/kg IV | every 3 days, from day 4 |
| Escalation | anakinra 5 mg/kg IV | every 3 days, at most 4 doses |
"""
NALOXONE = """# Pain

## Reversal

Naloxone 3 micrograms/kg IV every 2 minutes until breathing (opioid-tolerant patient: the slow way).

## Itch

Low naloxone (0.5 micrograms/kg/h) for opioid itch.

## Non-opioids

- Gabapentin 150 mg PO TID for vincristine neuropathy, raised every 3 days to 450 mg TID.
"""
CONDITIONING = """# Conditioning in transplant

## Regimens in transplant

| Regimen | Drugs |
|---|---|
| aplastic anaemia | cyclophosphamide 40 mg/kg IV once daily |

## Post-transplant cyclophosphamide

Cyclophosphamide 55 mg/kg IV on days +3 and +4.
"""
ETOPOSIDE = """# Etoposide

## Doses

| Indication | Dose | Notes |
|---|---|---|
| Primary HLH | 140 mg/m2 IV weekly | not CAR-T specific |
| IEC-HS | no dose stated | ask the consultant |
"""
AZOLES = """# Azoles

## Interactions to act upon

| Azole started | Tacrolimus | Sirolimus |
|---|---|---|
| Voriconazole | cut to one fifth | do not combine |
| Isavuconazole | cut by a sixth | cut by half |

## Immunosuppressants

- Tacrolimus 0.04 mg/kg PO BID from day -3.

## Sedation

- Midazolam 0.06 mg/kg IV (max 3 mg) for a marrow.
"""
ACICLOVIR = """# Viruses

## Prophylaxis

| Virus | Drug |
|---|---|
| HSV | Aciclovir 500 mg PO BID |

## Renal changes

- Aciclovir: CrCl < 20 mL/min, 300 mg BID
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {
        "anakinra": ANAKINRA,
        "pain": NALOXONE,
        "conditioning": CONDITIONING,
        "etoposide": ETOPOSIDE,
        "viruses": ACICLOVIR,
        "azoles": AZOLES,
    }
    return assistant_over(tmp_path_factory.mktemp("made"), pages)


@pytest.mark.parametrize(
    "question",
    [
        "anakinra dose and how often",
        "how much anakinra and for how long?",
        "how often is anakinra given",
        "anakinra: what dose, and at which interval?",
    ],
)
def test_no_row_stands_back_for_another_one_that_is_given_as_often(made: Assistant, question: str) -> None:
    text = made.ask(question).text
    assert all(figure in text for figure in ("6 mg/kg", "2.5 mg/kg", "5 mg/kg"))


@pytest.mark.parametrize(
    "question", ["How much naloxone for an opioid overdose?", "naloxone dose, opiate overdosed pt"]
)
def test_a_dose_for_another_thing_of_the_same_cause_is_not_given(made: Assistant, question: str) -> None:
    text = made.ask(question).text
    assert "0.5 micrograms" not in text
    assert "3 micrograms/kg" in text or made.ask(question).status == "not_found"


def test_the_words_beside_one_of_several_doses_say_what_that_one_is_for(made: Assistant) -> None:
    answer = made.ask("gabapentin dose for neuropathy")
    assert answer.status == "answered"
    assert "150 mg" in answer.text


@pytest.mark.parametrize("question", ["PTCy dose", "post transplant cyclophosphamide dose and days"])
def test_a_drug_with_the_word_before_it_is_looked_up_under_that_heading(made: Assistant, question: str) -> None:
    answer = made.ask(question)
    assert answer.status == "answered"
    assert [each.regimen.section for each in answer.regimens] == ["Post-transplant cyclophosphamide"]


def test_that_there_is_no_dose_comes_before_one_whose_row_is_not_for_what_is_asked(made: Assistant) -> None:
    assert made.ask("etoposide dose hlh after car t").text.startswith("Read first: IEC-HS — Dose: no dose stated")
    assert "no dose stated" not in made.ask("etoposide dose primary hlh").text


def test_what_becomes_of_a_dose_in_bad_kidneys_is_read_with_it(made: Assistant) -> None:
    answer = made.ask("aciclovir prophylaxis dose")
    assert answer.status == "answered"
    assert answer.text.index("500 mg") < answer.text.index("Read with it") < answer.text.index("300 mg")
    assert made.ask("aciclovir 300 mg BID prophylaxis ok?").status != "not_found"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("when starting voriconazole on tacrolimus, how much do I cut the tacrolimus?", "one fifth"),
        ("tacrolimus dose reduction with isavuconazole", "a sixth"),
        ("isavuconazole started: by how much do we reduce sirolimus", "by half"),
    ],
)
def test_what_becomes_of_a_dose_beside_another_drug_is_told_by_the_line_of_both(
    made: Assistant, question: str, said: str
) -> None:
    answer = made.ask(question)
    assert answer.status == "answered"
    assert said in answer.text
    assert "0.04 mg" not in answer.text


def test_no_bolus_answers_for_the_maximum_of_an_infusion(made: Assistant) -> None:
    assert made.ask("midazolam infusion max").status == "not_found"
    assert "3 mg" in made.ask("midazolam max").text


@pytest.mark.parametrize("question", ["what to watch for on high dose dexamethasone", "labs on high-dose anakinra"])
def test_being_on_a_high_dose_asks_for_no_dose(made: Assistant, question: str) -> None:
    assert not made.ask(question).regimens
