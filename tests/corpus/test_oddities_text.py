"""Headings, lists, signs and marks as people write them, one page for each oddity."""

import pytest
from reading_aids import blocks, ids, odd, page, tables, texts

from wardbook.corpus.reading import read_document
from wardbook.corpus.unit import units


def test_headings_of_all_sorts() -> None:
    document = odd("headings")
    assert document.title == "Alpha beta gamma"
    assert ids(document) == [
        ("", (1, 4)),
        ("Doses / first > second", (5, 8)),
        ('Doses / first > second > 2.1 "Quoted" names: what?', (9, 12)),
        ("Management", (13, 16)),
        ("Management > Indented by three", (17, 20)),
        ("Bold code <5 kg", (21, 25)),
    ]
    assert texts(document)[-1] == "#hashtag is no heading"


def test_setext_headings_and_an_author_line_above_a_rule() -> None:
    document = odd("setext")
    assert (document.title, document.title_from) == ("Page title", "heading")
    assert ids(document) == [("", (1, 6)), ("Dosing", (7, 10))]
    assert texts(document) == ["Written by A. Person", "Give 5 mg."]


def test_a_page_without_h1_begins_with_its_first_section() -> None:
    document = odd("no_h1")
    assert (document.title, document.title_from) == ("no_h1", "file name")
    assert ids(document) == [("First", (1, 4)), ("Second", (5, 7))]


def test_a_second_h1_stands_in_the_path() -> None:
    assert [name for name, _ in ids(odd("two_h1"))] == ["", "Dosing", "Second subject", "Second subject > Dosing"]


def test_the_same_heading_twice_gets_ids_of_its_own() -> None:
    names = [name for name, _ in ids(odd("same_headings"))]
    assert names == ["", "Dosing", "Dosing (2)", "Dosing (2) (2)", "Dosing (3)"]


def test_levels_that_slip() -> None:
    assert [name for name, _ in ids(odd("level_slips"))] == ["", "Deep first", "Disease", "Management"]


def test_a_plain_first_line_is_the_title() -> None:
    document = odd("first_line_title")
    assert (document.title, document.title_from) == ("Neutropenic fever", "first line")


def test_a_line_of_tags_is_no_title() -> None:
    document = page("#ward #drug/antiviral\n\nGive it early.\n")
    assert (document.title, document.title_from) == ("page", "file name")


def test_a_chart_in_a_fence_is_code_and_a_line_of_links_no_table() -> None:
    document = odd("fenced_chart")
    assert ids(document) == [("", (1, 2)), ("Flow", (3, 15))]
    assert texts(document, "code") == ["# not a heading\nfever -> yes | no\n  v", "## neither"]
    assert not tables(document)
    assert document.metadata.see_also == ("one", "two")


def test_comparisons_are_neither_tags_nor_quotes() -> None:
    document = odd("comparisons")
    assert texts(document) == [
        "Stop if <48 hours have passed or platelets fell >75 percent.",
        ">75 kg: 1 mg",
        "> 60 years: 2 mg",
        ">= 3 g: stop",
        "Give when the count is > 500 for three days, at most 10. Hb <baseline and weight >80 kg.",
        "<50 kg: 4 mg >50 kg: 5 mg",
        "A real quote of 6 mg.",
    ]
    assert [unit.quote for unit in units(document)][4:6] == [
        "Give when the count is > 500 for three days, at most 10.",
        "Hb <baseline and weight >80 kg.",
    ]
    assert blocks(document)[-1].kind == "quote"


@pytest.mark.parametrize("quote", ["> Never above 5 mg\n> 6 mg once", "> [!tip]\n> 5 mg", "> 5 mg daily\n> is enough"])
def test_real_quotes_stay_quotes(quote: str) -> None:
    assert {block.kind for block in blocks(page(f"Words.\n\n{quote}\n"))} == {"paragraph", "quote"}


