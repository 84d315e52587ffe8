"""Looking up: one answer, all that fit with the question that settles it, or none; never another one's figure."""

import random
from decimal import Decimal
from typing import Any

import pytest
from made_regimens import TERMS, Terms, amount, at_least, below, hours, limit, regimen

from wardbook.dosing.lookup import DoseQuery, Found, lookup
from wardbook.dosing.regimen import Condition, Regimen

CRS = regimen(
    amount("8"), indication="refractory CRS", setting="treatment", severity="grade 3-4", route=("IV",), lines=(1, 1)
)
CRS_MILD = regimen(
    amount("4"), indication="CRS", setting="treatment", severity="grade 1-2", route=("IV",), lines=(2, 2)
)
PREVENT = regimen(amount("2"), indication="CRS prophylaxis", setting="prophylaxis", route=("SC",), lines=(3, 3))
HLH = regimen(amount("16"), indication="HLH", setting="treatment", route=("IV",), duration="14 days", lines=(4, 4))
ROWS = [CRS, CRS_MILD, PREVENT, HLH]


def look(rows: list[Regimen], for_text: str = "", **asked: Any) -> Found:
    return lookup(DoseQuery(asked.pop("drug", "somedrug"), for_text, **asked), rows, TERMS)


@pytest.mark.parametrize(
    ("for_text", "asked", "expected"),
    [
        ("HLH", {}, HLH),
        ("cytokine release syndrome", {"grade": "3"}, CRS),
        ("crs", {"grade": "grade 4"}, CRS),
        ("grade 2 crs", {}, CRS_MILD),
        ("crs", {"setting": "prophylaxis"}, PREVENT),
        ("to prevent crs", {}, PREVENT),
        ("refractory crs", {"setting": "treatment"}, CRS),
        ("crs", {"route": "SC"}, PREVENT),
        ("", {"wants": "duration"}, HLH),
    ],
)
def test_the_one_that_fits_is_the_answer(for_text: str, asked: dict[str, Any], expected: Regimen) -> None:
    found = look(ROWS, for_text, **asked)
    assert (found.kind, found.fits) == ("one", (expected,))


def test_a_row_that_does_not_say_prevents_nothing_where_its_table_has_rows_that_do() -> None:
    adult = regimen(amount("2"), indication="HLH", setting="prophylaxis", population="Adult", lines=(1, 1))
    child = regimen(amount("9"), indication="HLH", population="Child", lines=(2, 2))
    assert look([adult, child], "HLH", population="child", setting="prophylaxis").kind == "none"
    assert look([adult, child], "HLH", population="child").fits == (child,)
    gout = regimen(amount("9"), indication="gout", lines=(2, 2))
    assert look([adult, gout], "gout", setting="prophylaxis").kind == "none"
    assert look([gout], "gout", setting="prophylaxis").kind == "none"
    assert look([regimen(amount("9"))], setting="prophylaxis").kind == "one"


def test_several_stand_side_by_side_with_the_question_that_settles_it() -> None:
    found = look(ROWS, "crs", setting="treatment")
    assert found.kind == "several"
    assert found.fits == (CRS, CRS_MILD)
    assert found.prompt == "Which grade or severity?"
    assert found.options == ("grade 3-4", "grade 1-2")
    for option, expected in zip(found.options, found.fits, strict=True):
        assert look(ROWS, f"crs {option}", setting="treatment").fits == (expected,)


def test_without_any_indication_all_are_shown() -> None:
    found = look(ROWS)
    assert found.kind == "several"
    assert set(found.fits) == set(ROWS)
    assert found.conflicts == ()


@pytest.mark.parametrize("text", ["gout", "sepsis", "rheumatoid arthritis", "ICANS"])
def test_another_indication_is_never_answered(text: str) -> None:
    found = look(ROWS, text)
    assert (found.kind, found.fits) == ("none", ())
    assert set(found.existing) == set(ROWS)
    assert text in found.not_covered[0]


def test_another_drug_is_never_answered() -> None:
    assert look(ROWS, "HLH", drug="otherdrug") == Found(
        "none", (), not_covered=("no regimen of otherdrug could be read from the pages",)
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"population": "child"}, "children"),
        ({"age_y": Decimal(5)}, "children"),
        ({"population": "pregnancy"}, "pregnancy"),
        ({"population": "renal impairment"}, "renal impairment"),
        ({"for_text": "HLH in liver failure"}, "hepatic impairment"),
        ({"for_text": "HLH", "route": "PO"}, "route PO"),
        ({"for_text": "crs", "grade": "5"}, "grade 5"),
        ({"for_text": "HLH", "setting": "prophylaxis"}, "prophylaxis"),
    ],
)
def test_what_no_row_covers_is_said_in_words(asked: dict[str, Any], words: str) -> None:
    found = look(ROWS, **asked)
    assert found.kind == "none"
    assert words in found.not_covered[0]
    assert found.existing


def test_a_row_for_adults_is_no_answer_for_a_child_and_one_for_both_is() -> None:
    adult = regimen(amount("8"), indication="CRS", population="Adult", lines=(1, 1))
    both = regimen(amount("9"), indication="CRS", population="Adults and children >= 2 years", lines=(2, 2))
    assert look([adult], "crs", population="child").kind == "none"
    assert look([adult, both], "crs", population="child").fits == (both,)
    assert look([adult, both], "crs", age_y=Decimal(2)).fits == (both,)
    assert look([adult, both], "crs", age_y=Decimal(1)).kind == "none"


def test_only_the_band_that_holds_answers_and_without_the_weight_it_is_asked() -> None:
    heavy = regimen(amount("8"), per="kg", indication="CRS", condition=at_least("30"), lines=(1, 1))
    light = regimen(amount("12"), per="kg", indication="CRS", condition=below("30"), lines=(2, 2))
    for weight, expected in (("29.9", light), ("30", heavy), ("30.1", heavy)):
        assert look([heavy, light], "crs", weight_kg=Decimal(weight)).fits == (expected,)
    open_question = look([heavy, light], "crs")
    assert open_question.kind == "several"
    assert open_question.prompt == "What is the patient's weight?"
    assert open_question.options == ("weight at least 30 kg", "weight less than 30 kg")
    assert look([heavy, light], "crs", weight_kg=Decimal(18), population="child").fits == (light,)


