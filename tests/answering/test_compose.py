"""The text of an answer: every statement ends in its markers, and only markers look like markers."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answering.made import citations, evidence, hit, hits_of, unit
from wardbook.answering.compose import MOST_TEXT, compose, marked, name_sections, not_found_text, plain_words
from wardbook.answering.evidence import Evidence
from wardbook.answering.reference_marks import without_references
from wardbook.corpus.unit import sentences

PAGE = """# Anakinra

## Use

Anakinra helps in fever [3][4]. It does not help in rash [5, 6].

- **First line:** fluids [^1]
- Half-life: 4-6 h.

## Grades

| Finding | Grade 1 | Grade 2 |
|---|---|---|
| Fever | at least 38 °C | at least 39 °C |

| Item | Value |
|---|---|
| Storage | 2-8 °C [7] |
"""


def units_of(text: str = PAGE, page: str = "drugs/anakinra") -> list[Evidence]:
    return [evidence(section, at) for section in hits_of({page: text}) for at in range(len(section.units))]


def composed(tmp_path: Path, *grades: int, text: str = PAGE) -> str:
    return compose(units_of(text), citations(tmp_path, {"drugs/anakinra": text}), grades)


def test_every_sentence_ends_in_its_markers(tmp_path: Path) -> None:
    for line in composed(tmp_path).splitlines():
        for begin, end in sentences(re.sub(r"(?<=[.!?]) (?=\[\d+\])", "", line)):
            assert re.search(r"\[\d+\]$", line[begin:end].rstrip()) or line.rstrip().endswith("]")
        assert re.fullmatch(r"- .+\[\d+\]", line)


def test_marks_of_the_page_never_look_like_markers(tmp_path: Path) -> None:
    made = citations(tmp_path, {"drugs/anakinra": PAGE})
    text = compose(units_of(), made)
    numbers = {int(number) for number in re.findall(r"\[\^?(\d+)", text)}
    assert numbers == {citation.n for citation in made.listed}
    assert [citation.n for citation in made.listed] == list(range(1, len(made.listed) + 1))
    assert "[3][4]" in made.listed[0].quote


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Helps [3][4].", "Helps."),
        ("Helps [5, 6] well [7-9].", "Helps well."),
        ("Helps [^1]; then [12](#ref-12).", "Helps; then."),
        ("Bracketed [see below] stays", "Bracketed [see below] stays"),
        ("Interval [0.3-0.9] stays", "Interval [0.3-0.9] stays"),
    ],
)
def test_marks_of_references_are_left_out(words: str, left: str) -> None:
    assert without_references(words) == left


def test_an_interval_in_brackets_is_no_reference_mark() -> None:
    assert without_references("n=40, median 62 [18-75] years") == "n=40, median 62 [18-75] years"


def test_a_row_of_two_columns_says_of_what(tmp_path: Path) -> None:
    assert "- Grades — Storage: 2-8 °C [" in composed(tmp_path)


def test_only_the_columns_of_the_grades_asked_for_are_given(tmp_path: Path) -> None:
    one = composed(tmp_path, 2)
    assert "39 °C" in one
    assert "38 °C" not in one
    assert {"38 °C", "39 °C"} <= set(re.findall(r"\d+ °C", composed(tmp_path)))


def test_a_single_statement_is_no_bullet(tmp_path: Path) -> None:
    text = "# Anakinra\n\nAnakinra helps.\n"
    assert composed(tmp_path, text=text) == "Anakinra helps. [1]"


def test_of_several_pages_each_statement_names_its_own(tmp_path: Path) -> None:
    pages = {"drugs/anakinra": "# Anakinra\n\nHelps in fever.\n", "events/crs": "# CRS\n\nBegins with fever.\n"}
    chosen = [evidence(each) for each in hits_of(pages) if each.units]
    text = compose(chosen, citations(tmp_path, pages))
    assert text == "- Anakinra: Helps in fever. [1]\n- CRS: Begins with fever. [2]"


def test_words_that_no_longer_stand_are_left_out(tmp_path: Path) -> None:
    made = citations(tmp_path, {"drugs/anakinra": PAGE.replace("helps in fever", "helps in cough")})
    text = compose(units_of(), made)
    assert "fever" not in text
    assert "It does not help in rash. [1]" in text
    assert made.moved == ["drugs/anakinra"]


def test_nothing_left_is_no_text(tmp_path: Path) -> None:
    assert compose(units_of(), citations(tmp_path, {"drugs/anakinra": "# Anakinra\n"})) == ""
    assert compose([], citations(tmp_path, {"drugs/anakinra": PAGE})) == ""


def test_the_words_above_a_bullet_go_before_it(tmp_path: Path) -> None:
    text = "# Anakinra\n\n**Not in these:**\n\n- Sepsis\n- Pregnancy\n"
    assert "- Not in these: Sepsis [" in composed(tmp_path, text=text)


def test_the_text_is_bounded(tmp_path: Path) -> None:
    text = "# Anakinra\n\n" + "\n\n".join(f"Fact {at} " + "word " * 60 + "ends." for at in range(9)) + "\n"
    assert 300 < len(composed(tmp_path, text=text)) <= MOST_TEXT


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["Dose 4.5 mg.", "See e.g. Dr. X.", "Not so!", "is it?", "CI 0.3-0.9."]), min_size=1))
def test_marking_adds_markers_and_nothing_else(pieces: list[str]) -> None:
    words = " ".join(pieces)
    text = marked(words, 2, 1)
    assert text.replace(" [2][1]", "") == words
    assert text.endswith("[2][1]")


def test_nearest_sections_are_named_and_no_fact_is_stated() -> None:
    here = hit(unit("Give 5 mg."), path=("Dosing", "Children"))
    there = hit(unit("Fever."), title="CRS", path=())
    assert name_sections([here, there]) == "Anakinra > Dosing > Children; CRS"
    assert not_found_text("Nothing", [here]) == "Nothing. Nearest sections: Anakinra > Dosing > Children."
    assert not_found_text("Nothing", []) == "Nothing."


def test_figures_above_a_statement_are_cited_where_they_stand(tmp_path: Path) -> None:
    above = "# Score\n\n## Safety in 3 trials\n\nTwo or more within 7 days:\n\n- uric acid high\n\n"
    text = f"{above}| A | B |\n|---|---|\n| rash | common |\n"
    made = citations(tmp_path, {"drugs/anakinra": text})
    words = compose(units_of(text), made)
    assert "- Two or more within 7 days: uric acid high [1][2]" in words
    assert "- Safety in 3 trials — rash — B: common [3][4]" in words
    assert made.listed[3].quote == "Safety in 3 trials"


def test_a_figure_without_its_zero_is_not_glued_to_the_word_before_it() -> None:
    assert without_references("Give lorazepam .1 mg/kg [3] , once [4] .") == "Give lorazepam .1 mg/kg, once."


def test_a_heading_that_tells_a_dose_is_not_named_as_near() -> None:
    here = hit(unit("Give 5 mg."), title="Seizures", path=("Status", "Third line: 4 mg every 20 min", "Children"))
    assert name_sections([here, here]) == "Seizures > Status"


def test_a_heading_with_a_figure_is_not_named_where_lines_are_cited() -> None:
    here = hit(unit("Any."), title="Rates", path=("Infections (per 100 patients, grade 3+)",))
    there = hit(unit("Fever."), title="CRS", path=("Watch",))
    assert name_sections([here, there]) == "Rates > Infections (per 100 patients, grade 3+); CRS > Watch"
    assert name_sections([here, there], [(), (1,)]) == "Rates; CRS > Watch [1]"


def test_a_heading_that_retires_its_section_goes_with_every_line(tmp_path: Path) -> None:
    text = "# Score\n\n## Old page (superseded 2024)\n\n- Give 20 mg\n\n## Now\n\n- Give 15 mg\n"
    made = citations(tmp_path, {"drugs/anakinra": text})
    words = compose(units_of(text), made)
    assert "- Old page (superseded 2024): Give 20 mg [1][2]" in words
    assert "- Give 15 mg [3]" in words


def test_words_of_a_cell_shared_with_a_row_above_are_cited_there_too(tmp_path: Path) -> None:
    rows = '<tr><td>a 25 units</td><td rowspan="2">with b 10 mg</td></tr>\n<tr><td>a 35 units</td></tr>'
    text = f"# P\n\n<table>\n<tr><th>Dose</th><th>Note</th></tr>\n{rows}\n</table>\n"
    (one,) = hits_of({"p": text})
    made = citations(tmp_path, {"p": text})
    assert compose([evidence(one, 1)], made).endswith("[1][2]")
    assert [each.lines for each in made.listed] == [(6, 6), (5, 5)]


def test_a_cell_of_marks_alone_is_left_out_with_its_columns_name() -> None:
    values = (("Drug", "zenor"), ("Dose", "5 mg"), ("Route", "IV"), ("Source", "[4]"))
    row = unit("zenor — Dose: 5 mg; Route: IV; Source: [4]", "row", values=values)
    assert plain_words(row) == "zenor — Dose: 5 mg; Route: IV"
