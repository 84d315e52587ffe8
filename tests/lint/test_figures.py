import pytest

from lint.made_pages import found, page


def table(head: str, *rows: str) -> str:
    return page("\n".join([head, "|" + " --- |" * (head.count("|") - 1), *rows]))


F01_BROKEN = [
    "Give 200-100 mg daily.", "in 40-17% of patients", "1 g-500 mg", "every 12-6 hours", "RR 0.5 (95% CI 0.9-0.3)",
    "RR 0.5 (95% CI 0.9 to 0.3)", "5,000-1,000 units", "for 7–3 days",
]  # fmt: skip
F01_SOUND = [
    "Give 100-200 mg daily.", "tapered 60-40 mg", "60-40-20 mg", "fell from 40-17%", "500 mg-1 g", "pages 739-48",
    "2020-21", "call 555-123", "days 28-14 before infusion", "1 x 10^8-2.5 x 10^8 cells",
     "RR 0.5 (95% CI -0.9 to -1.3)",
    "IL-6 2 mg", "0.5-1 mg", "ICD F10-2 mg", "the 24-7 line", "1,000-5,000 units", "5-10%",
]  # fmt: skip


@pytest.mark.parametrize("text", F01_BROKEN)
def test_a_range_the_wrong_way_round_is_found(text: str) -> None:
    assert found("F01", page(f"- {text}"))


@pytest.mark.parametrize("text", F01_SOUND)
def test_what_is_no_turned_range_is_left_alone(text: str) -> None:
    assert not found("F01", page(f"- {text}"))


def test_a_cell_that_is_a_turned_range_is_found_where_ranges_stand() -> None:
    assert found("F01", table("| Outcome | 95% CI |", "| CRS | 0.95-0.35 |"))
    assert not found("F01", table("| Outcome | 95% CI |", "| CRS | 0.35-0.95 |"))
    assert not found("F01", table("| Paper | Pages |", "| One | 95-35 |"))


F02_BROKEN = [
    "RR 0.17 (95% CI 0.35-0.95)", "hazard ratio 1.4 (95% CI, 0.5 to 0.9)", "OR 0.2 [95% CI: 0.3; 0.9]",
    "94% (95% CI 80-90)", "median onset 14 days (range 1-12)", "mean 3 (95% CI 4-5)", "RR 0.2-0.3 (95% CI 0.35-0.95)",
]  # fmt: skip
F02_SOUND = [
    "RR 0.5 (95% CI 0.35-0.95)", "HR 0.9 (95% CI 0.9-1.2)", "difference -0.2 (95% CI -0.5 to 0.1)",
     "94% (95% CI 88-97)",
    "median onset 2 days (range 1-12)", "RR 0.4-0.6 (95% CI 0.35-0.95)", "RR 0.5 (95% CI 0.9-0.3)",
    "in 2019 (95% CI not given)", "n = 31; 95% CI not given", "median 14 days; in trial 2 (range 1-12)",
]  # fmt: skip


@pytest.mark.parametrize("text", F02_BROKEN)
def test_an_estimate_outside_its_interval_is_found(text: str) -> None:
    assert found("F02", page(f"- {text}"))


@pytest.mark.parametrize("text", F02_SOUND)
def test_an_estimate_within_its_interval_is_left_alone(text: str) -> None:
    assert not found("F02", page(f"- {text}"))


@pytest.mark.parametrize(
    ("row", "faults"),
    [("| CRS | **0.60-0.70** | 0.35-0.95 |", 0), ("| CRS | 0.2 | 0.35-0.95 |", 1), ("| CRS | ~0.2 | 0.35 to 0.95 |", 1),
     ("| CRS | not given | 0.35-0.95 |", 0), ("| CRS | 0.5 | not given |", 0), ("| CRS | 0.349 | 0.35-0.95 |", 1)],
)  # fmt: skip
def test_estimate_and_interval_in_two_columns_are_held_together(row: str, faults: int) -> None:
    assert len(found("F02", table("| Outcome | Relative Risk (RR) | 95% CI |", row))) == faults


def test_a_route_column_is_no_odds_ratio() -> None:
    assert not found("F02", table("| Drug | SC or IV | 95% CI |", "| x | 9 | 0.35-0.95 |"))


F03_BROKEN = [
    "Grade 4+ CRS: 3% (prophylaxis) vs 18% (control) - RR ~0.7", "Any ICANS: 17% versus 40% - **RR 0.3**",
    "10% against 25%, relative risk 0.5", "3% vs 18% (RR 0.17), 17% vs 40% (RR 0.83)",
]  # fmt: skip
F03_SOUND = [
    "Grade 4+ CRS: 3% (prophylaxis) vs 18% (control) - RR ~0.17", "Any ICANS: 17% vs 40% (historical) - **RR ~0.43**",
    "10% vs 25% (RR 2.5)", "10% vs 25%, odds ratio 0.33", "3% vs 18% (RR 0.17), 17% vs 40% (RR 0.43)",
    "10% vs 25%, RR 0.3-0.5", "94% had CRS, 13% of grade 3; RR 0.5 for death",
]  # fmt: skip


@pytest.mark.parametrize("text", F03_BROKEN)
def test_a_relative_risk_that_does_not_follow_is_found(text: str) -> None:
    assert found("F03", page(f"- {text}"))


@pytest.mark.parametrize("text", F03_SOUND)
def test_a_relative_risk_that_follows_within_rounding_is_left_alone(text: str) -> None:
    assert not found("F03", page(f"- {text}"))


def test_a_relative_risk_in_a_row_is_held_against_its_two_rates() -> None:
    head = "| Outcome | Drug | Control | RR | 95% CI |"
    assert found("F03", table(head, "| CRS | 3% | 18% | 0.7 | 0.1-0.9 |"))
    assert not found("F03", table(head, "| CRS | 3% | 18% | 0.17 | 0.1-0.9 |"))
    assert not found("F03", table(head, "| CRS | 3% | not given | 0.7 | 0.1-0.9 |"))


def test_the_message_shows_the_sum() -> None:
    (finding,) = found("F03", page("- 3% vs 18%, RR 0.7"))
    assert "3% against 18% is a ratio of 0.17" in finding.message
    assert '"RR 0.7"' in finding.message
