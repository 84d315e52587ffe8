"""What the bands of a list or a column are of is said by the first of them alone."""

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens


def bands(text: str) -> list[tuple[str, str, str]]:
    """Give (quantity, from-to, dose) of each regimen of a page on zelumab; "" where no band was read."""
    document = read_document(f"---\ntitle: Zelumab\n---\n\n{text}".encode(), "zelumab", [])
    found = []
    for each in read_regimens(document, drug_names([document])):
        assert each.amount is not None
        band = each.bands[0] if each.bands else None
        bounds = f"{band.low}-{band.high}" if band else ""
        found.append((band.quantity if band else "", bounds, f"{each.amount.low} {each.amount.unit}"))
    return found


KIDNEY = [
    ("creatinine clearance", "60-None", "300 mg"),
    ("creatinine clearance", "20-60", "200 mg"),
    ("creatinine clearance", "None-20", "100 mg"),
]


@pytest.mark.parametrize(
    "text",
    [
        "- CrCl > 60: 300 mg once daily\n- 20-60: 200 mg once daily\n- < 20: 100 mg once daily\n",
        "zelumab by kidney:\n\n - CrCl > 60 → 300 mg\n - 20–60 → 200 mg\n - < 20 → 100 mg OD\n",
        "zelumab by kidney:\nCrCl > 60 → 300 mg\n**20–60** → 200 mg\n< 20 → 100 mg\n",
        "CrCl > 60: 300 mg IV q8h\n20–60: 200 mg IV q12h\n< 20: 100 mg IV q24h\n",
        "- CrCl > 60 – 300 mg BD\n- 20-60 – 200 mg BD\n- < 20 – 100 mg BD\n",
        "| Kidney | Dose |\n|---|---|\n| CrCl > 60 | 300 mg BD |\n| 20–60 | 200 mg BD |\n| < 20 | 100 mg BD |\n",
    ],
)
def test_the_first_band_names_the_quantity_for_those_below_it(text: str) -> None:
    assert bands(text) == KIDNEY


def test_a_column_of_patients_goes_on_where_one_cell_is_another_group() -> None:
    text = "| Group | Dose |\n|---|---|\n| CrCl > 60 | 1 g BD |\n| Dialysis | 2 g |\n| 20-60 | 3 g OD |\n"
    assert [each[:2] for each in bands(text)] == [KIDNEY[0][:2], ("", ""), KIDNEY[1][:2]]


def test_an_ideal_weight_is_no_weight() -> None:
    text = "| Ideal weight | Dose |\n|---|---|\n| < 45 kg | 15 g |\n| 45-56 | 20 g |\n"
    assert [each[0] for each in bands(text)] == ["", ""]


def test_a_list_of_other_numbers_takes_no_quantity() -> None:
    assert {each[0] for each in bands("- Day 1-2: 5 mg\n- 3-4: 10 mg\n")} == {""}
    text = "- CrCl > 60: 300 mg\n\nBy platelets:\n\n- 20-60: 200 mg\n"
    assert KIDNEY[1] not in bands(text)


def test_a_list_inside_another_has_its_own_bounds() -> None:
    text = "- CrCl > 60: 300 mg\n    - 20-60: 200 mg in some\n"
    assert KIDNEY[1] not in bands(text)


LOAD = (
    "### Zelumab load by weight\n\n< 40 kg|40-59 kg|>= 60 kg\n:-:|:-:|:-:\n"
    "750 mg|1 g|1.5 g\nin 250 mL|in 250 mL|in 500 mL\n\n"
)
LOADS = [("weight", "None-40", "750 mg"), ("weight", "40-59", "1 g"), ("weight", "60-None", "1.5 g")]


def test_a_row_of_amounts_below_bands_alone_gives_the_dose_of_each() -> None:
    assert bands(LOAD) == LOADS
    assert bands(LOAD.replace("750 mg|1 g|", "750 mg|call|")) == []  # a row that says something else is none of doses


def test_a_line_without_a_colon_says_by_what_the_list_below_goes() -> None:
    by_kidney = "maintenance by CrCl\n\n- above 60 … 300 mg OD\n- 20-60 ... 200 mg OD\n- under 20 … 100 mg OD\n"
    assert bands(LOAD + by_kidney) == [*LOADS, *KIDNEY]
    assert {each[0] for each in bands(by_kidney.replace("by CrCl", "by the nurse in charge"))} == {""}


def test_what_leads_to_another_phase_is_no_part_of_the_one_in_the_heading() -> None:
    text = f"---\ntitle: Zelumab\n---\n\n## Pneumonia\n\n{LOAD}maintenance by CrCl\n\n- above 60 … 300 mg OD\n"
    document = read_document(text.encode(), "zelumab", [])
    found = [each.indication for each in read_regimens(document, drug_names([document]))]
    assert found[-1] == "Pneumonia: maintenance by CrCl"
    text = text.replace("maintenance by", "load by")
    document = read_document(text.encode(), "zelumab", [])
    assert "load by weight" in (list(read_regimens(document, drug_names([document])))[-1].indication or "")
