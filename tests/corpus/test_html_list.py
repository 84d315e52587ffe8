"""Lists in HTML are read item by item, each with its own lines."""

from wardbook.corpus.html_list import html_items

TERMS = """<dl>
<dt>Low IgG</dt><dd>0.4 g/kg</dd>
<dt>Bleeding</dt>
<dd>1.1 g/kg, once</dd>
</dl>
"""


def test_a_term_stands_with_what_is_said_of_it() -> None:
    assert [(each.text, each.first, each.last) for each in html_items(TERMS)] == [
        ("Low IgG: 0.4 g/kg", 1, 1),
        ("Bleeding: 1.1 g/kg, once", 2, 3),
    ]


def test_words_around_a_list_stay() -> None:
    found = html_items("<p>Give:</p><ul><li>one</li><li>two</li></ul><p>Then stop.</p>")
    assert [(each.text, each.is_item) for each in found] == [
        ("Give:", False), ("one", True), ("two", True), ("Then stop.", False),
    ]  # fmt: skip


def test_lists_in_lists_and_a_single_item_are_none() -> None:
    assert html_items("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>") == ()
    assert html_items("<ul><li>a</li></ul>") == ()
    assert html_items("<p>words</p>") == ()
