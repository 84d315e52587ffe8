"""What a statement forbids is read against what the question says, thing by thing, not against what it leaves out."""

from decimal import Decimal

import pytest

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.forbidden import (
    Asked,
    for_adults,
    forbids,
    gives_no_reason,
    lists_what_is_not,
    overrides,
    refuses_cell,
)


def _asked(text: str, crcl: int | None = None, age: int | None = None, **more: str) -> Asked:
    others = tuple((drug, drug) for drug in ("linezolid", "warfarin", "cisplatin", "heparin") if drug in text)
    query = DoseQuery(
        "gentamicin",
        text,
        more.get("grade"),
        more.get("setting"),
        crcl=Decimal(crcl) if crcl is not None else None,
        age_y=Decimal(age) if age is not None else None,
        measured=text,
        part=text,
        other_drugs=others,
    )
    return Asked(query, text)


@pytest.mark.parametrize(
    ("words", "asked", "listed"),
    [
        ("CrCl < 30, myasthenia gravis, or within 7 days of cisplatin", _asked("crcl 20", 20), True),
        ("CrCl < 30, myasthenia gravis, or within 7 days of cisplatin", _asked("with myasthenia"), True),
        ("CrCl < 30, myasthenia gravis, or within 7 days of cisplatin", _asked("2 days after cisplatin"), True),
        ("Within 24 h before or after chemotherapy", _asked("day of chemo"), True),
        ("Asthma, heart block", _asked("in heart block"), True),
        ("Not with linezolid or an MAOI.", _asked("patient on linezolid"), False),
        ("Gentamicin is not for porphyria without a fever.", _asked("porphyria"), False),
        ("Gentamicin is not for porphyria without a fever.", _asked("porphyria without a fever"), False),
        ("Not if platelets < 50.", _asked("platelets 30"), False),
        ("80 mg once; if CrCl <60 use IV paracetamol and morphine.", _asked("crcl 20", 20), False),
        ("CrCl < 15: unfractionated heparin.", _asked("crcl 10", 10), False),
        ("Prophylactic gentamicin: not recommended.", _asked("prophylaxis", setting="prophylaxis"), False),
        ("Gentamicin pulses aren't allowed in lupus.", _asked("lupus"), False),
        ("It is not a treatment for isolated porphyria.", _asked("porphyria"), False),
        ("CrCl 15-29: 2 mg/kg instead, platelets >= 50 only.", _asked("crcl 20 platelets 30", 20), False),
        ("Child-Pugh C: do not give", _asked("child-pugh c"), False),
        ("Not under 6 months.", _asked("infant", age=0), False),
        ("Not under 16 y.", _asked("child"), False),
        ("Not under 3 y.", _asked("18 months"), False),
        ("If CrCl < 50 use paracetamol.", _asked("renal failure"), False),
        ("Platelets under 40: stop.", _asked("platelets 30"), False),
        ("Gentamicin is withheld with neutrophils under 0.5.", _asked("neutrophils 0.3"), False),
        ("In children the table doesn't hold; ring us.", _asked("child"), False),
        ("Under 1 month, or < 3 kg: ask, none of this applies.", _asked("newborn"), False),
        ("Infants (< 1 y) have their own protocol and are **not** covered by this page.", _asked("10 months"), False),
        ("Not with the 500 mg/m2 of lymphodepletion.", _asked("lymphodepletion"), False),
        ("Bolus 60 units/kg, infants under 1 year no bolus.", _asked("bolus infant"), False),
        ("Trough > 15: hold", _asked("gentamicin trough is now 18"), False),
        ("Trough > 15: hold", _asked("trough 9, then trough this morning 18 mg/L"), False),
        ("Do not give with amylase > 300.", _asked("with raised amylase"), False),
        ("Do not give with amylase > 300.", _asked("amylase on day 3"), False),
        ("Do not give with shunt > 30 %.", _asked("shunt 40%"), False),
        ("Exclude: CrCl < 30 or on HD, TLS risk, unit 7T only.", _asked("crcl 25", 25), False),
        ("**Excluded:** porphyria, CrCl < 30", _asked("in porphyria"), False),
    ],
)
def test_what_the_question_says_of_what_is_forbidden_is_found(words: str, asked: Asked, listed: bool) -> None:
    assert forbids(words, asked, listed=listed)


