"""The shipped pages against the fact sheets they were written from: nothing more, nothing less, nothing bare."""

import re
from decimal import Decimal

import page_facts as facts
import pytest

SHEETS = facts.read_sheets()
PAGES = sorted(SHEETS)
ALLOWED = {page: facts.allowed_figures(page, SHEETS) for page in PAGES}
ROWS = [(page, row["id"]) for page in PAGES for row in SHEETS[page].get("dosing", []) if facts.row_figures(row)]

needs_sheets = pytest.mark.skipif(not SHEETS, reason="the fact sheets (../shared/facts beside the checkout) are absent")


def _text(page: str) -> str:
    return facts.page_path(page).read_text(encoding="utf-8")


def _faults(page: str, text: str) -> list[str]:
    return facts.faults_of(text, SHEETS[page], ALLOWED[page])


def _dose_faults(page: str, text: str) -> list[str]:
    return [*facts.stray_figures(text, ALLOWED[page]), *facts.row_faults(text, SHEETS[page])]


def _told_row(page: str, row_id: str) -> tuple[facts.Row, list[str]]:
    """A dosing row and the raw lines of its page that tell it."""
    row = next(row for row in SHEETS[page]["dosing"] if row["id"] == row_id)
    raw = _text(page).splitlines()
    lines = [line for line in facts.body(_text(page)) if facts.tells_row(row, line, SHEETS[page]["title"])]
    return row, [raw[line.number - 1] for line in lines]


@needs_sheets
def test_every_sheet_has_its_page() -> None:
    assert [page for page in PAGES if not facts.page_path(page).exists()] == []
    assert len(PAGES) == 26


@needs_sheets
@pytest.mark.parametrize("page", PAGES)
def test_page_holds_what_its_sheet_holds(page: str) -> None:
    assert _faults(page, _text(page)) == []


@needs_sheets
def test_the_sheets_dosing_rows_are_really_compared() -> None:
    told = [row for row in ROWS if _told_row(*row)[1]]
    assert len(ROWS) >= 80
    assert len(told) >= 0.9 * len(ROWS)


@needs_sheets
@pytest.mark.parametrize(("page", "row_id"), ROWS)
def test_a_changed_or_missing_dose_is_caught(page: str, row_id: str) -> None:
    row, lines = _told_row(page, row_id)
    if not lines:
        assert not row["verified"]
        return
    numbers = {str(value) for value, _ in facts.row_figures(row)}
    text, without = _text(page), _text(page)
    for line in lines:
        number = next(n for n in numbers if re.search(rf"(?<![\d.]){n}(?![\d.])", line.replace(",", "")))
        wrong = re.sub(rf"(?<![\d.]){re.escape(number)}(?![\d.])", f"{number}7", line.replace(",", ""))
        text, without = text.replace(line, wrong), without.replace(line + "\n", "")
    assert _dose_faults(page, text)
    if row["verified"]:
        assert any(row_id in fault for fault in _dose_faults(page, without))


@needs_sheets
@pytest.mark.parametrize(("page", "row_id"), ROWS)
def test_a_changed_unit_is_caught(page: str, row_id: str) -> None:
    _, lines = _told_row(page, row_id)
    text = _text(page)
    for line in lines:
        text = text.replace(line, re.sub(r"(?<=\d )(mg|mcg|g|mL)\b", "units", line))
    assert bool(_dose_faults(page, text)) == bool(lines)


@needs_sheets
def test_an_unverified_row_or_fact_printed_bare_is_caught() -> None:
    bared = {page: re.sub("unverified", "sure", _text(page)) for page in PAGES if "unverified" in _text(page)}
    assert len(bared) >= 10
    assert [page for page, text in bared.items() if not _faults(page, text)] == []


@needs_sheets
def test_a_disagreement_of_the_sheet_that_a_page_leaves_out_is_caught() -> None:
    cases = [page for page in PAGES if SHEETS[page].get("conflicts") or SHEETS[page].get("discrepancies")]
    assert len(cases) >= 9
    for page in cases:
        left_out = re.sub(r"(?s)\n## Where Sources Disagree\n.*?(?=\n## )", "\n", _text(page))
        assert facts.untold_disagreements(left_out, SHEETS[page])


@needs_sheets
def test_a_foreign_reference_is_caught() -> None:
    page = next(page for page in PAGES if "https://doi.org/" in _text(page))
    wrong = re.sub(r"\[10\.\d+/", "[10.9999/", _text(page), count=1)
    assert any("DOI" in fault for fault in _faults(page, wrong))


@needs_sheets
def test_no_page_prints_the_reference_that_the_sheets_forbid() -> None:
    forbidden = {
        doi
        for sheet in SHEETS.values()
        for said in sheet.get("discrepancies", [])
        if "Do not print" in said["literature"]
        for doi in re.findall(r"10\.\d{4}/\S+?(?=[\s)]|$)", said["seed"])
    }
    assert forbidden
    assert [page for page in PAGES for doi in forbidden if doi.split("/")[1] in _text(page)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("100-200 mg every 6 h", {("100", "mg"), ("200", "mg")}),
        ("1,000 mg/day and 5 ug/kg", {("1000", "mg/day"), ("5", "mcg/kg")}),
        ("5-10 mg/kg/DAY", {("5", "mg/kg/day"), ("10", "mg/kg/day")}),
        ("80/400 mg, IgG 400 mg/dL, ANC 500/mcL", {("80", "mg"), ("400", "mg")}),
        ("300-510e6 cells", {("300", "x10^6"), ("510", "x10^6")}),
        ("2 x 10^6 cells/kg", {("2", "x10^6")}),
        ("platelets 50 x 10^9/L, 9.7%", {("9.7", "%")}),
    ],
)
def test_figures_are_read_with_their_units(text: str, found: set[tuple[str, str]]) -> None:
    assert facts.figures(text) == {(Decimal(value), unit) for value, unit in found}
