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
    assert found(text, "kidneys") == ["CrCl >50: 0.5 mg daily.", "30-50: 0.25 mg daily.", "<30: stop."]
    assert found(text, "crcl 40") == ["30-50: 0.25 mg daily."]


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


def test_a_bullet_of_another_band_is_left_out() -> None:
    bullets = "- CrCl > 70 — full dose\n- CrCl 40–70 — 22 mg/m2 daily\n- CrCl < 40 — do not give\n"
    assert found(f"# Entecavir\n\n{bullets}", "crcl 35") == ["CrCl < 40 — do not give"]
    assert found(f"# Entecavir\n\n{bullets}", "crcl 50") == ["CrCl 40–70 — 22 mg/m2 daily"]
    assert not found("# Entecavir\n\n- CrCl 30-49: 0.5 mg every 48 hours.\n", "crcl 20")
    both = "# Entecavir\n\n- CrCl 30-60: every 24 h; below 30: by level only.\n"
    assert len(found(both, "crcl 20")) == 1


def test_bands_below_a_header_with_a_unit_are_compared() -> None:
    table = "| CrCl (mL/min) | Dose |\n|---|---|\n| full, >= 60 | 9 mg |\n| 30-59 | 5 mg |\n| <30 | avoid |\n"
    assert [row[-4:] for row in found(f"# Entecavir\n\n{table}", "crcl 45")] == ["5 mg"]


def test_what_stands_below_a_band_is_of_it_and_the_bare_band_is_no_answer() -> None:
    text = '# Entecavir\n\n=== "CrCl 30 or above"\n\n    9 mg daily.\n\n=== "CrCl under 30"\n\n    Do not give.\n'
    assert found(text, "crcl 20") == ["Do not give."]


def test_a_dose_by_a_band_of_clearance_is_none_on_dialysis() -> None:
    text = "# Entecavir\n\nCrCl below 30: 0.25 mg daily.\n\nCrCl below 10: do not give.\n"
    assert found(text, "on dialysis") == ["CrCl below 10: do not give."]


def test_what_is_said_of_dialysis_comes_alone_where_it_is_asked() -> None:
    text = "# Entecavir\n\nReduced: CrCl below 40. On dialysis: 0.5 mg weekly.\n"
    assert found(text, "on dialysis") == ["On dialysis: 0.5 mg weekly."]
    assert found(text, "crcl 20") == ["Reduced: CrCl below 40."]


def test_shorthand_before_a_colon_says_of_which_drug_the_words_are() -> None:
    text = "# Entecavir and kidneys\n\nCyclo: CrCl < 30 give 75 %. Bili > 50: 75 %.\n\nNote: CrCl < 30 give 50 %.\n"
    assert found(text, "crcl 20") == ["Note: CrCl < 30 give 50 %."]
    text = text.replace("Cyclo:", "Everybody:")
    assert found(text, "crcl 20") == ["Everybody: CrCl < 30 give 75 %.", "Note: CrCl < 30 give 50 %."]


def test_a_row_below_another_drugs_heading_that_only_mentions_the_drug_is_left_out() -> None:
    text = "# Kidneys\n\n## Tenofovir\n\n| CrCl | % of dose | Note |\n|---|---|---|\n| < 30 | 50 % | DRUG |\n"
    assert not found(text.replace("DRUG", "stop (entecavir no good either)"), "crcl 20")
    assert found(text.replace("DRUG", "entecavir instead"), "crcl 20")
