"""Tables as people write them: no cell changes its column, no row its group, no row is taken for a header."""

from reading_aids import blocks, groups, ids, odd, page, rows, tables, texts

from wardbook.corpus.unit import units


def test_cells_of_a_pipe_table() -> None:
    table = tables(odd("pipe_cells"))[0]
    assert table.columns == ("Drug", "Dose", "Note", "")
    assert rows(table) == [
        ["a", "5 mg\n10 mg", "x | y", ""],
        ["b words", "<5 mg", "link", ""],
        ["c", "", "", ""],
        ["d", "7 mg", "", ""],
        ["e", "8 mg", "late", "surplus"],
    ]
    assert [row.lines for row in table.rows] == [(at, at) for at in range(5, 10)]
    assert [row.ragged for row in table.rows] == [False, False, False, True, True]
    assert table.rows[1].cells[0].links == ("drugs/b",)
    assert table.rows[0].cells[2].source == "x \\| y"
    assert (table.lines, table.header_lines) == ((3, 9), (3, 3))


def test_missing_outer_pipes() -> None:
    document = odd("pipes_without_outer")
    assert rows(tables(document)[0]) == [["a", "5 mg"], ["b", "6 mg"]]
    assert texts(document, "paragraph") == ["Not a row any more."]


def test_a_delimiter_row_of_another_width() -> None:
    first, second = tables(odd("pipes_delimiter_mismatch"))
    assert (first.columns, rows(first)) == (("Drug", "Dose", "Route"), [["a", "5 mg", "IV"]])
    assert (second.columns, rows(second)) == (("Drug", "Dose"), [["b", "6 mg"]])


def test_tables_in_lists_and_quotes() -> None:
    document = odd("pipes_nested")
    assert [(table.columns, rows(table), table.lines) for table in tables(document)] == [
        (("Drug", "Dose"), [["a", "1 mg"]], (5, 7)),
        (("Drug", "Dose"), [["b", "2 mg"]], (8, 10)),
        (("Drug", "Dose"), [["c", "3 mg"]], (14, 16)),
    ]
    assert blocks(document, "table")[0].lead == ("In a list:",)


def test_no_blank_line_before_a_table() -> None:
    document = odd("pipes_no_blank_before")
    assert [rows(table) for table in tables(document)] == [[["a", "1 mg"]], [["b", "2 mg"]]]
    assert [block.lines for block in blocks(document, "table")] == [(4, 6), (10, 12)]
    assert texts(document, "item") == ["bullet above", "nested"]


def test_group_rows_of_a_pipe_table_and_remarks_that_are_none() -> None:
    document = odd("pipe_groups")
    table = tables(document)[0]
    assert groups(table) == ["Loading", "Maintenance", "Maintenance", "Maintenance", "Maintenance"]
    assert [row[0] for row in rows(table)] == ["a", "b", "Do not exceed 9 mg.", "c", "Last"]
    assert "Loading\na | 1 mg | IV\nMaintenance\nb | 2 mg | PO" in texts(document)[0]


def test_a_header_of_numbers_names_nothing() -> None:
    first, second = tables(odd("pipe_header_numbers"))
    assert (first.columns, rows(first), first.header_lines) == (("Drug", "Dose"), [["a", "1 mg"]], (3, 3))
    assert (second.columns, rows(second)) == (("", ""), [["Route", "IV"], ["Maximum", "9 mg"]])


def test_spans_put_each_cell_in_its_column() -> None:
    table = tables(odd("html_spans"))[0]
    assert rows(table) == [
        ["Beta", "a", "1 mg", "*1 mg"],
        ["*Beta", "b", "2 mg", "3 mg"],
        ["Gamma", "c", "4 mg", "5 mg"],
        ["Delta", "", "*4 mg", ""],
        ["Eta", "e", "6 mg", "7 mg"],
    ]
    assert [row.lines for row in table.rows] == [(at, at) for at in range(5, 10)]
    assert [row.ragged for row in table.rows] == [False, False, False, True, False]


def test_groups_titles_and_remarks_of_an_html_table() -> None:
    document = odd("html_groups")
    table = tables(document)[0]
    assert (table.columns, table.header_lines) == (("Drug", "Dose", "Route"), (3, 3))
    assert groups(table) == ["Class one", "Class one", "Class two"]
    assert [unit.text for unit in units(document)] == [
        "Doses in adults",
        "Class one: a — Dose: 1 mg; Route: IV",
        "Class one: Reduce by half when the liver fails.",
        "Class two: b — Dose: 2 mg; Route: PO",
    ]
    assert blocks(document, "table")[0].lead == ("Doses in adults",)
    assert [block.lines for block in blocks(document)] == [(2, 2), (3, 9)]


def test_stacked_headers_and_a_span_that_leaves_the_head() -> None:
    first, second = tables(odd("html_stacked_header"))
    assert (first.columns, rows(first)) == (("Drug", "Dose / Day 1", "Dose / Day 2"), [["a", "1 mg", "2 mg"]])
    assert (second.columns, rows(second)) == (("Drug", "Dose"), [["b", "3 mg"]])


def test_a_second_header_begins_a_table_of_its_own() -> None:
    first, second = tables(odd("html_late_header"))
    assert (first.columns, rows(first), first.lines) == (("Drug", "Start"), [["a", "1 mg"]], (1, 3))
    assert (second.columns, rows(second), second.lines) == (("Drug", "Maintenance"), [["a", "2 mg"]], (4, 6))


def test_a_first_row_is_a_header_only_where_it_can_be_nothing_else() -> None:
    named, across, plain = tables(odd("html_no_header"))
    assert (named.columns, rows(named)) == (("Drug", "Dose"), [["a", "1 mg"]])
    assert (across.columns, rows(across)[0]) == (("", ""), ["Route", "IV"])
    assert (plain.columns, len(plain.rows)) == (("", ""), 2)


