import pytest

from wardbook.dosing.column import is_blank, role_of
from wardbook.dosing.context import indication_of, population_of, setting_of, severity_of, unit_words


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Dose", "dose"), ("**Dose (mg/kg)**", "dose"), ("Adult dose", "dose"), ("Cell dose", "dose"), ("Drug", "drug"),
        ("Agent", "drug"), ("Product", "product"), ("Route", "route"), ("Interval", "frequency"),
        ("Frequency", "frequency"),
        ("Shortest interval", "frequency"), ("Days", "schedule"), ("Duration", "duration"), ("Maximum", "max"),
        ("Max dose", "max"), ("Maximum number of doses", "max doses"), ("Total", "total"), ("Infusion time",
        "infusion"),
        ("Grade", "severity"), ("Indication", "indication"), ("Population", "population"), ("Weight", "weight"),
        ("CrCl (mL/min)", "renal"), ("Notes", "notes"), ("Study", "study"), ("Vaccine", "void"), ("Treatment", "text"),
        ("Relative Risk (RR)", "none"), ("Threshold", "none"), ("Colour", "other"), ("Regimen", "regimen"),
        ("Antidote", "antidote"), ("Reversal agent", "antidote"),
    ],
)  # fmt: skip
def test_a_header_tells_what_its_cells_hold(words: str, role: str) -> None:
    assert role_of(words) == role


def test_prophylaxis_of_clots_is_prophylaxis() -> None:
    assert setting_of("Thromboprophylaxis") == "prophylaxis"
    assert setting_of("Thrombosis") is None


@pytest.mark.parametrize("text", ["", " - ", "N/A", "not stated", "Not stated on the copy read", "—", "none"])
def test_a_cell_that_says_nothing(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "10 mg", "no dose stated", "none of 3"])
def test_a_cell_that_says_something(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("heading", "indication"),
    [
        ("Therapeutic (Refractory CRS)", "Refractory CRS"),
        ("Prophylactic (Under Investigation)", None),
        ("Dosing Regimens", None),
        ("IEC-HS / ICAHS Management", "IEC-HS / ICAHS Management"),
        ("Grade 3", None),
        ("2.1 Management", None),
        ("Severe CRS:", "Severe CRS"),
    ],
)
def test_a_heading_only_about_dosing_is_no_indication(heading: str, indication: str | None) -> None:
    assert indication_of(heading, ()) == indication


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("Prophylactic (Under Investigation)", "prophylaxis"), ("Management", "treatment"),
        ("pre-emptive use", "prophylaxis"),
        ("Lymphodepleting chemotherapy", "lymphodepletion"), ("Treatment and prophylaxis", None), ("Overview", None),
    ],
)  # fmt: skip
def test_a_setting_is_taken_only_where_the_words_say_one(text: str, setting: str | None) -> None:
    assert setting_of(text) == setting


def test_populations_and_severities_keep_the_words_of_the_page() -> None:
    assert population_of("In children >= 2 years with fever") == "children >= 2 years"
    assert population_of("Child and adult") == "Child and adult"
    assert severity_of("Grade 3-4 CRS") == "Grade 3-4"
    assert severity_of("Mild to moderate") == "Mild to moderate"
    assert severity_of("Grade 1 or worse, grade 3 at once") is None


@pytest.mark.parametrize(
    ("words", "unit"),
    [("Dose (mg/kg)", "mg/kg"), ("Dose, mg", "mg"), ("Schedules (mg/m2/day)", "mg/m2/day"), ("Dose (adults)", None)],
)
def test_a_header_lends_its_unit(words: str, unit: str | None) -> None:
    assert unit_words(words) == unit


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Limit / notes", "notes"),
        ("Notes and limits", "notes"),
        ("Comments & cap", "notes"),
        ("Agent / target", "other"),
    ],
)
def test_a_header_of_several_words_for_notes_and_limits_is_of_notes(header: str, role: str) -> None:
    assert role_of(header) == role
