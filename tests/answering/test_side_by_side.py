"""Comparisons: a thing a column, every cell with the marker of the row that it stands in."""

from pathlib import Path

from answering.made import citations, evidence, hits_of, terms
from wardbook.answering.side_by_side import Compared, side_by_side

PAGE = """# Paralysis

| Drug | Dose | Onset | Avoid in |
| --- | --- | --- | --- |
| Zenoron 50 mg vial | 1.2 mg/kg | 60 s | - |
| Zenoron 100 mg vial | 1.3 mg/kg | 70 s | asthma |
| Marsitel | 1.5 mg/kg | 45 s | burns |
"""
ACROSS = "# Levels\n\n| Item | Zenoron | Marsitel |\n| --- | --- | --- |\n| Avoid in | asthma | burns |\n"
WORDS = "# Words\n\nZenoron is slow. Marsitel is quick.\n"


def compared(pages: dict[str, str], asked: str) -> list[Compared]:
    """Zenoron and Marsitel, with all that pages hold on each, as if asked for alone."""
    every = [evidence(one, at) for one in hits_of(pages) for at in range(len(one.units))]

    def on(name: str) -> Compared:
        subject = terms(name)
        named = [
            each for each in every if name in f"{each.unit.text} {' '.join(n for n, _ in each.unit.values)}".lower()
        ]
        return Compared(name, subject, (*subject, *terms(asked)), tuple(named))

    return [on("zenoron"), on("marsitel")]


def table(pages: dict[str, str], asked: str, folder: Path) -> list[str]:
    return side_by_side(compared(pages, asked), citations(folder, pages)).splitlines()


def test_the_column_asked_for_stands_alone_with_every_row_of_each_thing(tmp_path: Path) -> None:
    assert table({"p": PAGE}, "onset", tmp_path) == [
        "|  | zenoron | zenoron | marsitel |",
        "| --- | --- | --- | --- |",
        "|  | Zenoron 50 mg vial [1] | Zenoron 100 mg vial [2] | Marsitel [3] |",
        "| Onset | 60 s [1] | 70 s [2] | 45 s [3] |",
    ]


def test_a_dose_is_told_with_all_that_its_row_says(tmp_path: Path) -> None:
    lines = table({"p": PAGE}, "dose", tmp_path)
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| ", "| Dose", "| Onset", "| Avoid in"]


def test_things_that_are_columns_keep_the_rows_label(tmp_path: Path) -> None:
    assert table({"p": ACROSS}, "avoid", tmp_path)[2:] == ["| Avoid in | asthma [1] | burns [1] |"]


def test_statements_stand_beside_each_other_where_no_table_holds_both(tmp_path: Path) -> None:
    assert table({"p": WORDS}, "speed", tmp_path)[2:] == ["| Zenoron is slow. [1] | Marsitel is quick. [2] |"]


def test_where_one_thing_has_nothing_no_table_is_made(tmp_path: Path) -> None:
    only = {"p": "# Words\n\nZenoron is slow.\n"}
    assert table(only, "speed", tmp_path) == []


def test_every_column_stands_where_what_is_asked_is_named_by_none(tmp_path: Path) -> None:
    lines = table({"p": PAGE + "\nThe ratio of onset to weight is even.\n"}, "onset ratio", tmp_path)
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| ", "| Dose", "| Onset", "| Avoid in"]


RATES = """# Rates

| Drug | Any CRS |
| --- | --- |
| Zenoron | 83% |
| Marsitel | 93% |

## Outcome

| Drug | ORR | CR |
| --- | --- | --- |
| Zenoron | 72% | 32% |
| Marsitel | 96% | 80% |
"""
LABELLED = {
    "zenoron": "# Zenoron\n\n- Costimulatory domain: zenoron CD28\n- Vector: zenoron gamma\n",
    "marsitel": "# Marsitel\n\n- Target: marsitel, two domains\n- Vector: marsitel lenti\n"
    "- Costimulation: marsitel 4-1BB\n",
}


def test_the_table_that_has_the_column_asked_is_taken_and_initials_are_no_plural(tmp_path: Path) -> None:
    assert table({"p": RATES}, "CR", tmp_path)[2:] == ["| CR | 32% [1] | 80% [2] |"]


def test_statements_whose_labels_begin_alike_stand_beside_each_other(tmp_path: Path) -> None:
    assert table(LABELLED, "domain vector", tmp_path)[2:] == [
        "| Costimulatory domain: zenoron CD28 [1] | Costimulation: marsitel 4-1BB [3] |",
        "| Vector: zenoron gamma [2] | Vector: marsitel lenti [4] |",
    ]
