"""A dose below the severity it begins at, of another route, phase, reaction or indication is not what is asked."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

FITS = """# Fits

| Drug | Dose | Route |
|---|---|---|
| Phenytoin | 21 mg/kg | IV |
"""
LYSIS = """# Tumour lysis

## Prophylaxis

High: rasburicase

| Group | Dose |
|---|---|
| Adults, prophylaxis | 2.9 mg flat IV once |
| Adults, established TLS | 0.21 mg/kg IV once daily |
"""
LIVER = """# Liver

## Sinusoidal obstruction

Treat with defibrotide from *severe* on.

Defibrotide 6.4 mg/kg IV q6h over 2 h for 20 days.

## Cholestasis

Ursodeoxycholic acid 251 mg PO BD. Treat from grade 2 up.
"""
MOULDS = """# Moulds

## Isavuconazole

201 mg PO OD. Shortens the QT.

## Voriconazole

Load 6.1 mg/kg IV q12h for two doses, then 4.1 mg/kg IV q12h.
"""
TACROLIMUS = """# Tacrolimus

| Setting | Dose | Route | Frequency |
|---|---|---|---|
| From day -3 | 0.021 mg/kg/day | IV | continuous infusion |
| Oral start | 0.031 mg/kg | PO | q12h |
| Switch from IV to PO | 4 times the IV daily dose, in two halves | PO | q12h |

First oral dose 8 h after the infusion stops.
"""
OTHERS = """# Drugs of the ward

## Levetiracetam

510 mg IV/PO BD.

## Foscarnet

61 mg/kg IV q8h.
"""
FEVER = """# Fever

## First dose

| Situation | Drug | Dose |
|---|---|---|
| Penicillin rash (non-severe) | Cefepime | 2.1 g IV q8h |
| Penicillin anaphylaxis | Aztreonam | 2.2 g IV q6h |

## Low risk

Auto patients only. **Not** CAR-T, allo, AML. Clarithromycin 510 mg BD, line call next day.
"""
GVHD = """# Graft versus host disease

## Acute

- GVHD grade II: methylprednisolone 1.2 mg/kg IV daily.
- GVHD grade IV: methylprednisolone 2.2 mg/kg IV daily.
"""
BARICITINIB = """# Baricitinib

## Dosing

### Refractory HLH

| Patient | Starting dose | Frequency |
|---|---|---|
| Adults, platelets >= 40 | 4 mg PO | BID |
| Adults, platelets < 40 | 2 mg PO | BID |

No response after 4 days: may go up, adults only, to a maximum of 16 mg/day.

### Refractory CRS