def test_a_weight_outside_all_bands_is_answered_by_none() -> None:
    row = regimen(amount("8"), per="kg", indication="CRS", condition=at_least("30"))
    found = look([row], "crs", weight_kg=Decimal(20))
    assert found.kind == "none"
    assert "band" in found.not_covered[0]


def test_severe_is_a_grade_only_where_the_page_makes_it_one() -> None:
    found = look([CRS], "severe crs", grade="severe")
    assert (found.kind, found.fits) == ("one", (CRS,))  # what severe is by the usual grades, and that is said
    assert found.not_covered[0] == "the page gives it for grade 3-4, and does not say what it calls severe"
    assert look([CRS], "mild crs").kind == "none"
    assert look([CRS_MILD], "severe crs").kind == "none"
    assert look([CRS, CRS_MILD], "severe crs").prompt == "Which grade or severity?"
    severe = regimen(amount("8"), indication="CRS", severity="severe")
    assert look([severe], "severe crs").fits == (severe,)
    assert look([severe], "crs", grade="1").kind == "none"


def test_a_grade_that_the_page_does_not_tell_apart_is_said() -> None:
    found = look([HLH], "HLH", grade="3")
    assert found.kind == "one"
    assert "severity" in found.not_covered[0]


def test_when_a_dose_may_be_repeated_is_said_once_for_all_that_agree_and_each_is_shown() -> None:
    light = regimen(amount("12"), indication="CRS", interval_h=hours(8), condition=below("30"), lines=(1, 1))
    heavy = regimen(amount("8"), indication="CRS", interval_h=hours(8), condition=at_least("30"), lines=(2, 2))
    single = regimen(amount("4"), indication="CRS", schedule="once", lines=(3, 3))
    found = look([light, heavy, single], "crs", wants="interval", part="how long before repeating somedrug")
    assert (found.kind, set(found.fits), found.remarks) == ("one", {light, heavy}, (single,))
    assert look([light, heavy, single], "crs", wants="interval", part="how often somedrug").kind == "several"


def test_a_row_that_names_the_patients_itself_goes_before_one_that_its_heading_only_does() -> None:
    section = "Usual dose and renal impairment"
    usual = regimen(amount("4"), indication="HLH", section=section, population="Adult", lines=(1, 1))
    reduced = regimen(
        amount("2"), indication="severe renal impairment", section=section, population="Adult", lines=(2, 2)
    )
    assert look([usual, reduced], "", population="renal impairment").fits == (reduced,)


def test_a_dose_by_weight_for_all_patients_is_for_children_too() -> None:
    row = regimen(amount("4"), per="kg", indication="HLH", section="Doses > Baseline (all patients)", lines=(1, 1))
    assert look([row], "HLH", population="child").fits == (row,)
    fixed = regimen(amount("500"), indication="HLH", section="Doses > Standard (all patients)", lines=(1, 1))
    assert look([fixed], "HLH", population="child").kind == "none"


def test_without_and_with_are_told_apart() -> None:
    without = regimen(amount("1"), indication="ICANS without CRS", lines=(1, 1))
    both = regimen(amount("2"), indication="ICANS with CRS", lines=(2, 2))
    assert look([without, both], "icans without crs").fits == (without,)
    assert look([without, both], "icans with crs").fits == (both,)
    assert look([without, both], "crs").fits == (both,)


def test_rows_that_say_the_same_are_one_answer_and_support_it() -> None:
    full = regimen(
        amount("8"), indication="CRS", route=("IV",), interval_h=hours(8), max_single=limit("800"), lines=(1, 1)
    )
    bare = regimen(amount("8"), indication="CRS", page="other/page", lines=(7, 7))
    grams = regimen(amount("0.008", unit="g"), indication="CRS", page="third/page", lines=(9, 9))
    found = look([bare, full, grams], "crs")
    assert (found.kind, found.fits) == ("one", (full,))
    assert set(found.supporting) == {bare, grams}


@pytest.mark.parametrize(
    "other",
    [
        {"dose": amount("9")},
        {"dose": amount("8", "9")},
        {"dose": amount("8", unit="ug")},
        {"per": "kg"},
        {"per_time": "d"},
        {"interval_h": hours(12)},
        {"max_single": limit("900")},
    ],
)
def test_pages_that_differ_on_the_same_thing_are_a_conflict(other: dict[str, Any]) -> None:
    same: dict[str, Any] = {"indication": "CRS", "interval_h": hours(8), "max_single": limit("800")}
    left = regimen(amount("8"), **same)
    right = regimen(other.pop("dose", amount("8")), **{**same, **other}, page="other/page")
    found = look([left, right], "crs")
    assert found.kind == "several"
    assert found.conflicts == ((left, right),)


def test_rows_for_different_things_are_no_conflict() -> None:
    assert look(ROWS).conflicts == ()
    steps = [regimen(amount("8"), indication="CRS", step=1), regimen(amount("4"), indication="CRS", step=2)]
    assert look(steps, "crs").conflicts == ()


def test_doses_that_follow_one_another_are_one_answer() -> None:
    steps = [regimen(amount("8"), indication="CRS", step=1), regimen(amount("4"), indication="CRS", step=2)]
    assert look(steps, "crs").fits == tuple(steps)
    rows = [
        regimen(amount(dose), indication="CRS", severity=f"grade 4, {place} step", lines=(at, at))
        for at, (dose, place) in enumerate([("1000", "first"), ("500", "second"), ("250", "third")], 1)
    ]
    found = look(rows, "crs", grade="4")
    assert (found.kind, found.fits) == ("one", tuple(rows))


def test_a_study_never_answers_where_a_dosing_row_exists() -> None:
    arm = regimen(amount("99"), indication="CRS", evidence=True, lines=(9, 9))
    assert look([arm, HLH], "HLH").fits == (HLH,)
    assert look([arm, HLH], "crs").kind == "none"
    assert look([arm, CRS], "crs").fits == (CRS,)


