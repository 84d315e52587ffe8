import pytest

from lint.made_pages import found, page

KEYS = "## Dosing\n\n| Parameter | Recommendation |\n| --- | --- |\n| **Dose** | {dose} |\n| **Maximum** | {most} |"
ROWS = "| Drug | Indication | Dose | Route | Interval | Maximum |\n| --- | --- | --- | --- | --- | --- |\n{rows}"


def keys(dose: str, most: str) -> str:
    return page(KEYS.format(dose=dose, most=most), "Anakinra")


def rows(*lines: str) -> str:
    return page("## Dosing\n\n" + ROWS.format(rows="\n".join(lines)), "Fever")


@pytest.mark.parametrize(
    "text",
    [keys("100-200 mg SC or IV every 6-12 hours", "Up to 400 mg/day in severe cases"),
     keys("500 mg PO every 6 hours", "1 g/day"),
     rows("| dexamethasone | fever | 10 mg | IV | every 6 hours | 30 mg/day |"),
     rows("| tocilizumab | fever | 900 mg | IV | once | 800 mg per dose |")],
)  # fmt: skip
def test_a_dose_above_its_stated_maximum_is_found(text: str) -> None:
    assert found("F04", text)


@pytest.mark.parametrize(
    "text",
    [keys("100 mg SC every 6 hours", "Up to 400 mg/day"),
     keys("100-200 mg SC every 12 hours", "Up to 400 mg/day"),
     keys("500 mg PO every 6 hours", "2 g/day"),
     rows("| dexamethasone | fever | 10 mg | IV | every 6 hours | 40 mg/day |"),
     rows("| tocilizumab | fever | 8 mg/kg | IV | once | 800 mg per dose |"),
     rows("| tocilizumab | fever | 400 mg | IV | every 8 hours | 800 mg per dose |")],
)  # fmt: skip
def test_a_dose_within_its_stated_maximum_is_left_alone(text: str) -> None:
    assert not found("F04", text)


def test_the_message_shows_dose_sum_and_maximum() -> None:
    (finding,) = found("F04", keys("100-200 mg SC or IV every 6-12 hours", "Up to 400 mg/day"))
    assert "100-200 mg every 6-12 h comes to 800 mg/day, above the stated maximum of 400 mg/day" in finding.message


def test_a_piece_of_a_dose_cell_that_was_not_understood_is_shown() -> None:
    (finding,) = found(
        "F07", rows("| dexamethasone | fever | 10 mg then 4/2/1 by the chart | IV | daily | not stated |")
    )
    assert "4/2/1" in finding.message
    assert not found("F07", rows("| dexamethasone | fever | 10 mg | IV | daily | not stated |"))


SCORES = "| Drug | {column} | Dose | Maximum |\n| --- | --- | --- | --- |\n| diazepam | {cell} | 10 mg PO | {most} |"


@pytest.mark.parametrize(
    ("column", "cell", "most", "faults"),
    [("CIWA-Ar", "8-14", "40 mg/day", 0), ("ICE score", "3-6", "40 mg/day", 0), ("Serum K", "<3.3", "40 mg/day", 0),
     ("", "1st", "40 mg/day", 0),
     ("CIWA-Ar", "8-14", "at most 4/2/1 tablets", 1)],
)  # fmt: skip
def test_a_condition_in_a_column_of_its_own_is_no_fault_of_the_page(
    column: str, cell: str, most: str, faults: int
) -> None:
    assert len(found("F07", page(SCORES.format(column=column, cell=cell, most=most)))) == faults


JUMPS = [
    (["| fentanyl | pain | 50 mcg |", "| fentanyl | severe pain | 75 mg |"], 1),
    (["| fentanyl | pain | 50 mcg |", "| fentanyl | severe pain | 75 mcg |"], 0),
    (["| fentanyl | pain | 50 mcg |", "| morphine | pain | 10 mg |"], 0),
    (["| morphine | pain | 500 mg |", "| morphine | severe pain | 1 g |"], 0),
    (["| morphine | pain | 5 mg |", "| morphine | severe pain | 10 g |"], 1),
    (["| fentanyl | pain | 50 mcg/kg |", "| fentanyl | severe pain | 75 mg |"], 0),
    (["| level | low | 5 mg/L |", "| level | high | 10 g/L |"], 0),
]


@pytest.mark.parametrize(("lines", "faults"), JUMPS)
def test_like_figures_a_thousand_apart_in_neighbouring_rows(lines: list[str], faults: int) -> None:
    head = "| Drug | For | Dose |\n| --- | --- | --- |\n"
    assert len(found("F06", page(head + "\n".join(lines)))) == faults


@pytest.mark.parametrize(
    "text",
    ["Give 500 mg/day for 3 days (total 2,000 mg).", "fludarabine 30 mg/m2 daily x 3 days, total 120 mg/m2",
     "100 mg daily for 7 days, a total of 1 g"],
)  # fmt: skip
def test_a_total_that_does_not_add_up_is_found_in_text(text: str) -> None:
    assert found("F05", page(f"- {text}"))


@pytest.mark.parametrize(
    "text",
    ["Give 500 mg/day for 3 days (total 1,500 mg).", "fludarabine 30 mg/m2 daily x 3 days, total 90 mg/m2",
     "100 mg every 12 hours for 3 days (total 600 mg)", "100 mg daily for 10 days, a total of 1 g",
     "500 mg/day for 3 days, 6 days in total", "500 mg/day for 3 days (total 20 mg/kg)",
     "100-200 mg daily for 3 days, total 450 mg"],
)  # fmt: skip
def test_a_total_that_adds_up_or_cannot_be_told_is_left_alone(text: str) -> None:
    assert not found("F05", page(f"- {text}"))


@pytest.mark.parametrize(
    ("row", "faults"),
    [("| 30 mg/m2 | days -5, -4, -3 | 90 mg/m2 |", 0), ("| 30 mg/m2 | days -5, -4, -3 | 120 mg/m2 |", 1),
     ("| 30 mg/m2/day | 4 | 90 mg/m2 |", 1), ("| 500 mg/m2 daily | day -6 to day -5 | 1 g/m2 |", 0),
     ("| 30 mg/m2 | days -6 to -3 | 120 mg/m2 |", 0), ("| 250 mg every 12 hours | 2 days | 1,000 mg |", 0),
     ("| 30 mg/m2 | see protocol | 90 mg/m2 |", 0)],
)  # fmt: skip
def test_totals_in_rows(row: str, faults: int) -> None:
    assert len(found("F05", page(f"| Dose | Days | Total |\n| --- | --- | --- |\n{row}"))) == faults
