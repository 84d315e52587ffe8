"""Whether a regimen is for what is asked: words beyond its own rule nothing out unless they name another thing."""

import pytest
from made_regimens import TERMS, Terms, amount, regimen

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.fit import Fit
from wardbook.dosing.for_what import fits_indication
from wardbook.dosing.lookup import lookup

STROKE = regimen(amount("5"), indication="Ischemic stroke", page="neuro/stroke", title="Acute stroke", lines=(1, 1))


def fit(words: str, **fields: object) -> Fit:
    return fits_indication(STROKE, DoseQuery("somedrug", words, **fields), TERMS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words", ["stroke", "stroke before scan", "stroke lysed overnight transfer", "neuro consult stroke"]
)
def test_words_that_name_no_other_thing_are_left_aside(words: str) -> None:
    assert fit(words) in (Fit.PARTLY, Fit.SAYS)


@pytest.mark.parametrize("words", ["acute limb ischemia", "stroke pneumonia", "ischemic colitis", "heat stroke brain"])
def test_a_word_for_another_thing_turns_the_row_away(words: str) -> None:
    assert fit(words) is Fit.AGAINST


def test_another_drug_that_the_row_does_not_name_is_not_left_aside() -> None:
    assert fit("stroke otherdrug overnight", other_drugs=(("otherdrug", "otherdrug"),)) is Fit.AGAINST


def test_words_that_many_things_share_are_not_enough() -> None:
    row = regimen(amount("5"), indication="Risk: High", section="Prophylaxis", lines=(1, 1))
    assert fits_indication(row, DoseQuery("somedrug", "high altitude"), TERMS) is Fit.AGAINST


def test_words_left_aside_are_named() -> None:
    found = lookup(DoseQuery("somedrug", "stroke lysed overnight transfer"), [STROKE], TERMS)
    assert found.fits == (STROKE,)
    assert found.not_covered == ("the question also says 'lysed, overnight, transfer': not compared",)


def test_of_rows_that_say_a_part_the_fullest_is_left() -> None:
    sibling = regimen(amount("2"), indication="Matched sibling", lines=(1, 1))
    other = regimen(amount("3"), indication="Matched unrelated", lines=(2, 2))
    found = lookup(DoseQuery("somedrug", "sibling allograft"), [sibling, other], TERMS)
    assert found.fits == (sibling,)
    found = lookup(DoseQuery("somedrug", "sibling unrelated"), [sibling, other], TERMS)
    assert found.kind == "several"


def test_the_title_of_the_page_says_what_its_rows_are_for() -> None:
    row = regimen(amount("5"), section="Rate control", page="cards/page", title="Atrial fibrillation", lines=(1, 1))
    assert fits_indication(row, DoseQuery("somedrug", "atrial fibrillation"), TERMS) is Fit.SAYS


def test_a_page_named_after_what_many_things_are_is_for_none_of_them() -> None:
    terms = Terms(infection="infection", infections="infection")
    row = regimen(amount("5"), section="Infections", page="infections", title="Infections", lines=(1, 1))
    assert fits_indication(row, DoseQuery("somedrug", "prosthetic joint infection"), terms) is Fit.AGAINST
    assert fits_indication(row, DoseQuery("somedrug", "infection"), terms) is Fit.SAYS


def test_on_a_page_that_is_for_what_is_asked_a_row_is_for_what_it_names_beside() -> None:
    terms = Terms(palliative="palliative")
    row = regimen(amount("5"), indication="Restlessness", section="Symptoms", title="Palliative care", lines=(1, 1))
    assert fits_indication(row, DoseQuery("somedrug", "palliative restlessness"), terms) is Fit.SAYS
    assert fits_indication(row, DoseQuery("somedrug", "palliative"), terms) is Fit.AGAINST


def test_a_row_headed_by_one_thing_stands_beside_those_that_are_labelled_by_others() -> None:
    terms = Terms(palliative="palliative")
    whole = {"page": "palliative", "title": "Palliative care"}
    headed = regimen(amount("3"), indication="Hiccups", section="Hiccups", lines=(9, 9), **whole)
    nausea = regimen(amount("6"), indication="Nausea", section="Symptoms", lines=(3, 3), **whole)
    assert lookup(DoseQuery("somedrug", "palliative"), [headed, nausea], terms).kind == "several"
    assert lookup(DoseQuery("somedrug", "palliative nausea"), [headed, nausea], terms).fits == (nausea,)


@pytest.mark.parametrize(("asked", "fits"), [("man", "Men"), ("male", "Men"), ("women", "Women"), ("female", "Women")])
def test_a_dose_for_men_is_none_for_women(asked: str, fits: str) -> None:
    rows = [regimen(amount(dose), indication=who, lines=(1, 1)) for dose, who in (("1", "Men"), ("2", "Women"))]
    found = lookup(DoseQuery("somedrug", asked), rows, TERMS)
    assert [row.indication for row in found.fits] == [fits]