def test_a_sentence_not_understood_does_not_stand_beside_a_row() -> None:
    remark = regimen(amount("5"), indication="HLH", from_text=True, unparsed=("5 or so",), lines=(9, 9))
    assert look([HLH, remark], "HLH").fits == (HLH,)
    assert look([remark], "HLH").fits == (remark,)


def test_the_wanted_part_decides_what_is_distinct() -> None:
    one = regimen(amount("8"), indication="CRS", max_single=limit("800"), lines=(1, 1))
    other = regimen(amount("12"), indication="HLH", max_single=limit("0.8", "g"), lines=(2, 2))
    assert look([one, other], wants="max").kind == "one"
    assert look([one, other]).kind == "several"
    rates = [
        regimen(amount("1"), per_time="h", max_rate=limit(most), lines=(at, at)) for at, most in ((1, "9"), (2, "5"))
    ]
    assert look(rates, wants="max").kind == "several"
    found = look([one], "crs", wants="duration")
    assert found.kind == "one"
    assert found.not_covered == ("its row states no duration for it",)


INDICATIONS = ("CRS", "ICANS", "HLH", "sepsis")


def violations(tables: int, seed: int) -> list[tuple[DoseQuery, Regimen]]:
    """Make tables with a figure of its own for each drug, indication and grade, ask for one, and list wrong figures."""
    rng, wrong = random.Random(seed), []
    for _ in range(tables):
        wanted = (rng.choice(("adrug", "bdrug")), rng.choice(INDICATIONS), rng.randint(1, 4))
        cells = [
            (drug, indication, grade)
            for drug in ("adrug", "bdrug")
            for indication in INDICATIONS
            for grade in range(1, 5)
            if rng.random() < 0.4
        ]
        rng.shuffle(cells)
        rows = [
            regimen(
                amount(str(100 * ("adrug", "bdrug").index(drug) + 10 * INDICATIONS.index(indication) + grade)),
                drug=drug,
                indication=indication,
                severity=rng.choice(("grade {}", "Grade {}", "G{}")).format(grade),
                lines=(at, at),
            )
            for at, (drug, indication, grade) in enumerate(cells, 1)
        ]
        query = DoseQuery(wanted[0], f"{wanted[1]} grade {wanted[2]}")
        found = lookup(query, rows, TERMS)
        right = {at for at, cell in enumerate(cells, 1) if cell == wanted}
        if {row.lines[0] for row in found.fits} != right or (found.kind == "one") != bool(right):
            wrong.append((query, rows[0]))
    return wrong


def test_a_lookup_never_gives_anothers_figure() -> None:
    assert violations(300, 1) == []


@pytest.mark.long
def test_a_lookup_never_gives_anothers_figure_in_many_tables() -> None:
    assert violations(20_000, 2) == []


def test_the_order_of_the_rows_changes_nothing_but_the_order() -> None:
    rng = random.Random(3)
    for query in ("crs", "HLH", "crs grade 3", "", "gout"):
        first = look(ROWS, query)
        for _ in range(5):
            rows = rng.sample(ROWS, len(ROWS))
            found = look(rows, query)
            assert (found.kind, set(found.fits)) == (first.kind, set(first.fits))


def test_any_matcher_of_terms_will_do() -> None:
    assert lookup(DoseQuery("somedrug", "hlh"), [HLH, CRS], Terms()).fits == (HLH,)


def test_a_bare_figure_in_a_severity_column_is_a_grade() -> None:
    rows = [
        regimen(amount(str(10 * grade)), indication="CRS", severity=str(grade), lines=(grade, grade))
        for grade in (2, 3, 4)
    ]
    for grade in (2, 3, 4):
        assert look(rows, f"crs grade {grade}").fits == (rows[grade - 2],)
    assert look(rows, "crs grade 1").kind == "none"
    assert look(rows[2:], "crs", grade="2").kind == "none"
    assert look(rows, "crs").options == ("grade 2", "grade 3", "grade 4")
    assert look(rows, "crs").conflicts == ()


def test_a_severity_that_cannot_be_compared_answers_no_grade() -> None:
    row = regimen(amount("8"), indication="CRS", severity="high risk")
    assert look([row], "crs").kind == "one"
    assert look([row], "crs grade 3").kind == "none"


def test_a_row_for_the_indication_does_not_hide_the_bands_of_the_drugs_own_page() -> None:
    short = regimen(amount("8"), per="kg", indication="CRS", severity="grade 3", page="conditions/crs", lines=(7, 7))
    heavy = regimen(amount("8"), per="kg", condition=at_least("30"), lines=(1, 1))
    light = regimen(amount("12"), per="kg", condition=below("30"), lines=(2, 2))
    rows = [short, heavy, light]
    for question in ("crs", "crs grade 3", "grade 3 crs child"):
        assert look(rows, question, weight_kg=Decimal(20)).fits == (light,)
        assert look(rows, question, weight_kg=Decimal(30)).fits == (heavy,)
        assert look(rows, question).prompt == "What is the patient's weight?"


def test_an_option_that_would_settle_nothing_is_not_offered() -> None:
    narrow = regimen(amount("8"), indication="CRS", route=("IV",), lines=(1, 1))
    wide = regimen(amount("9"), indication="CRS or HLH", route=("PO",), lines=(2, 2))
    assert look([narrow, wide], "crs").prompt == "By which route?"


def test_a_weight_that_only_a_child_has_is_no_question_for_an_adults_row() -> None:
    row = regimen(amount("750"), indication="CRS", population="Adult")
    assert look([row], "crs", weight_kg=Decimal(5)).kind == "none"
    assert look([row], "crs", weight_kg=Decimal(60)).fits == (row,)


def test_what_only_a_study_gave_is_said_to_be_that() -> None:
    arm = regimen(amount("99"), indication="CRS", evidence=True)
    found = look([arm], "crs")
    assert (found.kind, found.not_covered) == ("one", ("the pages only describe what a study gave",))


