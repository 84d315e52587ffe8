"""What stands elsewhere on a page and forbids a drug for the patient asked about is read before its dose."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PRESSORS = """# Heart and vessels

For adults. Children: ring the cardiologist.

## Ibutilide

Ibutilide 0.01 mg/kg IV over 10 min, max 1 mg.

> [!warning] Do not use
> Heart block, or QTc > 440.

## Landiolol

- Landiolol 300 mcg IV once. Over 80 kg: 480 mcg.

## Old rules

The old policy gave levosimendan on the ward at night. It ended well. Withdrawn 2022. Ask the consultant.

## Porphyria

Nimodipine: do not give.

## Nimodipine

Nimodipine 60 mg PO q4h for 21 days.

- Never with clarithromycin or itraconazole

"""
AMIKACIN = """# Amikacin

## Dose

| Indication | Dose | Route | Frequency |
|---|---|---|---|
| Sepsis | 15 mg/kg | IV | q24h |

Maximum 1,500 mg a dose.

## Who must not have it

- Myasthenia gravis
- Patients on cisplatin or foscarnet
"""
RENAL = """# Renal antibiotics

The first dose is never reduced, whatever the renal function.

| Drug | CrCl > 50 | CrCl 20-50 | CrCl < 20 |
|---|---|---|---|
| Ertapenem | 1 g IV q24h | 500 mg IV q24h | 500 mg IV q48h |
"""
BRIDGING = """# Before the cells

## Lymphodepletion

### Lymphoma

| CrCl (mL/min) | Fludarabine IV |
|---|---|
| >= 70 | 30 mg/m2 daily |
| 50-69 | 24 mg/m2 daily |
| < 50 | not given |

### Lupus

Cyclophosphamide 900 mg/m2 IV once.

## Bridging

### Lupus

Cyclophosphamide: not allowed.
"""
CLOTS = """# Clots

## Fondaparinux

| Weight | Fondaparinux once daily |
|---|---|
| < 50 kg | 5 mg SC |
| 50-100 kg | 7.5 mg SC |

Platelets under 40: stop.[^1]

[^1]: In children the table does not apply; ask haemostasis.

## Treatment

### Tinzaparin

Tinzaparin 175 units/kg SC once daily.

### By platelets

| Platelets | What |
|---|---|
| > 50 | full dose |
| 25-50 | half dose |
| < 25 | hold |

## Sedatives

| Drug | Bolus | Rate | Pregnancy |
|---|---|---|---|
| Remifentanil | none | 3 mcg/kg/h | not used |

## Harmed liver

### Second line

- Pirfenidone 11 mg/kg PO q8h (adults).
  - Halve with fluvoxamine, posaconazole or voriconazole.
  - Of those on filgrastim 69% were well.

## Thalidomide

Thalidomide 100 mg PO nightly. In maintenance: 50 mg PO nightly. After autograft thalidomide is not given.

## Old trials

T-cell: nelarabine 1.5 g/m2 IV as per trial arm. (Closed 2021.)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"pressors": PRESSORS, "amikacin": AMIKACIN, "renal": RENAL, "bridging": BRIDGING, "clots": CLOTS}
    return assistant_over(tmp_path_factory.mktemp("made"), pages)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("ibutilide 80 kg heart block", "Heart block, or QTc > 440."),
        ("ibutilide 0.8 mg 80 kg qtc 480 ok?", "Heart block, or QTc > 440."),
        ("amikacin sepsis 70 kg myasthenia", "Myasthenia gravis"),
        ("amikacin 1000 mg sepsis 70 kg with cisplatin ok?", "Patients on cisplatin or foscarnet"),
        ("ertapenem 1 g first dose crcl 15 ok?", "The first dose is never reduced"),
        ("fondaparinux 7.5 mg 70 kg platelets 30 ok?", "Platelets under 40: stop."),
        ("fondaparinux 10 y 40 kg", "In children the table does not apply"),
        ("tinzaparin 175 units/kg 70 kg platelets 20 ok?", "< 25"),
        ("tinzaparin 175 units/kg 70 kg platelets 30 ok?", "half dose"),
        ("remifentanil bolus 70 kg", "Remifentanil — Bolus: none"),
        ("remifentanil 3 mcg/kg/h 70 kg pregnant ok?", "Remifentanil — Pregnancy: not used"),
        ("thalidomide 100 mg after autograft ok?", "After autograft thalidomide is not given."),
        ("pirfenidone dose 70 kg, he takes posaconazole", "Halve with fluvoxamine"),
        ("pirfenidone dose 70 kg on an azole", "Halve with fluvoxamine"),
        ("pirfenidone 770 mg 70 kg with voriconazole ok?", "Halve with fluvoxamine"),
    ],
)
def test_what_forbids_is_read_first_and_nothing_is_worked_out_or_judged(
    made: Assistant, question: str, first: str
) -> None:
    answer = made.ask(question)
    assert answer.text.startswith("Read first: ")
    assert first in answer.text.partition("\n\n")[0]
    assert not answer.computed
    assert answer.verdict is None or answer.verdict[0].result == "not_covered"


@pytest.mark.parametrize(
    "question",
    [
        "ibutilide 80 kg qtc 400",
        "pirfenidone dose 70 kg",
        "amikacin sepsis 70 kg",
        "ibutilide 80 kg",
        "fludarabine lymphoma crcl 60 bsa 1.9",
        "cyclophosphamide lupus lymphodepletion bsa 2",
        "tinzaparin 70 kg platelets 80",
        "remifentanil rate 70 kg",
    ],
)
def test_what_the_question_does_not_say_changes_nothing(made: Assistant, question: str) -> None:
    answer = made.ask(question)
    assert "Read first" not in answer.text
    assert answer.computed


