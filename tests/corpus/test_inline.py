"""Plain words are read without the parser, and come out as the parser would have them."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from wardbook.corpus.inline import inline_words, read_inline
from wardbook.corpus.markdown import parse_inline

PIECES = st.sampled_from(
    ["10", "mg", "/", ".", "'", "(c)", "(tm)", "...", "--", "+-", "www.a.org", "a.org", "x", "1.5", ",", ";", "%", " ",
     "  ", "-", "http", "&amp", "*", "_", "5x3", "it's", "\\", "\n", "(r)", "1/2", "e.g.", "[3]", "[4, 5]",
     "[", "]", "(x)", "!", "<5", "< ", "<", "<b>", " & ", "[^1]"]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=9).map("".join))
@example("100 mg (max. 400 mg/day)")
def test_plain_words_are_what_the_parser_reads(text: str) -> None:
    assert inline_words(text) == read_inline(parse_inline(text))