def test_a_part_that_only_some_of_the_regimens_state_is_said_to_be_theirs() -> None:
    mild = regimen(amount("4"), indication="CRS", severity="grade 1", lines=(1, 1))
    bad = regimen(amount("8"), indication="CRS", severity="grade 3", max_daily=limit("40"), lines=(2, 2))
    found = look([mild, bad], "crs", wants="max")
    assert (found.kind, found.fits) == ("one", (bad,))
    assert found.not_covered == ("other regimens of somedrug that fit state no maximum",)
    assert look([bad], "crs", wants="max").not_covered == ()


def test_renal_impairment_in_the_indication_covers_it() -> None:
    row = regimen(amount("100"), indication="Severe renal impairment", population="Adult", lines=(1, 1))
    other = regimen(amount("200"), indication="CRS", population="Adult", lines=(2, 2))
    assert look([row, other], "renal impairment").fits == (row,)
    assert look([row, other], population="renal impairment").fits == (row,)
    assert look([other], "crs with renal failure").kind == "none"


def renal(dose: str, low: str | None, high: str | None, **fields: Any) -> Regimen:
    ends = [Decimal(end) if end else None for end in (low, high)]
    return regimen(
        amount(dose), condition=Condition("creatinine clearance", ends[0], True, ends[1], False, "mL/min"), **fields
    )


def test_the_kidney_function_asked_chooses_the_band_that_holds() -> None:
    rows = [regimen(amount("20"), lines=(1, 1)), renal("15", "15", "50", lines=(2, 2))]
    assert look(rows, "creatinine clearance 40").fits == (rows[1],)
    assert look(rows, "crcl 15").fits == (rows[1],)
    assert look(rows, "eGFR 60").fits == (rows[0],)
    none = look(rows, "AKI, CrCl 10")
    assert none.kind == "none"
    assert "holds CrCl 10" in none.not_covered[0]
    assert look(rows[:1], "crcl 20").kind == "none"


def test_whom_the_page_excludes_gets_the_pages_words_and_no_dose() -> None:
    row = regimen(amount("7"), per="kg", excluded=("not in CrCl <40, ascites or pregnancy",))
    for asked in ("CrCl 30", "pregnant", "ascites"):
        found = look([row], asked)
        assert (found.kind, found.fits) == ("none", ())
        assert found.not_covered == ("not covered: the page says 'not in CrCl <40, ascites or pregnancy'",)
    assert look([row], "CrCl 80").fits == (row,)


@pytest.mark.parametrize("words", ["20 mg, limit 40 mg/day", "20 mg; do not exceed two tablets", "20 mg (cap 40)"])
def test_a_maximum_in_the_rows_words_is_never_said_to_be_missing(words: str) -> None:
    assert look([regimen(amount("20"), verbatim=words)], wants="max").not_covered == ()
    assert look([regimen(amount("20"))], wants="max").not_covered == ("its row states no maximum for it",)


def test_a_route_that_the_words_do_not_hold_is_not_covered() -> None:
    assert look([regimen(amount("5"), verbatim="PO: 5 mg q4h")], route="IV").kind == "none"


def test_an_age_below_the_populations_is_not_covered() -> None:
    row = regimen(amount("12"), per="kg", population="Child aged at least 2 years", condition=below("30"))
    assert look([row], age_y=Decimal("1.5"), weight_kg=Decimal(10)).kind == "none"
    assert look([row], age_y=Decimal(3), weight_kg=Decimal(10)).fits == (row,)


def test_a_word_for_a_phase_is_no_indication_and_what_the_page_lacks_is_said() -> None:
    plain = regimen(amount("20"), lines=(1, 1))
    found = look([plain], "load")
    assert found.fits == (plain,)
    assert found.not_covered == ("no load dose of its own could be read: this is the dose that its row gives",)
    load = regimen(amount("60"), schedule="loading", lines=(2, 2))
    assert look([plain, load], "load").fits == (load,)
    noted = regimen(amount("300"), notes=("a loading dose may be needed",))
    assert "without a figure" in look([noted], "loading").not_covered[0]


def test_a_numbered_part_chooses_its_row_and_no_other() -> None:
    first = regimen(amount("1"), indication="Step-up", schedule="Day 1", lines=(1, 1))
    fourth = regimen(amount("4"), indication="Step-up", schedule="Day 4", lines=(2, 2))
    later = regimen(amount("9"), indication="Maintenance", lines=(3, 3))
    rows = [first, fourth, later]
    assert look(rows, part="somedrug day 4 dose?").fits == (fourth,)
    assert look(rows, part="somedrug day 10").kind == "none"
    assert look([first], part="day 4").kind == "none"
    assert set(look(rows, part="somedrug for 4 days").fits) == set(rows)


def test_a_heading_below_what_is_asked_is_for_it_too() -> None:
    row = regimen(amount("3"), indication="Thrombolysis", section="CRS > Thrombolysis", lines=(1, 1))
    assert look([row], "crs").fits == (row,)
    other = regimen(amount("3"), indication="Seizures", section="CRS > Thrombolysis", lines=(1, 1))
    assert look([other], "crs").kind == "none"


def test_days_alone_are_of_the_cycle_that_their_sentence_names_or_of_the_first() -> None:
    words = "0.8 mg on day 8 and 48 mg on day 22 of cycle 1"
    row = regimen(amount("0.8"), indication="Lymphoma", schedule="on day 8", verbatim=words, from_text=True)
    assert look([row], "lymphoma cycle 1 day 8", part="lymphoma cycle 1 day 8").fits == (row,)
    assert look([row], "lymphoma cycle 2 day 8", part="lymphoma cycle 2 day 8").kind == "none"
    bare = regimen(amount("0.8"), schedule="on day 8")
    assert look([bare], part="cycle 2 day 8").kind == "none"
    each = regimen(amount("0.8"), schedule="on day 8 of each cycle")
    assert look([each], part="cycle 2 day 8").fits == (each,)