def test_what_a_heading_says_of_whom_is_read_with_a_bare_refusal(made: Assistant) -> None:
    assert "Nimodipine: do not give." in made.ask("nimodipine 60 mg q4h porphyria ok?").text
    assert "do not give" not in made.ask("nimodipine 60 mg q4h ok?").text


def test_another_drug_beside_is_read_of_the_list_under_the_dose(made: Assistant) -> None:
    answer = made.ask("nimodipine 60 mg q4h on clarithromycin ok?")
    assert "Never with clarithromycin or itraconazole" in answer.text
    assert answer.verdict is None or answer.verdict[0].result == "not_covered"


def test_a_dose_for_the_heavy_is_not_offered_for_a_child_of_unknown_weight(made: Assistant) -> None:
    answer = made.ask("landiolol 8 y")
    assert not answer.regimens
    assert made.ask("landiolol 300 mcg 8 y ok?").verdict is not None
    assert "480" in made.ask("landiolol 90 kg").text


def test_what_takes_a_sentence_back_is_never_cut_off(made: Assistant) -> None:
    assert "Withdrawn 2022." in made.ask("levosimendan on the ward at night?").text
    assert "Closed 2021." in made.ask("nelarabine t-cell").text


def test_of_what_is_forbidden_no_dose_is_said_to_fit(made: Assistant) -> None:
    answer = made.ask("thalidomide after autograft")
    assert "fit" not in answer.text
    assert answer.clarification is None


IRON = """# Iron

For ward use, adults and teenagers over 40 kg. Under 40 kg ask the pharmacist, the figures below do not apply.

## Weekly

Iron sucrose 200 mg IV three times a week.

Adults over 65: check the ECG.

## Once

Ferric carboxymaltose 1000 mg IV. Under 35 kg: 500 mg.

## Phosphate

PO4 < 0.6: check in 2 days, PO4 < 0.4: ring us.
"""


@pytest.fixture(scope="module")
def of_adults(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("adults"), {"iron": IRON})


@pytest.mark.parametrize("question", ["iron sucrose dose 35 kg", "iron sucrose 200 mg 30 kg ok?"])
def test_whom_a_page_is_for_is_read_first_by_who_is_another(of_adults: Assistant, question: str) -> None:
    answer = of_adults.ask(question)
    assert answer.text.startswith("Read first: For ward use, adults and teenagers over 40 kg.")
    assert answer.verdict is None or answer.verdict[0].result == "not_covered"


@pytest.mark.parametrize(
    "question",
    [
        "iron sucrose dose 60 kg",
        "iron sucrose dose 50 y",
        "ferric carboxymaltose 30 kg",
        "iron sucrose dose",
        "po4 0.3",
    ],
)
def test_whom_a_page_is_for_is_nothing_to_those_or_to_a_row_of_their_own(of_adults: Assistant, question: str) -> None:
    answer = of_adults.ask(question)
    assert "Read first" not in answer.text
    assert answer.citations


OF_TROUGH = """# Everolimus

## By level

| Trough micrograms/L | Change |
|---|---|
| < 3 | raise by 30 % |
| 3-8 | none |
| > 15 | hold, daily level |

## Interactions

| Drug | Voriconazole | Fluconazole |
|---|---|---|
| Everolimus | contraindicated | cut by 40 % |

## Dose

Everolimus 0.75 mg PO q12h.

Dialysis: not removed, urate over 600.
"""
OF_KIDNEYS = """# Gentamicin

## Dose

Gentamicin 5 mg/kg IV once.

- CrCl < 30: load only, then by level.

| CrCl mL/min | Gentamicin |
|---|---|
| 30-50 | 60 % of it |
| < 30 | omit, ask. Gentamicin not recommended |

## Do not

- no gentamicin: myasthenia
- Filgrastim 300 mcg (over 70 kg 480 mcg) SC OD if shock; not in CRS
"""
OF_BRANDS = """# Immunoglobulin

## Caution

- Clot under 3 months old, lupus: half the rate, two days, tinzaparin unless bleeding
- Sucrose brands: never with CrCl < 60

## Tinzaparin

Tinzaparin 175 units/kg SC daily.
"""


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"everolimus": OF_TROUGH, "gentamicin": OF_KIDNEYS, "igg": OF_BRANDS}
    return assistant_over(tmp_path_factory.mktemp("led"), pages)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("everolimus trough 5", "hold"),
        ("everolimus with fluconazole", "contraindicated"),
        ("everolimus dose crcl 25", "Dialysis"),
        ("gentamicin maintenance dose crcl 45", "Read first: CrCl < 30"),
        ("gentamicin 5 mg/kg crcl 45", "omit, ask"),
        ("gentamicin dose shock 80 kg", "Filgrastim"),
        ("filgrastim dose shock 80 kg", "Read first: no gentamicin"),
        ("tinzaparin dose crcl 40", "Sucrose"),
    ],
)
def test_what_is_of_another_row_column_or_thing_is_not_read_first(led: Assistant, question: str, words: str) -> None:
    first = [line for line in led.ask(question).text.split("\n") if line.startswith("Read first")]
    assert not any(words.removeprefix("Read first: ") in line for line in first)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("everolimus trough 18", "hold, daily level"),
        ("everolimus with voriconazole", "contraindicated"),
        ("gentamicin 5 mg/kg crcl 25", "load only"),
        ("gentamicin 5 mg/kg myasthenia", "no gentamicin: myasthenia"),
    ],
)
def test_what_is_of_the_very_row_column_or_thing_stays(led: Assistant, question: str, words: str) -> None:
    assert words in led.ask(question).text


def test_a_share_of_patients_beside_a_drug_changes_no_dose(made: Assistant) -> None:
    assert "Read first" not in made.ask("pirfenidone dose 70 kg on filgrastim").text