@pytest.mark.parametrize(
    ("words", "asked", "listed"),
    [
        ("CrCl < 30, myasthenia gravis, or within 7 days of cisplatin", _asked("crcl 60", 60), True),
        ("CrCl < 30, myasthenia gravis, or within 7 days of cisplatin", _asked("10 days after cisplatin"), True),
        ("CrCl < 15 mL/min or dialysis: avoid", _asked("crcl 40", 40), False),
        ("Not under 12 y.", _asked("child"), False),
        ("Add in septic shock, 2 doses then stop.", _asked("septic shock"), False),
        ("Dose adjustment is not needed in renal impairment.", _asked("renal impairment"), False),
        ("Dose reduction: CrCl > 50: none; 30-50: half", _asked("crcl 60", 60), False),
        ("Dose change in children: none", _asked("child"), False),
        ("Not under 3 y.", _asked("for 18 months"), False),
        ("Not in neonates.", _asked("child", age=12), False),
        ("CrCl < 30: avoid", _asked("renal impairment"), False),
        ("Do not stop with platelets under 30.", _asked("platelets 20"), False),
        ("Bolus 60 units/kg, infants under 1 year no bolus.", _asked("infant"), False),
        ("Within 24 h before or after chemotherapy", _asked("after chemo"), True),
        ("Untreated infection; asthma is still treated", _asked("asthma"), True),
        ("Avoid warfarin if bleeding.", _asked("with warfarin"), False),
        ("Prophylactic gentamicin: not recommended after stroke.", _asked("prophylaxis", setting="prophylaxis"), False),
        ("Not approved for sepsis.", _asked("sepsis"), False),
        ("It does not raise lactate in sepsis.", _asked("sepsis"), False),
        ("Not in grade 1.", _asked("grade 3", grade="grade 3"), False),
        ("Not in severe asthma.", _asked("no asthma"), False),
        ("Gentamicin is not for porphyria without a fever.", _asked("porphyria and a fever"), False),
        ("Platelets 50-100: only with a filter.", _asked("platelets 30"), False),
        ("80 mg once; if CrCl <60 use IV paracetamol and morphine.", _asked("crcl 80", 80), False),
        ("CrCl < 60: with paracetamol.", _asked("crcl 20", 20), False),
        ("Trough > 15: hold", _asked("gentamicin trough is now 9"), False),
        ("Do not give with amylase > 300.", _asked("with amylase of about 80"), False),
        ("Do not give with amylase > 300.", _asked("dose at 80 kg"), False),
        ("Do not give with shunt > 30 %.", _asked("shunt 20%"), False),
        ("CrCl < 60: half the dose of gentamicin, as of amikacin.", _asked("crcl 20", 20), False),
        ("Exclude: CrCl < 30 or on HD, TLS risk, unit 7T only.", _asked("crcl 35", 35), False),
    ],
)
def test_what_the_question_does_not_say_forbids_nothing(words: str, asked: Asked, listed: bool) -> None:
    assert not forbids(words, asked, listed=listed)


@pytest.mark.parametrize("heading", ["Do not give", "Contraindications", "Not with", "Who must not have it"])
def test_a_heading_that_forbids_is_known(heading: str) -> None:
    assert lists_what_is_not(heading)


@pytest.mark.parametrize("heading", ["Dose", "Notes", "Who gets it"])
def test_another_heading_forbids_nothing(heading: str) -> None:
    assert not lists_what_is_not(heading)


def test_a_first_dose_that_is_always_full_overrides_the_band() -> None:
    words = "First dose is always the full dose, whatever the kidneys do."
    assert overrides(words, _asked("first dose crcl 20", 20))
    assert not overrides(words, _asked("dose crcl 20", 20))


def test_doses_for_adults_are_none_for_a_child() -> None:
    assert for_adults("The page is written for adults.", _asked("sepsis", age=8))
    assert not for_adults("The page is written for adults.", _asked("sepsis", age=48))


@pytest.mark.parametrize(
    ("names", "cell", "asked", "told"),
    [
        (("Gentamicin", "Bolus"), "none", _asked("bolus"), True),
        (("Gentamicin", "Bolus"), "none", _asked("rate"), False),
        (("Gentamicin", "Pregnancy"), "no", _asked("pregnancy"), True),
        (("Under 2 y",), "Not recommended: no levels", _asked("18 months"), True),
        (("Heparin", "over 10 h", "Gentamicin"), "not needed", _asked("heparin 12 h"), True),
        (("Heparin", "over 10 h", "Gentamicin"), "not needed", _asked("heparin 4 h"), False),
        (("Gentamicin", "Renal adjustment"), "none", _asked("renal impairment"), False),
        (("Neurotoxicity", "3", "Platelets under 45"), "Hold; restart lower", _asked("platelets 30"), False),
        (("CrCl < 15, not on dialysis", "Gentamicin for sepsis"), "avoid", _asked("sepsis"), False),
        (("CrCl < 15, not on dialysis", "Gentamicin for sepsis"), "avoid", _asked("sepsis crcl 10", 10), True),
    ],
)
def test_a_cell_that_refuses_is_about_all_that_its_row_and_column_say(
    names: tuple[str, ...], cell: str, asked: Asked, told: bool
) -> None:
    assert refuses_cell(cell, names, asked) is told


def test_what_is_no_reason_for_a_change_changes_nothing() -> None:
    assert gives_no_reason("Bilirubin alone (without renal impairment) is **not** a reason to reduce.")
    assert not gives_no_reason("A high bilirubin is a reason to reduce.")
    assert not gives_no_reason("Do not give without a reason to hold it.")