def test_what_is_denied_on_both_sides_is_for_it() -> None:
    without = regimen(amount("240"), indication="Oral dose without cyclosporine", lines=(1, 1))
    beside = regimen(amount("120"), indication="Oral dose with cyclosporine", lines=(2, 2))
    assert look([without, beside], "no cyclosporine").fits == (without,)
    assert look([without, beside], "with cyclosporine").fits == (beside,)


def test_what_is_given_so_long_after_the_load_is_none() -> None:
    load = regimen(amount("60"), indication="Seizures", lines=(1, 1))
    then = regimen(amount("20"), indication="Seizures", section="Maintenance", notes=("12 h after load",), lines=(2, 2))
    assert look([load, then], "load in status").fits == (load,)
    assert look([load, then], "maintenance in status").fits == (then,)


def test_an_infusion_asked_for_is_what_runs_by_the_hour() -> None:
    push = regimen(amount("2"), notes=("Load",), lines=(1, 1))
    drip = regimen(amount("5"), per_time="h", lines=(2, 2))
    assert look([push, drip], "infusion rate", part="somedrug infusion rate").fits == (drip,)
    assert look([push], "infusion", part="somedrug infusion").fits == (push,)
    assert look([push, drip]).kind == "several"


def test_a_maximum_rate_is_a_maximum() -> None:
    row = regimen(amount("1"), per_time="h", max_rate=limit("2", "mg"))
    assert look([row], wants="max").not_covered == ()


def test_a_telling_word_of_the_long_form_is_for_it() -> None:
    terms = Terms(icans="cell associated neurotoxicity syndrome", crs="cytokine release syndrome")
    rows = [
        regimen(amount("10"), indication="ICANS", lines=(1, 1)),
        regimen(amount("8"), indication="CRS", lines=(2, 2)),
    ]
    assert lookup(DoseQuery("somedrug", "neurotoxicity"), rows, terms).fits == (rows[0],)
    assert lookup(DoseQuery("somedrug", "serotonin syndrome"), rows, terms).kind == "none"
    assert lookup(DoseQuery("somedrug", "vinca neurotoxicity"), rows, terms).kind == "none"


CHILD_BAND = regimen(amount("0.8"), per="kg", population="Children", condition=at_least("34"), lines=(1, 1))
ADULT_PLAN = regimen(amount("3.2"), per="kg", indication="Plan A", lines=(2, 2))


def test_a_childs_band_does_not_turn_away_the_rows_of_adults_where_no_age_is_asked() -> None:
    assert look([CHILD_BAND, ADULT_PLAN], weight_kg=Decimal(80)).fits == (CHILD_BAND, ADULT_PLAN)
    assert look([CHILD_BAND, ADULT_PLAN], population="child", weight_kg=Decimal(80)).fits == (CHILD_BAND,)


def test_a_band_for_adults_as_well_turns_away_what_leaves_the_weight_open() -> None:
    for_both = regimen(amount("8"), per="kg", population="Adult or child", condition=at_least("30"), lines=(1, 1))
    assert look([for_both, ADULT_PLAN], weight_kg=Decimal(80)).fits == (for_both,)


def test_a_row_for_bad_kidneys_does_not_push_back_a_sentence_for_everybody() -> None:
    general = regimen(amount("0.24"), from_text=True, unparsed=("if CD34 below 20/uL",), lines=(1, 1))
    renal = regimen(amount("0.16"), condition=below("50", "creatinine clearance", "mL/min"), lines=(2, 2))
    assert set(look([general, renal]).fits) == {general, renal}
    assert look([general, renal], crcl=Decimal(30)).fits == (renal,)


def test_a_sentence_with_a_band_that_no_row_has_stands_beside_the_rows() -> None:
    young = regimen(amount("200"), condition=below("70", "age", "a"), from_text=True, unparsed=("CrCl",), lines=(1, 1))
    other = regimen(amount("100"), indication="cardiac", lines=(2, 2))
    assert look([young, other]).kind == "several"
    same_band = regimen(amount("100"), condition=young.condition, lines=(2, 2))
    assert look([young, same_band]).fits == (same_band,)


def test_days_behind_a_header_part_two_plans() -> None:
    four = regimen(amount("3.2"), schedule="Days: -6 to -3", lines=(1, 1))
    two = regimen(amount("3.2"), schedule="-4 and -3", lines=(2, 2))
    assert look([four, two]).kind == "several"
    assert look([four, regimen(amount("3.2"), schedule="days -6 to -3", lines=(2, 2))]).kind == "one"


@pytest.mark.parametrize("heading", ["X (superseded 2024, do not use)", "Obsolete", "Dosing > Old doses"])
def test_what_stands_under_a_retired_heading_is_never_given(heading: str) -> None:
    old = regimen(amount("20"), section=heading, evidence=True)
    assert look([old]).kind == "none"
    assert look([regimen(amount("20"), section="Older adults")]).kind == "one"


def test_the_dose_of_children_at_large_is_not_a_neonates() -> None:
    child = regimen(amount("7.5"), per="kg", population="Child", lines=(1, 1))
    neonate = regimen(amount("4"), per="kg", population="Neonate", lines=(2, 2))
    assert look([child], population="neonate").kind == "none"
    assert look([child], age_y=Decimal("0.01")).kind == "none"
    assert look([child, neonate], population="neonate").fits == (neonate,)
    assert look([child], population="child").fits == look([child], age_y=Decimal("0.5")).fits == (child,)


def test_an_exclusion_of_several_words_is_met_by_all_of_them() -> None:
    row = regimen(amount("7"), indication="intubation", excluded=("Not in septic shock (adrenal suppression)",))
    assert look([row], "intubation septic shock").because == (row,)
    assert look([row], "intubation cardiogenic shock").because == ()


def test_a_condition_that_the_title_lists_beside_the_rows_own_is_another_one() -> None:
    row = regimen(
        amount("4"), section="Croup", page="croup-epiglottitis", for_one=("croup",), not_for=("epiglottitis",)
    )
    assert look([row], "epiglottitis").fits == ()
    assert look([row], "croup").fits == (row,)
    assert look([row], "croup with epiglottitis").fits == (row,)


