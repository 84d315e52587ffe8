"""Shares of a dose by the kidney function are no doses, and are shown with the doses of their drug."""

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Regimen

DOSE = "# Melphalan card\n\n| Drug | Dose |\n|---|---|\n| Melphalan | 140 mg/m2 IV once |\n"
SHARES = "| GFR (mL/min) | Give |\n|---|---|\n| 30-60 | 75 % of dose |\n| < 30 | no; use busulfan |\n"


def read(page: str) -> list[Regimen]:
    document = read_document(page.encode(), "page")
    return list(read_regimens(document, drug_names([document])))


def told(regimen: Regimen) -> list[str]:
    return [each.under_head for each in regimen.limited_by]


@pytest.mark.parametrize("between", ["\n## Kidneys\n\n", "\n## Melphalan by GFR\n\n", "\nRenal:\n\n"])
def test_each_row_of_shares_is_shown_with_the_dose_and_gives_none(between: str) -> None:
    (melphalan,) = read(f"{DOSE}{between}{SHARES}")
    assert told(melphalan) == ["GFR (mL/min) 30-60: 75 % of dose; < 30: no; use busulfan"]
    assert all(each.rule and each.lines[1] == each.lines[0] + 1 for each in melphalan.limited_by)


@pytest.mark.parametrize(
    "behind",
    [
        "\n## Toxicity\n\n| Grade | Give |\n|---|---|\n| 3 | 75 % of dose |\n",  # by grade
        f"\n## Carboplatin by GFR\n\n{SHARES}",  # of another drug
        "\n## Renal\n\n| GFR (mL/min) | Patients |\n|---|---|\n| 30-60 | 12 % of patients |\n",  # no share of a dose
    ],
)
def test_shares_by_something_else_or_of_another_drug_are_not(behind: str) -> None:
    assert not any(told(each) for each in read(f"{DOSE}{behind}"))


@pytest.mark.parametrize("words", ["Flucytosine is given by level.", "Voriconazole is given by level.", "Flucytosine:"])
def test_below_words_on_another_drug_known_or_not_they_are_not(words: str) -> None:
    (melphalan,) = read(f"{DOSE}\n{words}\n\n{SHARES}")
    assert not told(melphalan)


@pytest.mark.parametrize("words", ["Melphalan is given by GFR.", "Adjust for renal function.", "In kidney failure:"])
def test_below_words_on_the_kidneys_they_are(words: str) -> None:
    (melphalan,) = read(f"{DOSE}\n{words}\n\n{SHARES}")
    assert told(melphalan)


def test_of_two_drugs_none_is_told() -> None:
    rows = read(f"# Card\n\n- Melphalan 140 mg/m2 IV once\n- Busulfan 1 mg/kg IV q6h\n\n{SHARES}")
    assert len(rows) == 2 and not any(told(each) for each in rows)


def test_a_dose_of_a_band_of_the_kidneys_itself_has_no_share() -> None:
    rows = read(f"{DOSE}\n- Melphalan 100 mg/m2 IV once if GFR < 30\n\n## Kidneys\n\n{SHARES}")
    assert sorted(bool(told(each)) for each in rows) == [False, True]


def test_below_a_heading_of_one_use_the_shares_are_of_that_use() -> None:
    other = "\n## Other use\n\n- Melphalan 200 mg/m2 IV once\n"
    rows = read(f"# Card\n\n## One use\n\n- Melphalan 140 mg/m2 IV once\n\n### Kidneys\n\n{SHARES}{other}")
    assert [bool(told(each)) for each in rows] == [True, False]