def test_a_first_row_of_labels_is_the_header_and_so_are_two_that_complete_each_other() -> None:
    found = [(table.columns, rows(table)[0]) for table in tables(odd("unmarked_header"))]
    assert found == [
        (("", "Demand", "Lockout", "4 h limit"), ["a", "1mg", "10 min", "20mg"]),
        (
            ("Low", "Intermediate", "High"),
            ["solid tumour, myeloma", "leukaemia with few cells, lymphoma", "Burkitt, leukaemia with many cells"],
        ),
        (("Drug", "CrCl / >60", "CrCl / <30"), ["a", "2g q8h", "2g q24h"]),
        (("Drug", "CrCl / >60", "CrCl / <30", "HD"), ["a", "2g q8h", "2g q24h", "1g"]),
        (("", "Adult", "Child"), ["Dose", "1 mg", "2 mg"]),
        (("Opioid", "IV", "PO"), ["a", "10", "30"]),
    ]


def test_a_first_row_like_those_below_it_is_no_header() -> None:
    found = [(table.columns, len(table.rows)) for table in tables(odd("unmarked_no_header"))]
    assert found == [
        (("", "", ""), 3),
        (("", "", ""), 2),
        (("Drug", "Day 1", "", "Note"), 2),
        (("", "", ""), 2),
        (("", "", ""), 3),
    ]


def test_row_heads() -> None:
    table = tables(odd("html_row_heads"))[0]
    assert table.columns == ("", "Grade 1", "Grade 2")
    assert rows(table) == [["Dose", "1 mg", "2 mg"], ["Route", "PO", "IV"]]


def test_what_stands_in_html_cells() -> None:
    document = odd("html_cells")
    block = blocks(document, "table")[0]
    assert block.lead == ("Table 1. Points by age",)
    assert tables(document)[0].columns == ("Drug", "Dose")
    assert rows(tables(document)[0]) == [
        ["WBC >15\nAge ≥60", "1 point\n2 points"],
        ["Hb <baseline and weight >75 kg", "≤5 mg\n2×10^6/kg"],
        ["5 10", "x w"],
    ]
    assert [row.lines for row in tables(document)[0].rows] == [(5, 9), (10, 10), (11, 11)]
    assert texts(document, "html") == ["Table 1. Points by age"]


def test_broken_markup() -> None:
    document = odd("html_broken")
    table = tables(document)[0]
    assert (table.columns, rows(table)) == (("Drug", "Dose"), [["a", "1 mg"], ["b", "2 mg<!-- never closed"]])
    assert texts(document, "html") == ["Trailing 3 mg."]


def test_a_table_never_closed_takes_no_more_than_its_own() -> None:
    document = odd("html_never_closed")
    assert ids(document) == [("", (1, 8)), ("Next", (9, 11))]
    assert [rows(table) for table in tables(document)] == [[["a", "1 mg"]], [["b", "2 mg"]], [["c", "3 mg"]]]
    assert texts(document, "paragraph") + texts(document, "html") == ["Words below.", "Between"]


def test_html_around_tables_and_headings() -> None:
    document = odd("html_wrapped")
    assert [(rows(table), table.lines) for table in tables(document)] == [
        ([["a", "1 mg"]], (2, 2)),
        ([["b", "2 mg"]], (5, 8)),
        ([["c", "3 mg"]], (11, 11)),
    ]
    assert [name for name, _ in ids(document)] == ["", "Dosing"]
    assert texts(document)[-1] == "More\nInside 4 mg"


def test_cells_in_a_sentence_are_not_joined() -> None:
    assert texts(page("See <table><tr><td>5</td><td>10</td></tr></table> here.")) == ["See\n5 10\nhere."]


def test_a_bullet_that_ends_its_list_with_a_colon_opens_the_table_behind_it() -> None:
    listed = "# P\n\n- Oxygen first\n- Antibiotics when febrile:\n\n"
    table = "| Drug | Dose |\n| --- | --- |\n| a | 1 mg |\n\n"
    text = f"{listed}{table}After.\n\n{table}"
    first, second = blocks(page(text), "table")
    assert (first.lead, second.lead) == (("Antibiotics when febrile",), ())


def test_a_cell_that_a_rowspan_stretches_is_quoted_from_where_it_stands() -> None:
    rows_ = [
        '<tr><td rowspan="2">Bleed</td><td>a 25 units</td><td rowspan="2">with b 10 mg</td></tr>',
        "<tr><td>a 35 units</td></tr>",
    ]
    text = "\n".join(["# P", "", "<table>", "<tr><th>For</th><th>Dose</th><th>Note</th></tr>", *rows_, "</table>", ""])
    first, second = units(page(text))
    assert first.shared == ()
    assert second.shared == (("with b 10 mg", "with b 10 mg", (5, 5)),)
    assert second.lines == (6, 6)


def test_words_beside_an_html_table_are_quoted_whole_where_they_hold_entities() -> None:
    table = "<table><tr><th>Drug</th><th>Dose</th></tr><tr><td>a</td><td>1 mg</td></tr></table>"
    found = units(page(f"{table} Stop at &lt;5 g, not above.\n"))
    assert (found[-1].text, found[-1].quote) == ("Stop at <5 g, not above.", "Stop at &lt;5 g, not above.")


def test_an_escaped_pipe_is_one_in_code_too() -> None:
    cell = tables(page("| A | B |\n|---|---|\n| `x \\| y` | [[c\\|d]] |\n"))[0].rows[0].cells
    assert [each.text for each in cell] == ["x | y", "d"]
    assert cell[0].source == "`x \\| y`"