def test_an_equal_dose_for_something_else_stands_beside_the_others() -> None:
    rows = [
        regimen(amount("2"), indication="meningitis", lines=(1, 1)),
        regimen(amount("2"), indication="cystic fibrosis", lines=(2, 2)),
        regimen(amount("1"), indication="peritonitis", lines=(3, 3)),
    ]
    assert look(rows).fits == tuple(rows)


def test_an_equal_dose_with_a_maximum_does_not_stand_for_one_without() -> None:
    plain = regimen(amount("1"), per="kg", indication="itp", lines=(1, 1))
    capped = regimen(amount("1"), per="kg", indication="ttp", max_single=limit("60"), lines=(2, 2))
    found = look([plain, capped])
    assert (found.kind, set(found.fits)) == ("several", {plain, capped})


def test_equal_doses_of_a_child_and_an_adult_with_a_maximum_are_two() -> None:
    child = regimen(amount("5"), per="kg", population="neonate", lines=(1, 1))
    adult = regimen(amount("5"), per="kg", population="adult", max_single=limit("480"), lines=(2, 2))
    assert set(look([child, adult]).fits) == {child, adult}


def test_a_group_that_a_heading_denies_is_not_the_rows_and_who_is_of_it_is_left_out() -> None:
    plain = regimen(amount("1"), indication="cystitis, women, not pregnant", lines=(1, 1))
    pregnant = regimen(amount("2"), indication="cystitis, pregnancy", lines=(2, 2))
    rows = [plain, pregnant]
    assert look(rows, "cystitis in pregnancy").fits == (pregnant,)
    assert look(rows, "cystitis not pregnant").fits == (plain,)
    assert look([plain], "cystitis in pregnancy").fits == ()


def test_a_refusal_for_the_grade_asked_is_the_answer() -> None:
    refused = regimen(None, verbatim="no; observe", severity="2", indication="CRS", lines=(1, 1))
    given = regimen(amount("9"), severity="3", indication="CRS", lines=(2, 2))
    other = regimen(amount("12"), per="kg", indication="CRS", condition=below("30"), from_text=True, lines=(4, 4))
    rows = [refused, given, other]
    assert look(rows, "crs grade 2").fits == (refused,)
    assert refused not in look(rows, "crs").fits


def test_the_dose_for_bad_kidneys_is_not_left_over_where_no_band_of_weight_holds() -> None:
    light = regimen(amount("1"), condition=below("50"), lines=(1, 1))
    kidneys = regimen(amount("3"), condition=below("30", "creatinine clearance", "mL/min"), lines=(2, 2))
    assert look([light, kidneys], weight_kg=Decimal(60)).fits == ()
    assert look([light, kidneys], weight_kg=Decimal(40)).fits
    assert look([kidneys], weight_kg=Decimal(60)).fits == (kidneys,)


def test_the_row_that_states_most_maxima_answers_for_the_maximum() -> None:
    one = regimen(amount("8"), max_single=limit("800"), severity="3", route=("IV",), duration="2 days", lines=(1, 1))
    more = regimen(amount("8"), max_single=limit("800"), max_doses=4, severity="2", lines=(2, 2))
    assert look([one, more], wants="max").fits == (more,)


def test_a_row_named_after_another_drug_is_no_row_for_a_third() -> None:
    bleed = regimen(amount("40"), indication="Intracranial bleed", section="Oldthin", lines=(1, 1))
    other = regimen(amount("30"), indication="Newthin", section="Newer", lines=(2, 2))
    named = (("newthin", "newthin"),)
    assert look([bleed, other], "newthin intracranial bleed", other_drugs=named).fits == (other,)
    assert look([bleed], "newthin intracranial bleed", other_drugs=named).fits == (bleed,)


def test_a_dose_to_load_with_and_one_to_maintain_are_one_course() -> None:
    load = regimen(amount("300"), notes=("Load",), route=("IV",), lines=(1, 1))
    maintain = regimen(amount("150"), notes=("Maintenance",), route=("IV",), lines=(1, 1))
    elsewhere = regimen(amount("150"), notes=("Maintenance",), route=("PO",), lines=(1, 1))
    assert look([load, maintain]).fits == (load, maintain)
    assert look([load, maintain]).kind == "one"
    assert look([load, elsewhere]).kind == "several"


def test_the_heading_tells_the_setting_too() -> None:
    row = regimen(amount("16"), section="Premedication", setting="treatment")
    assert look([row], setting="premedication").fits == (row,)


def test_a_dose_for_a_kind_of_disease_holds_for_one_of_them_that_has_none_of_its_own() -> None:
    kind = regimen(amount("4"), indication="Autoimmune disease", lines=(1, 1))
    cancer = regimen(amount("5"), indication="Oncology, high burden", lines=(2, 2))
    assert look([kind, cancer], "lupus").fits == (kind,)
    assert look([kind, cancer], "lymphoma").fits == (cancer,)
    own = regimen(amount("6"), indication="Lupus nephritis", lines=(3, 3))
    assert look([kind, cancer, own], "lupus").fits == (own,)


def test_a_dose_to_start_with_and_one_to_step_up_to_are_one_course() -> None:
    start = regimen(amount("5"), indication="HLH", notes=("Starting dose",), schedule="Starting dose", lines=(1, 1))
    up = regimen(amount("7"), indication="HLH: Step up at 48 h", notes=("Step up at 48 h if no better",), lines=(1, 1))
    assert look([start, up]).kind == "one"
    assert look([start, up]).fits == (start, up)


def test_standard_chooses_the_row_that_is_called_so() -> None:
    standard = regimen(amount("22"), indication="Autoimmune, standard", lines=(1, 1))
    reduced = regimen(amount("15"), indication="Autoimmune, reduced", lines=(2, 2))
    assert look([standard, reduced], "standard autoimmune").fits == (standard,)


def test_a_sentence_with_its_maximum_speaks_for_what_it_names() -> None:
    words = "somedrug 10 mg IV, max 30 mg, delayed intensification"
    row = regimen(amount("10"), verbatim=words, from_text=True, section="Asparaginase", max_single=limit("30"))
    assert look([row], "delayed intensification").fits == (row,)
    assert look([row], "osteosarcoma").kind == "none"


