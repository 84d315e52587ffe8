"""What is spared a text without any sign that rules read changes nothing of how it is read."""

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_core import inline

from wardbook.corpus.markdown import parser
from wardbook.corpus.names import tokens
from wardbook.corpus.symbols import meant

WORDS = st.sampled_from("a B 10 mg - # : ! | . ~ [1] *b* `c` <d> &amp; \\ ]( %% _e_ http://f \n \t".split(" "))


def _by_all_rules() -> MarkdownIt:
    md = parser.__wrapped__()
    md.core.ruler.at("inline", inline)
    return md


BY_ALL_RULES = _by_all_rules()


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS | st.text(max_size=3), max_size=8).map(" ".join) | st.lists(WORDS, max_size=8).map("".join))
def test_inline_text_is_read_as_by_all_rules(text: str) -> None:
    found, expected = parser().parse(text), BY_ALL_RULES.parse(text)
    assert [token.as_dict() for token in found] == [token.as_dict() for token in expected]


def test_lines_of_plain_words_have_a_soft_break_between() -> None:
    (root,) = [token for token in parser().parse("5 mg daily\nfor 3 days") if token.type == "inline"]
    assert [token.type for token in root.children or []] == ["text", "softbreak", "text"]


def test_comparisons_are_meant_whatever_stands_around_them() -> None:
    assert meant("a >/= 5 and b < / = 6") == "a ≥ 5 and b ≤ 6"
    assert meant(r"$ \geq $ 5") == "≥ 5"
    assert meant("5 mg/kg") == "5 mg/kg"
    assert meant("\uf0b3 5 mg/kg") != "\uf0b3 5 mg/kg"


@given(st.text(max_size=20))
def test_ascii_is_split_into_the_words_that_any_text_is(text: str) -> None:
    assert tokens(text) == tokens(f"{text} é")[:-1]
