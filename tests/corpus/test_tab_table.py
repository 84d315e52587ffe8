"""Lines whose cells arrows part are the rows of a table, and lines of steps are none."""

from wardbook.corpus.tab_table import read_tab_table

ROWS = ["CrCl (mL/min)  →  % of dose  →  25 mg/m2 becomes", ">=80 → 100 → 25", "< 30 → 0 → stop, consultant"]


def test_arrows_part_the_cells_of_a_table() -> None:
    table = read_tab_table(ROWS, 4)
    assert table is not None
    assert table.columns == ("CrCl (mL/min)", "% of dose", "25 mg/m2 becomes")
    assert [cell.text for cell in table.rows[1].cells] == ["< 30", "0", "stop, consultant"]
    assert " ".join(cell.source for cell in table.rows[1].cells) == "< 30 → 0 → stop, consultant"
    assert table.rows[1].lines == (7, 7)


def test_steps_of_unequal_length_are_no_table() -> None:
    assert read_tab_table(["call → look → give", "no → wait", "yes → again → ICU"], 0) is None
    assert read_tab_table(["call → look", "no → wait", "yes → again"], 0) is None
