"""What holds for every page."""

import re
from html import unescape

from hypothesis import example, given, settings
from hypothesis import strategies as st
from random_pages import rough_pages, tidy_pages, words

from wardbook.corpus.document import Document
from wardbook.corpus.lines import split_lines
from wardbook.corpus.passage import passages
from wardbook.corpus.reading import read_document
from wardbook.corpus.source import stands
from wardbook.corpus.unit import units

WINDOW = 40


def count(text: str) -> int:
    return len(text.split())


def read(text: str) -> Document:
    return read_document(text.encode(), "folder/page")


def outsider(text: str) -> str:
    """Normalise as somebody would who knows nothing of the reader: marks of quotes and comparisons alike left out."""
    text = re.sub(r"</?[a-z]+>", "", re.sub(r"</?t[a-z]+>", " ", text))
    return re.sub(r"\s+", " ", re.sub(r"\|", " ", re.sub(r"[*_`]", "", re.sub(r">", " ", text)))).strip()


def test_words_are_the_same_to_an_outsider() -> None:
    assert outsider("> **a** | b") == "a b"


@given(rough_pages)
@settings(max_examples=150, deadline=None)
def test_every_line_lies_in_exactly_one_section(text: str) -> None:
    document = read(text)
    assert document.lines == split_lines(text)
    covered = [line for section in document.sections for line in range(section.lines[0], section.lines[1] + 1)]
    assert covered == list(range(1, max(len(document.lines), 1) + 1))


@given(rough_pages)
@settings(max_examples=150, deadline=None)
def test_blocks_lie_within_their_section_and_in_order(text: str) -> None:
    document = read(text)
    for section in document.sections:
        last = 0
        for block in section.blocks:
            assert section.lines[0] <= block.lines[0] <= block.lines[1] <= section.lines[1]
            assert block.lines[0] >= last
            last = block.lines[0]
            if block.table is not None:
                for row in block.table.rows:
                    assert block.lines[0] <= row.lines[0] <= row.lines[1] <= block.lines[1]
                    assert len(row.cells) == len(block.table.columns)


@given(rough_pages)
@example("dose:\n[^1]:\n# dose")
@example("dose:\n[^1]:\ndose")
@settings(max_examples=150, deadline=None)
def test_quotes_stand_in_their_lines(text: str) -> None:
    document = read(text)
    for unit in units(document):
        assert stands(unit.quote, document.text_of(unit.lines)), unit


@given(tidy_pages)
@settings(max_examples=100, deadline=None)
def test_quotes_stand_to_an_outsider(text: str) -> None:
    document = read(text)
    for unit in units(document):
        if unit.kind != "code":
            assert outsider(unit.quote) in outsider(document.text_of(unit.lines)), unit


def said(document: Document) -> str:
    texts = [block.text for section in document.sections for block in section.blocks]
    return " ".join([document.title, *(words for section in document.sections for words in section.path), *texts])


@given(rough_pages)
@settings(max_examples=200, deadline=None)
def test_no_word_of_the_page_is_lost(text: str) -> None:
    shown = said(read(text))
    source = re.sub(
        r"\]\([^)]*\)|\[\[[^\]|]*\||</?[a-zA-Z]+>|!!! \w+|\[\^1\]", " ", re.sub(r"```.*|~~~.*", " ", unescape(text))
    )
    for word in re.findall(r"[A-Za-z0-9]{4,}", source):
        assert word in shown, word


@given(rough_pages)
@settings(max_examples=150, deadline=None)
def test_figures_are_neither_joined_nor_made_up(text: str) -> None:
    shown = re.findall(r"\d+", said(read(text)))
    held = set(re.findall(r"\d+", text)) | {str(at) for at in range(100)}
    assert set(shown) <= held


@given(rough_pages)
@settings(max_examples=100, deadline=None)
def test_passages_fit_and_split_no_row(text: str) -> None:
    document = read(text)
    rows = {
        (section.id, row.lines)
        for section in document.sections
        for block in section.blocks
        if block.table is not None
        for row in block.table.rows
    }
    for passage in passages(document, count, WINDOW):
        assert all(count(window) <= WINDOW for window in passage.windows) or count(passage.windows[0]) > WINDOW // 2
        if passage.kind == "row":
            assert (passage.section, passage.lines) in rows
        for section, (first, last) in rows:
            if section == passage.section and passage.lines[0] <= first <= passage.lines[1]:
                assert last <= passage.lines[1]


@given(rough_pages)
@settings(max_examples=60, deadline=None)
def test_reading_again_gives_the_same(text: str) -> None:
    assert read(text) == read(text)
    assert units(read(text)) == units(read(text))


@given(tidy_pages, words)
@settings(max_examples=80, deadline=None)
def test_ids_are_distinct_and_stay_when_a_section_is_added_at_the_end(text: str, heading: str) -> None:
    before = [section.id for section in read(text).sections]
    after = [section.id for section in read(f"{text}\n\n## {heading}\n\nAdded.\n").sections]
    assert len(set(after)) == len(after)
    assert after[: len(before)] == before


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused_with_a_mend(data: bytes) -> None:
    from wardbook.errors import CorpusError

    try:
        document = read_document(data, "page")
    except CorpusError as refusal:
        assert refusal.mend and "page.md" in refusal.reason
    else:
        assert document.sections
