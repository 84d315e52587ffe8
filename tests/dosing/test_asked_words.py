"""Words of a question against the words of a row: held, denied, or ruled out."""

import pytest
from made_regimens import amount, regimen

from wardbook.dosing.against import denies, rivals
from wardbook.dosing.asked_words import DoseQuery, content, denied, holds_word


def asks(words: str) -> DoseQuery:
    return DoseQuery("somedrug", words)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("enceph", "HSV encephalitis"),
        ("cdiff", "id/C.diff"),
        ("iech", "page on IEC-HS"),
        ("fungal", "Antifungal treatment"),
        ("mud", "matched unrelated donor"),
        ("anaphylaxis", "Anaphylactic: hypotension"),
        ("septic", "sepsis"),
        ("neutropenia", "neutropenic fever"),
        ("allergic", "penicillin allergy"),
        ("donor", "donors"),
        ("attack", "Asthma exacerbation"),
        ("fitting", "status epilepticus"),
        ("tatma", "Transplant-associated TMA"),
        ("emptively", "CMV pre-emptive"),
        ("pjp", "Pneumocystis"),
        ("allo", "Allograft"),
    ],
)
def test_a_word_is_held_by_its_other_forms(word: str, text: str) -> None:
    assert holds_word(word, text, asks(word))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("pneumonia", "pneumonitis"),
        ("fit", "Convulsive seizures"),
        ("psychotic", "Antipsychotic overdose"),
        ("hypercalcemia", "hyperkalemia"),
        ("gout", "gouty"),
        ("vod", "very old"),
        ("gvhd", "gvl"),
        ("cap", "capsule"),
        ("tatma", "Thrombotic TMA"),
        ("tma", "TA"),
        ("allo", "allopurinol"),
    ],
)
def test_a_word_is_not_held_by_one_that_only_looks_like_it(word: str, text: str) -> None:
    assert not holds_word(word, text, asks(word))


def test_a_drug_is_held_by_its_other_names_and_not_by_a_part_of_them() -> None:
    query = DoseQuery("somedrug", "zelotus", meanings=(("zelotus", ("zelo cel", "zelocabtagene autoleucel")),))
    assert holds_word("zelotus", "before zelo-cel", query)
    assert not holds_word("zelotus", "before axi-cel", query)
    assert not holds_word("zelotus", "before otherene autoleucel", query)


def test_a_word_is_held_by_what_its_shorthand_stands_for() -> None:
    query = DoseQuery("somedrug", "icu intensive care", as_written="icu", meanings=(("icu", ("intensive", "care")),))
    assert holds_word("icu", "intensive care unit", query)
    assert content(query) == {"icu"}


@pytest.mark.parametrize(
    ("asked", "given", "denied"),
    [
        ("GCA with vision loss", "GCA without vision loss", True),
        ("GCA without vision loss", "GCA with vision loss", True),
        ("GCA with vision loss", "GCA with vision loss", False),
        ("GCA without vision loss", "GCA without vision loss", False),
        ("iron deficient anaemia", "Anaemia, not iron deficient", True),
        ("anaemia", "Anaemia, not iron deficient", False),
        ("GCA with or without vision loss", "GCA with vision loss", False),
        ("GCA with vs without vision loss", "GCA without vision loss", False),
        ("ICANS worsening on steroids", "ICANS that does not respond to steroids or worsens", False),
    ],
)
def test_with_and_without_deny_each_other(asked: str, given: str, denied: bool) -> None:
    assert denies(regimen(amount("1"), indication=given), asks(asked)) == denied


@pytest.mark.parametrize(
    ("asked", "own", "ruled_out"),
    [
        ("inpatient CAP", "Outpatient", True),
        ("ICU", "Outpatient", True),
        ("ICU", "Inpatient, non-severe", False),
        ("outpatient", "Outpatient", False),
        ("maintenance", "Induction", True),
        ("induction then maintenance", "Induction", False),
        ("uncomplicated malaria", "Malaria, severe", True),
        ("type 2 diabetes", "Type 1 diabetes, new", True),
        ("diabetes", "Type 1 diabetes, new", False),
        ("late latent syphilis", "Syphilis, early", True),
        ("chronic gvhd", "Acute GVHD", True),
        ("submassive PE", "PE, massive", True),
    ],
)
def test_words_that_cannot_be_true_together_rule_out(asked: str, own: str, ruled_out: bool) -> None:
    for field in ("indication", "severity"):
        assert rivals(regimen(amount("1"), **{field: own}), asks(asked)) == ruled_out
    assert rivals(regimen(amount("1"), notes=(own,)), asks(asked)) == ruled_out


@pytest.mark.parametrize(
    "words",
    [
        "CrCl 25",
        "eGFR 40",
        "4 year old",
        "8y",
        "normal kidneys",
        "child-pugh B",
        "severe",
        "non-severe",
        "pls",
        "prophylaxis",
    ],
)
def test_what_other_comparisons_read_is_no_indication(words: str) -> None:
    assert not content(asks(words))


def test_a_salt_left_out_of_a_drugs_short_name_is_held_with_it() -> None:
    asked = DoseQuery("somedrug", "sodium bicarbonate", meanings=(("sodium bicarbonate", ("sodium bicarbonate",)),))
    assert holds_word("sodium", "if bicarbonate is not tolerated", asked)
    assert not holds_word("bicarbonate", "if sodium is low", asked)
    assert not holds_word("sodium", "if valproate is not tolerated", asked)


def test_what_is_before_an_event_is_not_after_it() -> None:
    after = regimen(amount("4"), notes=("after scope with a lesion",))
    assert denies(after, asks("before scope"))
    assert not denies(after, asks("after scope"))
    assert not denies(regimen(amount("4"), notes=("until scope",)), asks("before scope"))


def test_what_was_acquired_elsewhere_is_another_thing() -> None:
    assert rivals(regimen(amount("4"), title="Community-acquired pneumonia"), asks("hospital acquired pneumonia"))


def test_a_measure_with_its_figure_tells_no_indication() -> None:
    assert content(asks("warfarin bleed INR 7")) == {"warfarin", "bleed"}


def test_all_words_of_a_phrase_are_held_together() -> None:
    query = DoseQuery("somedrug", "ugib", phrases=(("ugib", ("bleeding", "upper")),))
    assert holds_word("ugib", "Bleed: upper", query)
    assert not holds_word("ugib", "upper UTI", query)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("CRS not improved after x", ""),
        ("no response to x", ""),
        ("no x", "no x"),
        ("no 3rd degree block", "no 3rd degree block"),
        ("CRS, not ICANS", "not icans"),
    ],
)
def test_what_has_not_improved_is_there_all_the_same(text: str, left: str) -> None:
    assert denied(text) == left


def test_a_persons_name_before_a_disease_is_none_of_the_words_spelt_alike() -> None:
    assert "still" in content(asks("somedrug for still's disease"))
    assert content(asks("somedrug for the patient's disease")) <= {"disease", "somedrug"}
