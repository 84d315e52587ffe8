"""Words on a drug for a group of patients that were not read as a dose are found."""

from answering.made import hits_of, names_of
from wardbook.answering.for_patients import statements
from wardbook.dosing.lookup import DoseQuery

KIDNEYS = frozenset({"renal impairment"})


def found(text: str, asked: str, groups: frozenset[str] = KIDNEYS, setting: str | None = None) -> list[str]:
    pages = {"p": text}
    _, drugs = names_of(pages)
    query = DoseQuery("entecavir", asked, part=asked, setting=setting)
    return [each.unit.text for each in statements(query, groups, hits_of(pages), drugs, lambda page, unit: False)]


def test_what_is_to_be_done_for_bad_kidneys_is_found_with_the_bands_that_follow() -> None:
    text = "# Entecavir\n\nCrCl >50: 0.5 mg daily. 30-50: 0.25 mg daily. <30: stop. Take fasting.\n"
    assert found(text, "crcl 40") == ["CrCl >50: 0.5 mg daily.", "30-50: 0.25 mg daily.", "<30: stop."]


def test_another_drugs_words_are_left_out() -> None:
    text = "# Hepatitis\n\n- Entecavir 0.5 mg daily.\n- Tenofovir: CrCl <30 do not give.\n"
    assert not found(text, "crcl 20")


def test_a_row_of_another_band_is_left_out() -> None:
    table = "| CrCl | Interval |\n|---|---|\n| >= 60 | q24h |\n| 40-59 | q36h |\n| < 40 | avoid |\n"
    rows = found(f"# Entecavir\n\n{table}", "crcl 30")
    assert len(rows) == 1
    assert "avoid" in rows[0]


def test_words_that_say_nothing_to_do_are_left_out() -> None:
    assert not found("# Entecavir\n\n- Entecavir 0.5 mg daily, renally dosed.\n", "crcl 20")


def test_another_class_of_the_liver_is_left_out() -> None:
    text = "# Entecavir\n\n- Liver: Child-Pugh C: not recommended.\n"
    liver = frozenset({"hepatic impairment"})
    assert not found(text, "child-pugh B", liver)
    assert found(text, "child-pugh C", liver)


def test_words_under_a_heading_for_another_setting_are_left_out() -> None:
    text = "# Entecavir\n\n## Prophylaxis\n\n- CrCl < 30: 0.25 mg daily.\n"
    assert not found(text, "crcl 20 treatment", setting="treatment")
    assert found(text, "crcl 20 prophylaxis", setting="prophylaxis")
    assert found(text, "crcl 20")
