import pytest

from wardbook.dosing.bare_band import as_written, goes_by, with_own_quantity, with_quantity


@pytest.mark.parametrize(
    ("header", "text", "written"),
    [
        (
            "Dose by CrCl (mL/min)",
            ">= 60: 9 mg; 40-59: 5 mg; < 10: do not use",
            "crcl >= 60 mL/min: 9 mg; crcl 40-59 mL/min: 5 mg; crcl < 10 mL/min: do not use",
        ),
        (
            "Dose by weight (kg)",
            "60-69: 35 mg; 90 or more: 50 mg",
            "weight 60-69 kg: 35 mg; weight 90 kg or more: 50 mg",
        ),
        ("Dose by platelets (x10^9/L)", "25-49 60 mg\n< 25: no", "platelets 25-49 60 mg\nplatelets < 25: no"),
        ("Dose by age (months)", "2-5: 5 mg", "age 2-5 months of age: 5 mg"),
    ],
)
def test_a_bare_bound_is_of_the_quantity_of_its_header(header: str, text: str, written: str) -> None:
    assert with_quantity(text, header) == written


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Dose", "40-59: 450 mg"),
        ("Dose by weight (kg)", "Days 1-2: 5 mg; 3-4: 10 mg"),
        ("Dose by CrCl (mL/min)", "450 mg q12h; 900 mg if well"),
        ("Dose by weight and platelets", "< 50: 20 mg"),
    ],
)
def test_a_figure_that_may_be_of_something_else_stays(header: str, text: str) -> None:
    assert with_quantity(text, header) == text


def test_a_sentence_says_itself_what_its_bounds_are_of() -> None:
    words = "Rufane dose by eGFR (mL/min): 60 or more: 9 mg; 30-59: 5 mg"
    assert (
        with_own_quantity(words)
        == "Rufane dose by eGFR (mL/min): egfr 60 mL/min or more: 9 mg; egfr 30-59 mL/min: 5 mg"
    )


def test_a_line_says_by_what_the_doses_below_it_go() -> None:
    assert goes_by("Dose by eGFR (mL/min):")
    assert not goes_by("Dose for adults:")
    assert not goes_by("Given by the nurse:")


def test_the_words_of_the_page_are_given_as_they_stand() -> None:
    assert as_written("crcl < 10 mL/min: do not use", ">= 60: 9 mg; < 10: do not use") == "< 10: do not use"


@pytest.mark.parametrize("line", ["Maintenance (CrCl):", "Maintenance (by eGFR, mL/min)", "Dose (weight in kg)"])
def test_a_quantity_in_brackets_at_the_end_says_by_what_it_goes(line: str) -> None:
    assert goes_by(line)


@pytest.mark.parametrize(
    "line", ["Full BD (mg)", "Load (CrCl unknown) 1 g", "Maintenance (see CrCl table of the ward)"]
)
def test_other_words_in_brackets_do_not(line: str) -> None:
    assert not goes_by(line)