def test_escapes_entities_and_look_alikes_are_what_they_mean() -> None:
    assert texts(odd("escapes")) == [
        "Level > 5, about ~6 [7], <8 and > 9, 10 → 11, 12 ≥ 13, 14 ≥ 15, a≥16, xy, 5 mg, 17 – 18."
    ]


def test_symbol_fonts_are_mapped_and_the_unknown_is_marked() -> None:
    assert texts(odd("symbol_fonts")) == ["Age ≥ 65, dose ≤ 5 mg, CK ↑, go → next, odd � 9."]


def test_powers_and_times_signs_keep_their_figures() -> None:
    document = odd("powers")
    assert texts(document, "paragraph") == [
        "2*10^6 to 3*10^6 cells, 10**6 to 10**7, 5mg*2 or 3mg*4, 10^9/L, 60^1, emphasis and H2O."
    ]
    found = units(document)
    assert "2*10^6 to 3*10^6 cells, 10**6 to 10**7, 5mg*2 or 3mg*4, 10<sup>9</sup>/L" in found[0].quote
    assert (found[1].text, found[1].quote) == ("Cells: 1*10^6 or 2*10^6", "1*10^6 or 2*10^6")


def test_struck_words_are_not_shown_as_if_they_held() -> None:
    document = odd("struck")
    assert texts(document, "paragraph") == ["Give ~~5 mg~~ 6 mg, ~~7 mg~~ 8 mg."]
    assert tables(document)[0].rows[0].cells[0].text == "~~1 mg~~ 2 mg"
    assert "<del>5 mg</del> 6 mg" in units(document)[0].quote


def test_footnotes_stay_where_they_stand_and_take_no_heading_in() -> None:
    document = odd("footnotes")
    assert [(block.text, block.lines) for block in blocks(document, "footnote")] == [
        ("Only in adults, not in children.", (5, 6)),
        ("Other.", (7, 7)),
    ]
    assert ids(document) == [("", (1, 7)), ("After", (8, 10))]


def test_a_callout_governs_what_stands_in_it() -> None:
    found = [(block.text, block.lead) for block in blocks(odd("callouts"))]
    assert found == [
        ("Above the maximum: Never more than 5 mg.", ()),
        ("not with food", ("Above the maximum",)),
        ("Note: Plain body.", ()),
    ]


def test_an_admonition_governs_what_stands_in_it() -> None:
    found = [(block.text, block.lead) for block in blocks(odd("admonitions"))]
    assert found == [
        ("Maximum", ()),
        ("Never more than 5 mg.", ("Maximum",)),
        ("not with food", ("Maximum",)),
        ("Folded 6 mg.", ("Note",)),
    ]


def test_the_title_of_a_content_tab_and_a_defined_term_govern_what_stands_under_them() -> None:
    found = [(block.text, block.lead) for block in blocks(odd("tabs"))]
    assert found == [
        ("Grade 1", ()),
        ("Drink 500 mL", ("Grade 1",)),
        ("Wait", ("Grade 1",)),
        ("Grade 2", ()),
        ("Drug | Dose\nSomedrug | 5 mg", ("Grade 2",)),
        ("Never twice.", ("Grade 2",)),
        ("Behind the tabs.", ()),
        ("Mild illness", ()),
        ("two signs or fewer", ("Mild illness",)),
        ("no fever: none for a day", ("Mild illness",)),
        ('=== "No content"', ()),
    ]


def test_comments_are_not_read_but_one_never_closed_hides_nothing() -> None:
    document = odd("comments")
    assert document.title == "Page"
    assert texts(document) == ["Seen too.", "After.", "<!-- never closed 3 mg", "4 mg"]
    assert ids(document) == [("", (1, 13)), ("Kept", (14, 16))]


def test_pictures_are_told() -> None:
    document = odd("images")
    assert texts(document) == [
        "[picture: Algorithm for fever]",
        "Words [picture] around [picture: plan.png].",
        "[picture: Second algorithm]",
    ]
    assert blocks(document)[0].kind == "image"