def test_the_second_dose_is_not_the_one_behind_a_dose_to_repeat() -> None:
    first = regimen(amount("20"), step=1, lines=(1, 1))
    repeat = regimen(amount("25"), notes=("may repeat",), lines=(1, 1))
    runs = regimen(amount("5"), per_time="h", step=2, lines=(1, 1))
    assert look([first, repeat, runs], part="second dose").fits != (runs,)
    assert look([first, regimen(amount("25"), step=2, lines=(1, 1))], part="second dose").fits[0].step == 2


def test_a_kind_of_disease_that_is_denied_stands_for_none_of_its_diseases() -> None:
    other = regimen(amount("4"), indication="Non-oncology", lines=(1, 1))
    assert look([other], "lymphoma").fits == ()


def test_what_a_sentence_says_beside_its_dose_is_not_what_the_dose_is_for() -> None:
    words = "11 mg for CRS; the label interval for Castleman is 3 weeks"
    row = regimen(amount("11"), indication="CRS", from_text=True, verbatim=words)
    assert look([row], "castleman").fits == ()
    assert look([row], "crs").fits == (row,)


def test_a_load_is_not_a_dose_that_is_given_again_and_again() -> None:
    again = regimen(amount("750"), interval_h=hours("12"), lines=(1, 1))
    once = regimen(amount("45"), per="kg", lines=(2, 2))
    assert look([again, once], "load").fits == (once,)
    assert look([again], "load").fits == ()  # what goes on would be taken for the load
    assert look([again], "load").existing == (again,)
    reduced = regimen(amount("500"), condition=below("30", "creatinine clearance", "mL/min"), lines=(3, 3))
    assert reduced not in look([again, once, reduced], "load").fits


def test_what_prevents_in_a_severity_is_for_that_severity() -> None:
    row = regimen(amount("400"), indication="Candida prophylaxis, severe mucositis", setting="prophylaxis")
    assert look([row], "mucositis severe", grade="severe").fits == (row,)
    other = regimen(amount("400"), indication="Mucositis prophylaxis", setting="prophylaxis")
    assert not look([other], "mucositis severe", grade="severe").fits


def test_conditioning_and_lymphodepletion_are_one_setting() -> None:
    row = regimen(amount("2"), indication="Unrelated donor", setting="lymphodepletion")
    assert look([row], "unrelated donor", setting="conditioning").fits == (row,)


def test_what_was_given_before_tells_of_no_disease() -> None:
    row = regimen(amount("100"), indication="ICANS not responding to steroids", lines=(1, 1))
    terms = Terms(crs="CRS", icans="ICANS", steroids="steroid")
    crs, icans = (
        DoseQuery("somedrug", f"{event} after steroids", other_drugs=(("steroids", "steroid"),))
        for event in ("CRS", "ICANS")
    )
    assert lookup(crs, [row], terms).fits == ()
    assert lookup(icans, [row], terms).fits == (row,)


def test_of_the_doses_of_one_sentence_the_load_is_the_one_beside_that_word() -> None:
    words = "load 6 mg/kg q12h, then 4 mg/kg q12h"
    load = regimen(amount("6"), per="kg", verbatim=words, notes=("load",), interval_h=hours("12"), step=1)
    then = regimen(amount("4"), per="kg", verbatim=words, interval_h=hours("12"), step=2)
    assert look([load, then], "loading").fits == (load,)


def test_a_section_headed_by_what_is_asked_stands_beside_rows_named_after_a_drug_of_the_question() -> None:
    before = regimen(amount("12"), setting="premedication", section="Premedication", lines=(1, 1))
    treats = regimen(amount("9"), indication="Treating ICANS", section="Treating ICANS", severity="2", lines=(2, 2))
    asked = {
        "other_drugs": (("newmab", "newmab"),),
        "grade": "2",
        "said": lambda row: "Newmab" if row is before else "",
    }
    assert look([before, treats], "ICANS after newmab", **asked).fits == (treats,)


def test_the_band_of_one_product_does_not_turn_away_the_row_of_the_product_asked() -> None:
    banded = regimen(amount("7"), per="kg", indication="CRS", condition=at_least("30"), lines=(1, 1))
    product = regimen(amount("5"), per="kg", indication="CRS after TCR-T", lines=(2, 2))
    assert look([banded, product], "CRS after TCR-T", weight_kg=Decimal(60)).fits == (product,)
    assert look([banded, product], "CRS", weight_kg=Decimal(60)).fits == (banded,)


def test_a_row_without_a_load_is_none_for_the_load() -> None:
    load = regimen(amount("25"), notes=("Load:",), schedule="once", lines=(1, 1))
    infants = regimen(amount("5"), verbatim="Under 2 years: 5 mg every 12 h, no load.", lines=(2, 2))
    assert look([load, infants], "load").fits == (load,)


@pytest.mark.parametrize("words", ["normal kidneys", "normal renal function", "renal function normal", "kidneys ok"])
def test_normal_kidneys_leave_out_what_is_for_bad_ones(words: str) -> None:
    plain = regimen(amount("4"), indication="HLH", lines=(1, 1))
    reduced = regimen(amount("2"), indication="HLH", condition=below("30", "creatinine clearance", "mL/min"))
    assert look([plain, reduced], f"HLH {words}").fits == (plain,)
    assert len(look([plain, reduced], "HLH normal liver").fits) == 2


def test_the_same_dose_on_two_days_of_a_table_is_one_course() -> None:
    first = regimen(amount("6"), per="m2", schedule="Day: -14", lines=(5, 5))
    second = regimen(amount("6"), per="m2", schedule="Day: -7", lines=(6, 6))
    other = regimen(amount("3"), per="m2", schedule="Day: -1", lines=(7, 7))
    found = look([first, second])
    assert (found.kind, found.fits) == ("one", (first, second))
    assert look([first, second, other]).kind == "several"


