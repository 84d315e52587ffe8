import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint.made_pages import found, page

CASES = [
    ("N01", ["1.0 mg", "5.0mg", "2.50 mL", "0.50 mg/kg", "1.0-2.5 mg", "0.5-2.0 mg", "**1.0** is not, 3.0 units is"],
            ["1 mg", "10 mg", "0.5 mg", "1.05 mg", "100 mg", "creatinine 1.0 mg/dL", "version 1.0", "2.0 kg",
             "DOI: 10.1000/abc.10.0 mg", "`1.0 mg`", "pH 7.0", "1.0 mg/L"]),
    ("N02", ["give .5 mg", ".25-0.5 mg", "(.5 mg)", ".5-.75 mg/kg", "0.25-.5 mg"],
            ["0.5 mg", "see 1.2.5 mg", "no. .5", "x.5 mg", "level .5 mg/dL"]),
    ("N03", ["10 U", "5,000U daily", "100 IU/kg", "4-6 U SC", "2 IU"],
            ["10 units", "ALT 40 U/L", "5 U/mL", "5-FU", "U 10", "call 44U-QUIT", "the U.S. 10 U.S. sites",
             "10 UK sites"]),
    ("N04", ["10 mg QD", "5 mg qd", "QOD", "q.d.", "10 mg q.o.d."],
            ["daily", "QID", "q.i.d.", "qds", "q6h", "BID", "QDS"]),
    ("N05", ["10 µg", "10 μg/kg", "5ug", "5 ug"],
            ["10 mcg", "100 µg/mL", "5 µL", "ug"]),
    ("N06", ["10mg", "1,600mg", "25-50mg", "0.5mL", "10units", "x 5mcg/kg"],
            ["10 mg", "CD19g", "B12mg", "10mg/dL", "10 m", "G5", "10mmHg", "v10mg", "10-day", "10gauge"]),
    ("N07", ["> 10 mg", "<5 mg/kg", "&lt; 5 mg", "\\> 20 mg daily", "prednisone >20 mg/day"],
            [">= 10 mg", "less than 10 mg", "< 30 kg", "ferritin > 500 ng/mL", "CRP >150 mg/L", "proteinuria > 1 g/day",
             "> 50 years", "glucose <70 mg/dL"]),
]  # fmt: skip
BROKEN = [(code, text) for code, broken, _ in CASES for text in broken]
SOUND = [(code, text) for code, _, sound in CASES for text in sound]


@pytest.mark.parametrize(("code", "text"), BROKEN)
@pytest.mark.parametrize("frame", ["{}", "- a bullet: {} now", "| A | B |\n| --- | --- |\n| x | {} |"])
def test_dangerous_notation_is_found(code: str, text: str, frame: str) -> None:
    assert found(code, page(frame.format(text)))


@pytest.mark.parametrize(("code", "text"), SOUND)
@pytest.mark.parametrize("frame", ["{}", "- a bullet: {} now", "| A | B |\n| --- | --- |\n| x | {} |"])
def test_what_only_looks_like_it_is_left_alone(code: str, text: str, frame: str) -> None:
    assert not found(code, page(frame.format(text)))


@pytest.mark.parametrize("where", ["```\n10mg\n```", "## Key References\n\n1. Trial of 10mg. A Journal.", "`10mg`",
                                   "[words](https://x.org/10mg)", "[[drugs/10mg]]"])  # fmt: skip
def test_code_addresses_and_titles_of_papers_are_no_doses(where: str) -> None:
    assert not found("N06", page(where))


def test_the_front_matter_is_not_read_for_doses_and_lines_stay_those_of_the_file() -> None:
    text = page("One.\n\nGive 10mg.").replace("title: Examplin", "title: Examplin\ndose: 10mg")
    (finding,) = found("N06", text)
    assert text.splitlines()[finding.line - 1] == "Give 10mg."


FIGURE = st.decimals(min_value="0.01", max_value=9999, places=2).map(lambda d: f"{d.normalize():f}")
UNIT = st.sampled_from(["mg", "mcg", "g", "mL", "units", "mg/kg", "mg/m2", "mmol", "mEq"])


@settings(max_examples=150, deadline=None)
@given(FIGURE, UNIT, st.sampled_from(["{}", "{} daily", "from {} to", "({})", "{}; {}"]))
def test_a_well_written_dose_is_never_found(figure: str, unit: str, frame: str) -> None:
    dose = f"{figure} {unit}"
    body = frame.format(dose, dose)
    assert not [f for code in ("N01", "N02", "N03", "N05", "N06", "N07") for f in found(code, page(f"Give {body}."))]


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 999), UNIT)
def test_a_trailing_zero_and_a_glued_unit_are_always_found(figure: int, unit: str) -> None:
    assert found("N01", page(f"Give {figure}.0 {unit}."))
    assert found("N06", page(f"Give {figure}{unit}."))
    assert found("N02", page(f"Give .{figure} {unit}."))