3 mg PO q12h for up to 5 days, adults only.
"""
PAGES = {
    "Fits": FITS,
    "Lysis": LYSIS,
    "Liver": LIVER,
    "Moulds": MOULDS,
    "Tacrolimus": TACROLIMUS,
    "Others": OTHERS,
    "Fever": FEVER,
    "GVHD": GVHD,
    "Baricitinib": BARICITINIB,
}


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("ward"), PAGES)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("defibrotide mild sinusoidal obstruction 70 kg", "from severe on"),
        ("defibrotide moderate sinusoidal obstruction 70 kg", "from severe on"),
        ("ursodeoxycholic acid grade 1 cholestasis", "from grade 2 up"),
        ("clarithromycin dose low risk car-t", "Not CAR-T"),
    ],
)
def test_from_where_a_drug_is_given_is_read_first(ward: Assistant, question: str, words: str) -> None:
    answer = ward.ask(question)
    assert answer.text.startswith("Read first:")
    assert words in answer.text.split("\n")[0]
    assert not answer.computed


@pytest.mark.parametrize(
    "question",
    [
        "defibrotide severe sinusoidal obstruction 70 kg",
        "defibrotide sinusoidal obstruction 70 kg",
        "ursodeoxycholic acid grade 3 cholestasis",
        "clarithromycin dose low risk auto",
    ],
)
def test_from_there_on_it_is_given_without_a_word(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert answer.regimens or " mg" in answer.text
    assert "Read first" not in answer.text


def test_below_it_no_amount_is_judged(ward: Assistant) -> None:
    answer = ward.ask("defibrotide 6.4 mg/kg ok in mild sinusoidal obstruction?")
    assert answer.verdict
    assert answer.verdict[0].result == "not_covered"


def test_that_no_loading_dose_is_known_is_said_before_the_dose(ward: Assistant) -> None:
    answer = ward.ask("isavuconazole loading dose")
    assert answer.text.startswith("No loading dose of isavuconazole")
    judged = ward.ask("isavuconazole 201 mg loading dose ok?").verdict
    assert judged
    assert judged[0].result == "not_covered"


def test_a_load_is_judged_by_a_dose_that_is_given_once(ward: Assistant) -> None:
    answer = ward.ask("phenytoin 1,470 mg iv loading dose ok, 70 kg?")
    assert answer.verdict
    assert answer.verdict[0].result == "within"
    assert "does not call it a loading dose" in answer.text


def test_a_row_that_says_its_setting_is_not_of_that_of_its_heading_alone(ward: Assistant) -> None:
    rows = ward.ask("rasburicase dose adult, treatment of established TLS").regimens
    assert [float(each.regimen.amount.low) for each in rows if each.regimen.amount] == [0.21]


@pytest.mark.parametrize(
    "question",
    [
        "rasburicase to prevent TLS 80 kg adult",
        "rasburicase prophylaxis TLS 80 kg",
        "rasburicase to stop TLS from coming, adult 80 kg",
    ],
)
def test_below_a_heading_on_prevention_what_is_established_is_not_prevented(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert "2.9 mg" in answer.text
    assert "0.21 mg/kg" not in answer.text


@pytest.mark.parametrize(
    "question", ["voriconazole loading dose 70 kg", "isavuconazole dose", "isavuconazole dose no load"]
)
def test_a_loading_dose_that_is_known_or_not_asked_is_not_denied(ward: Assistant, question: str) -> None:
    assert not ward.ask(question).text.startswith("No load")


@pytest.mark.parametrize(
    "question", ["tacrolimus po after iv stops", "tacrolimus iv to po", "convert tacrolimus iv to po dose"]
)
def test_a_change_of_route_gives_no_dose_to_start_with(ward: Assistant, question: str) -> None:
    text = ward.ask(question).text
    assert "0.021" not in text
    assert "0.031" not in text
    assert "4 times the IV daily dose" in text or "8 h after" in text


@pytest.mark.parametrize(
    ("question", "dose"),
    [("tacrolimus iv dose", "0.021"), ("tacrolimus po dose", "0.031"), ("levetiracetam iv to po", "510")],
)
def test_one_route_or_a_dose_by_both_is_given(ward: Assistant, question: str, dose: str) -> None:
    assert dose in ward.ask(question).text


def test_a_change_of_route_of_which_nothing_is_said_gets_no_dose(ward: Assistant) -> None:
    assert "61" not in ward.ask("foscarnet iv to po").text


@pytest.mark.parametrize("question", ["cefepime penicillin anaphylaxis", "cefepime dose in penicillin anaphylaxis"])
def test_the_dose_after_a_rash_is_none_after_anaphylaxis(ward: Assistant, question: str) -> None:
    assert "2.1" not in ward.ask(question).text


@pytest.mark.parametrize(
    ("question", "dose"), [("cefepime penicillin rash", "2.1"), ("aztreonam penicillin anaphylaxis", "2.2")]
)
def test_the_dose_after_the_reaction_asked_is_given(ward: Assistant, question: str, dose: str) -> None:
    assert dose in ward.ask(question).text


def test_iv_behind_gvhd_chooses_no_grade(ward: Assistant) -> None:
    answer = ward.ask("methylprednisolone GVHD IV 70 kg")
    assert answer.status == "needs_clarification"
    assert any("IV" in each for each in answer.warnings)


@pytest.mark.parametrize(
    ("question", "dose", "other"),
    [
        ("methylprednisolone IV for GVHD IV 70 kg", "154", "84"),
        ("methylprednisolone gvhd grade IV 70 kg", "154", "84"),
        ("methylprednisolone GVHD grade II IV 70 kg", "84", "154"),
    ],
)
def test_beside_a_route_it_is_a_grade_and_beside_a_grade_a_route(
    ward: Assistant, question: str, dose: str, other: str
) -> None:
    text = ward.ask(question).text
    assert f"{dose} mg" in text
    assert f"{other} mg" not in text


def test_no_amount_exceeds_where_another_indication_allows_it(ward: Assistant) -> None:
    assert ward.ask("baricitinib 8 mg bd ok?").verdict is None


@pytest.mark.parametrize("question", ["baricitinib 8 mg bd ok for crs?", "baricitinib 10 mg bd ok?"])
def test_what_exceeds_for_the_indication_named_or_for_any_still_does(ward: Assistant, question: str) -> None:
    judged = ward.ask(question).verdict
    assert judged
    assert judged[0].result == "exceeds"
