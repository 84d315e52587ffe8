from collections.abc import Mapping

import pytest

from answering.made import ask, evidence, hits_of, names_of, read, terms, unit
from wardbook.answering.caution import cautions, for_value, speaks_against
from wardbook.answering.dose_question import dose_query
from wardbook.answering.scoring import rank
from wardbook.dosing.patient import Patient
from wardbook.dosing.reading import read_regimens

PAGE = """# Anakinra

## Dosing

Anakinra 100 mg SC daily for CRS. Avoid in dialysis.

## Interactions

- Never with etanercept.
- Hold if ANC is below 0.5.
- IV anakinra: not used here.
- Tocilizumab: do not give in sepsis.

| Group | Use |
|---|---|
| Neonates | not recommended |
| Dialysis, weekly | 50 mg, never daily |

Anakinra is left out with colchicine.

| Drug | Infusion | Remark |
|---|---|---|
| Anakinra | 2 mg/h | not in delirium |
| Tocilizumab | 8 mg/kg | not in gout |
"""


def told(text: str, page: str = PAGE) -> list[str]:
    pages: Mapping[str, str] = {"drugs/anakinra": page, "drugs/tocilizumab": "# Tocilizumab\n"}
    _, drugs = names_of(pages)
    ranked = [evidence(section, at) for section in hits_of(pages) for at in range(len(section.units))]
    question = ask(text)
    query = dose_query(question, "anakinra", Patient(), drugs)
    return [each.words for each in cautions(question, query, (), lambda: ranked, drugs)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("anakinra dose in dialysis", "Avoid in dialysis."),
        ("anakinra dose with etanercept", "Never with etanercept."),
        ("anakinra IV dose", "IV anakinra: not used here."),
        ("anakinra dose ANC 0.3", "Hold if ANC is below 0.5."),
        ("anakinra dose neonates", "Neonates — Use: not recommended"),
        ("anakinra infusion delirium", "Anakinra: not in delirium"),
        ("anakinra dose with colchicine", "Anakinra is left out with colchicine."),
    ],
)
def test_what_speaks_against_the_situation_named_is_told(text: str, words: str) -> None:
    assert told(text)[0] == words


@pytest.mark.parametrize(
    "text",
    [
        "anakinra dose",
        "anakinra dose in CRS",
        "anakinra dose sepsis",
        "anakinra weekly",
        "anakinra dose ANC 0.8",
        "anakinra gout",
    ],
)
def test_nothing_is_told_of_other_situations_drugs_or_rows_with_a_dose(text: str) -> None:
    assert told(text) == []


SHARES = """# Anakinra

## Dosing

| Population | Dose |
|---|---|
| Adults | 100 mg SC daily |

### Hepatic Impairment

| Bilirubin (mg/dL) | Share of the dose |
|---|---|
| below 1.5 | 100% |
| 1.5 to 3 | 50% |
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("anakinra dose adult bilirubin 2", ["50%"]),
        ("anakinra dose adult bilirubin 1", ["100%"]),
        ("anakinra dose adult bilirubin 9", []),
        ("anakinra dose adult", []),
    ],
)
def test_what_the_page_says_for_a_value_is_told_beside_the_dose(text: str, words: list[str]) -> None:
    pages: Mapping[str, str] = {"drugs/anakinra": SHARES}
    _, drugs = names_of(pages)
    ranked = rank(ask(text), terms(text), hits_of(pages))
    told = [each.words for each in for_value(ask(text), "anakinra", ranked, drugs)]
    assert [each.rpartition(": ")[2] for each in told] == words


def test_a_change_of_the_dose_beside_a_drug_that_is_named_is_told() -> None:
    page = "# Anakinra\n\n## With biologics\n\nTocilizumab or etanercept: give half the dose above.\n"
    assert told("anakinra dose on tocilizumab", page) == ["Tocilizumab or etanercept: give half the dose above."]
    assert told("anakinra dose", page) == []


def test_a_title_that_names_many_things_places_none_of_them() -> None:
    pages: Mapping[str, str] = {
        "ward/calm": "# Calm and delirium\n\n## Biopsy\n\nAnakinra 2 mg IV.\n\n## Calm\n\nAnakinra: not in delirium.\n"
    }
    documents = read(pages)
    _, drugs = names_of(pages)
    ranked = [evidence(section, at) for section in hits_of(pages) for at in range(len(section.units))]
    query = dose_query(ask("anakinra dose delirium"), "anakinra", Patient(), drugs)
    shown = [row for row in read_regimens(documents[0], drugs) if row.section.endswith("Biopsy")]
    assert shown
    found = cautions(ask("anakinra dose delirium"), query, shown, lambda: ranked, drugs)
    assert [each.words for each in found] == ["Anakinra: not in delirium."]


def test_what_is_not_to_be_withheld_is_not_spoken_against() -> None:
    assert not speaks_against(unit("Do not withhold zelumab in pregnancy."))
    assert not speaks_against(unit("Not contraindicated in asthma."))
    assert speaks_against(unit("Do not give zelumab in pregnancy."))
    assert speaks_against(unit("Contraindicated in asthma."))
