"""A row by columns of weight answers for none that it has no column for."""

from pathlib import Path

from answering.made import ask, unit
from real_index import assistant_over
from wardbook.answering.other_weights import is_of_other_weights

ROW = unit(
    "< 100 | 1,500 mg | 2,000 mg",
    "row",
    values=(("Hb", "< 100"), ("35-69 kg", "1,500 mg"), ("70 kg or more", "2,000 mg")),
)


def test_a_weight_outside_all_columns_is_none_of_the_rows() -> None:
    assert is_of_other_weights(ask("iron for 30 kg, hb 80"), ROW)
    assert not is_of_other_weights(ask("iron for 50 kg, hb 80"), ROW)
    assert not is_of_other_weights(ask("iron, hb 80"), ROW)
    assert not is_of_other_weights(ask("iron for 30 kg"), unit("< 100 | 5 mg", "row", values=(("Hb", "<"), ("a", "5"))))


def test_the_line_for_that_weight_answers(tmp_path: Path) -> None:
    page = (
        "# Zelimetal\n\n## Total dose\n\n| Hb g/L | 35-69 kg | 70 kg or more |\n|---|---|---|\n"
        "| < 100 | 1,500 mg | 2,000 mg |\n| 100 or more | 1,000 mg | 1,500 mg |\n\n"
        "Under 35 kg: 500 mg in total, any Hb.\n"
    )
    told = assistant_over(tmp_path, {"zelimetal": page}).ask("zelimetal 30 kg hb 80").text
    assert "1,500 mg" not in told