def test_links_of_all_sorts() -> None:
    document = odd("links")
    assert [(link.target, link.section, link.words, link.line) for link in document.links] == [
        ("Other", None, "Other", 3),
        ("folder/Other", None, "words", 3),
        ("Other", "Dosing", "Other", 3),
        ("../a/b.md", "Sec", "rel", 4),
        ("", "Here", "Here", 4),
    ]
    assert "[paper](https://doi.org/10.1016/S0140-6736(20)30183-5)" in units(document)[0].quote
    assert "[Maximum]: 400mg" in texts(document)


def test_a_dose_broken_by_a_hard_wrap_is_whole() -> None:
    document = odd("hard_wraps")
    assert texts(document) == ["Run at 50 mcg/hr and not above 200 mcg/hr.", "Load 5 mg/kg once", "next"]
    assert units(document)[0].quote == "Run at 50 mcg/hr and not above 200 mcg/hr."


def test_bullets_of_a_word_processor() -> None:
    document = odd("word_bullets")
    assert texts(document, "item") == [
        "First 1 mg", "Second 2 mg wrapped", "Third 3 mg", "Fourth", "Tabbed", "Nested",
    ]  # fmt: skip
    assert [block.lines for block in blocks(document)][:3] == [(3, 3), (4, 5), (7, 7)]


def test_what_governs_a_block() -> None:
    found = {block.text: block.lead for block in blocks(odd("leads"))}
    bold = "Refractory disease"
    assert found["a 1 mg"] == (bold, "Use one of")
    assert found["only at night"] == (bold, "Use one of", "a 1 mg")
    assert found["Drug | Dose\nb | 2 mg"] == (bold,)
    assert found["Background"] == (bold,), "a bold remark is no heading"
    assert found["Words."] == (bold, "Background")
    assert found["3 mg"] == (bold, "Drug c"), "bullets under a number, indented by two"
    assert found["4 mg"] == (bold, "Drug d")


def test_a_bold_line_stands_under_no_bold_line_before_it() -> None:
    document = page("# Page\n\n**First study**\n- a\n\n**Second study**\n- b\n")
    assert [(block.text, block.lead) for block in blocks(document)] == [
        ("First study", ()),
        ("a", ("First study",)),
        ("Second study", ()),
        ("b", ("Second study",)),
    ]


def test_a_rule_ends_what_a_bold_line_governs() -> None:
    assert blocks(page("**Adults**\n\nOne.\n\n---\n\nTwo."))[-1].lead == ()


def test_what_obsidian_hides_is_read_by_nobody() -> None:
    text = "# P\n\nGive 5 mg. %% old: 999 mg %% Then stop.\n\n%%\nnote to self: 888 mg\n%%\n\nHR 95%% of 100%% stays.\n"
    words = " ".join(block.text for block in blocks(page(text)))
    assert "999" not in words and "888" not in words
    assert "Give 5 mg." in words and "Then stop." in words and "95%% of 100%% stays" in words


def test_a_line_that_ends_in_a_colon_opens_the_table_behind_it_within_an_admonition_too() -> None:
    text = '=== "First line"\n\n    Somedrug, IV:\n\n    | CrCl | Dose |\n    |---|---|\n    | > 65 | 5 mg/kg |\n'
    (table,) = (block for block in blocks(read_document(text.encode(), "page")) if block.kind == "table")
    assert table.lead == ("First line", "Somedrug, IV")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("taper<sup>a</sup>", "taper a"),
        ("20 mg<sup>1</sup> daily", "20 mg 1 daily"),
        ("10<sup>6</sup>/kg", "10^6/kg"),
        ("5 mg/m<sup>2</sup>", "5 mg/m2"),
        ("2 cm<sup>3</sup>", "2 cm3"),
        ("Ca<sup>2+</sup>", "Ca2+"),
    ],
)
def test_the_raised_mark_of_a_note_is_no_part_of_the_word_before(written: str, read: str) -> None:
    page = f"# T\n\n<table><tr><th>A</th></tr><tr><td>{written}</td></tr></table>\n"
    (block,) = read_document(page.encode(), "t").sections[0].blocks
    assert block.text == f"A\n{read}"
