from lint.made_pages import page
from wardbook.corpus.reading import read_document
from wardbook.lint.prose import pieces, raw_lines


def raw(text: str) -> list[tuple[int, str]]:
    return [(line, words) for line, words in raw_lines(read_document(text.encode(), "a")) if words.strip()]


def test_front_matter_and_code_are_left_out_and_lines_are_the_files() -> None:
    assert raw("---\na: b\n---\n\none\n\n```\nx\n```\n  ~~~\ny\n  ~~~\ntwo") == [(5, "one"), (13, "two")]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert raw("---\nwords 10mg\n---\nmore")[1] == (2, "words 10mg")
    assert raw("---\nno end: here")[1] == (2, "no end: here")


def test_addresses_are_blanked_without_moving_a_character() -> None:
    line = "see [this](a.md) and [[b#c|words]] or `code` at https://x.org/1 <b>bold</b>"
    (found,) = raw(line)
    assert len(found[1]) == len(line)
    assert found[1].replace("\0", "") == "see [this and words]] or  at  bold"


def test_pieces_know_their_first_line() -> None:
    text = page("One sentence here. Another one\nis wrapped. A third.\n\n- item\n\n| A | B |\n| --- | --- |\n| 1 | 2 |")
    found = [(piece.line, piece.text) for piece in pieces(read_document(text.encode(), "a"))]
    assert found == [
        (9, "One sentence here."),
        (9, "Another one is wrapped."),
        (10, "A third."),
        (12, "item"),
        (16, "1 | 2"),
    ]