def test_on_dialysis_the_row_for_dialysis_is_the_only_one() -> None:
    reduced = regimen(
        amount("5"), indication="HLH", condition=below("60", "creatinine clearance", "mL/min"), lines=(1, 1)
    )
    dialysed = regimen(amount("10"), indication="HLH", notes=("Haemodialysis",), lines=(2, 2))
    asked = {"for_text": "HLH on dialysis", "part": "HLH on dialysis", "population": "renal impairment"}
    assert look([reduced, dialysed], **asked).fits == (dialysed,)
    assert dialysed not in look([reduced, dialysed], "HLH", crcl=Decimal(40)).fits


def test_what_is_not_severe_is_not_for_the_severe() -> None:
    mild = regimen(amount("2"), indication="HLH: allergy, not severe", severity="not severe")
    assert look([mild], "HLH, severe allergy").fits == ()
    assert look([mild], "HLH, non severe allergy").fits == (mild,)


def test_a_sentence_with_the_route_asked_stands_beside_rows_of_another_route() -> None:
    table = regimen(amount("8"), indication="CRS", route=("IV",), lines=(1, 1))
    spare = regimen(
        amount("324"),
        section="Under the skin",
        indication="Under the skin",
        verbatim="324 mg SC once for CRS",
        notes=("for CRS",),
        route=("SC",),
        from_text=True,
        lines=(5, 5),
    )
    assert look([table, spare], "CRS", route="SC").fits == (spare,)
    assert look([table, spare], "HLH", route="SC").fits == ()
    assert look([table, spare], "CRS").fits == (table,)


def test_on_the_page_of_another_drug_stands_what_is_given_with_it() -> None:
    given = regimen(amount("250"), page="other", title="Othermab for TMA", section="Before the first dose")
    named = (("othermab", "othermab"),)
    terms = Terms(othermab="othermab", tma="TMA")
    asked = DoseQuery("somedrug", "meningococcal othermab", setting="prophylaxis", other_drugs=named)
    assert lookup(asked, [given], terms).fits == (given,)
    assert lookup(DoseQuery("somedrug", "othermab", other_drugs=named), [given], terms).fits == (given,)
    assert not lookup(DoseQuery("somedrug", "tonsillitis othermab", other_drugs=named), [given], terms).fits


def test_kidneys_that_are_fine_are_no_group_of_patients_though_the_word_for_it_is_an_everyday_one() -> None:
    plain = regimen(amount("4"), indication="HLH", lines=(1, 1))
    asked = {"for_text": "HLH kidneys", "part": "HLH, kidneys fine", "population": "renal impairment"}
    assert look([plain], **asked).fits == (plain,)


def test_a_band_of_weight_does_not_turn_away_the_row_for_the_child_that_is_asked() -> None:
    light = regimen(amount("200"), condition=below("40"), lines=(1, 1))
    heavy = regimen(amount("400"), condition=at_least("40"), lines=(2, 2))
    child = regimen(amount("9"), per="kg", population="Child", lines=(3, 3))
    rows = [light, heavy, child]
    young = look(rows, age_y=Decimal(5), weight_kg=Decimal(20))
    assert child in young.fits
    assert heavy not in young.fits
    assert look(rows, age_y=Decimal(50), weight_kg=Decimal(38)).fits == (light,)


def test_what_a_drug_is_tapered_from_is_no_step_of_its_taper() -> None:
    start = regimen(amount("2"), verbatim="2 mg/kg/day, then taper", lines=(1, 1))
    step = regimen(amount("1"), section="Taper", verbatim="1 mg/kg/day", schedule="week 2", lines=(2, 2))
    asked = {"part": "taper week 2"}
    assert look([start, step], **asked).fits == (step,)
    assert look([start], **asked).kind == "none"


def test_on_dialysis_no_band_of_kidneys_that_work_holds() -> None:
    banded = regimen(amount("9"), condition=at_least("30", "creatinine clearance", "mL/min"), lines=(1, 1))
    none = regimen(None, verbatim="no standing dose", condition=below("30", "creatinine clearance", "mL/min"))
    found = look([banded, none], "on dialysis", part="on dialysis")
    assert found.fits == (none,)
    assert look([banded], "on dialysis", part="on dialysis").kind == "none"


def test_the_row_for_a_child_s_age_leaves_no_row_that_knows_its_weight_alone() -> None:
    light = regimen(amount("20"), condition=below("50"), lines=(1, 1))
    young = regimen(amount("1"), per="kg", condition=below("2", "age", "a"), section="Children", lines=(2, 2))
    found = look([light, young], "", age_y=Decimal(1), weight_kg=Decimal(9))
    assert found.fits == (young,)


def test_the_bolus_of_a_pump_is_no_dose_by_mouth() -> None:
    bolus = regimen(amount("2"), schedule="bolus", notes=("PCA child", "lock-out: 5 min"), lines=(1, 1))
    mouth = regimen(amount("20"), route=("PO",), lines=(2, 2))
    assert look([bolus], "", route="PO").kind == "none"
    assert look([bolus, mouth], "", route="PO").fits == (mouth,)
    assert look([bolus, mouth], "", route="IV").fits == (bolus,)


@pytest.mark.parametrize(
    ("note", "lacks"), [("loading dose per label", True), ("load: see the chart", True), ("loading dose 300 mg", False)]
)
def test_a_load_that_a_row_tells_elsewhere_is_none_of_its_own(note: str, lacks: bool) -> None:
    row = regimen(amount("300"), interval_h=hours(24), notes=(note,), lines=(1, 1))
    found = lookup(DoseQuery("somedrug", "loading"), [row], TERMS)
    assert (found.kind == "none") is lacks


def test_a_row_with_half_of_the_name_of_another_drug_does_not_name_it() -> None:
    rows = [
        regimen(amount("9"), indication="alpha-cel, adult", lines=(1, 1)),
        regimen(amount("5"), indication="beta-cel, leukaemia", lines=(2, 2)),
    ]
    others = (("alpha-cel", "alphaleucel"),)
    found = lookup(DoseQuery("somedrug", "alpha-cel leukaemia", other_drugs=others), rows, TERMS)
    assert rows[1] not in found.fits