def test_other_words_for_what_a_row_denies_turn_it_away() -> None:
    rows = [
        regimen(amount(dose), indication=case, lines=(1, 1)) for dose, case in (("9", "Major bleed"), ("2", "No bleed"))
    ]
    assert lookup(DoseQuery("somedrug", "not bleeding"), rows[:1], TERMS).fits == ()
    assert lookup(DoseQuery("somedrug", "bleeding"), rows[1:], TERMS).fits == ()


def test_who_is_not_pregnant_is_a_woman_all_the_same() -> None:
    women = regimen(amount("1"), indication="Women, not pregnant", lines=(1, 1))
    men = regimen(amount("2"), indication="Men", lines=(2, 2))
    assert lookup(DoseQuery("somedrug", "not pregnant woman"), [women, men], TERMS).fits == (women,)


def test_a_row_need_not_deny_what_the_question_denies() -> None:
    assert fit("not pneumonia") is Fit.SAYS
    assert fit("stroke, not pneumonia") is Fit.SAYS
    assert fit("pneumonia, not stroke") is Fit.AGAINST


@pytest.mark.parametrize("words", ["stroke lupus patient", "myeloma, stroke overnight"])
def test_the_patients_own_disease_is_no_rival_of_what_the_row_is_for(words: str) -> None:
    assert fit(words) is not Fit.AGAINST


def test_the_patients_own_disease_alone_is_what_is_asked() -> None:
    assert fit("lupus patient") is Fit.AGAINST
    row = regimen(amount("5"), indication="Pneumonia in lymphoma", lines=(1, 1))
    assert fits_indication(row, DoseQuery("somedrug", "pneumonia myeloma"), TERMS) is Fit.AGAINST


@pytest.mark.parametrize("words", ["stroke, going for a transplant", "stroke after otherwork"])
def test_what_the_patient_waits_for_or_has_had_is_not_what_the_drug_is_for(words: str) -> None:
    assert fit(words, part=words) is Fit.SAYS


def test_what_the_patient_waits_for_is_asked_where_nothing_else_is() -> None:
    assert fit("going for a transplant", part="going for a transplant") is Fit.AGAINST


def test_a_word_of_the_title_in_another_form_chooses_no_row() -> None:
    rows = [
        regimen(amount("9"), population="Steady state", page="p/m", title="Stem cell mobilisation", lines=(1, 1)),
        regimen(amount("7"), population="Poor mobiliser", page="p/m", title="Stem cell mobilisation", lines=(2, 2)),
    ]
    assert lookup(DoseQuery("somedrug", "mobilise"), rows, TERMS).kind == "several"


@pytest.mark.parametrize("words", ["stroke ANC <500", "stroke while anc 0.3"])
def test_a_value_of_the_patient_is_no_indication_though_a_page_has_its_name(words: str) -> None:
    terms = Terms(anc="neutrophils", stroke="stroke")
    assert fits_indication(STROKE, DoseQuery("somedrug", words), terms) is Fit.SAYS
    assert fits_indication(STROKE, DoseQuery("somedrug", "anc"), terms) is Fit.AGAINST


def test_a_fever_goes_with_what_has_one_and_stands_for_nothing_alone() -> None:
    row = regimen(amount("5"), indication="Neutropenic sepsis", lines=(1, 1))
    assert fits_indication(row, DoseQuery("somedrug", "neutropenic fever"), TERMS) is not Fit.AGAINST
    assert fits_indication(row, DoseQuery("somedrug", "fever"), TERMS) is Fit.AGAINST


@pytest.mark.parametrize(
    "words", ["stroke, goes for a transplant", "stroke, had a transplant", "stroke transplant patient"]
)
def test_what_the_patient_goes_for_or_had_is_not_what_the_drug_is_for(words: str) -> None:
    assert fit(words, part=words) is not Fit.AGAINST


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("RA with zeta syndrome", Fit.AGAINST),
        ("has RA, now zeta", Fit.AGAINST),
        ("RA", Fit.SAYS),
        ("RA after a transplant", Fit.SAYS),
    ],
)
def test_the_dose_for_what_the_patient_has_anyway_is_none_for_an_event(words: str, expected: Fit) -> None:
    terms = Terms(ra="rheumatoid arthritis", zeta="zeta release syndrome", transplant="transplant")
    label = regimen(amount("5"), indication="RA (label)", lines=(1, 1))
    query = DoseQuery("somedrug", words, as_written=words, part=words)
    assert fits_indication(label, query, terms) is expected
    beside = regimen(amount("5"), indication="RA", section="Zeta", lines=(1, 1))
    assert fits_indication(beside, query, terms) is not Fit.AGAINST
