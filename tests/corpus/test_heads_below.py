"""What stands under a list without a blank line and heads what follows is none of the words of its last item."""

import pytest
from reading_aids import blocks, page


@pytest.mark.parametrize("label", ["**Adults**", "__Adults:__", "Adults:", "**Adults**:"])
def test_a_bold_line_or_label_under_an_item_heads_the_next_list(label: str) -> None:
    found = [
        (block.text, block.lead) for block in blocks(page(f"**Children**\n- zenor 5 mg\n{label}\n- zenor 50 mg\n"))
    ]
    assert found[1] == ("zenor 5 mg", ("Children",))
    assert found[-1][0] == "zenor 50 mg" and found[-1][1][-1] == "Adults"


@pytest.mark.parametrize(
    "text",
    [
        "- zenor 5 mg\nadults:\n- next\n",
        "- zenor 5 mg\n  **once**\n- next\n",
        "- zenor is given at night, after food, with water, slowly and\n**never faster**\n- next\n",
        "- zenor 5 mg\nAt night only.\n- next\n",
    ],
)
def test_wrapped_words_of_an_item_stay_its_own(text: str) -> None:
    assert len(blocks(page(text), "item")) == 2 and not blocks(page(text), "paragraph")


def test_a_bold_line_right_above_its_text_heads_what_follows() -> None:
    text = "**Zenor**\n\n| A | B |\n|---|---|\n| x | y |\n\n**Bexane**\nGive it warm.\n\nStop when clear.\n"
    found = [(block.text, block.lead, block.lines) for block in blocks(page(text), "paragraph")]
    assert found[1:] == [
        ("Bexane", (), (7, 7)),
        ("Give it warm.", ("Bexane",), (8, 8)),
        ("Stop when clear.", ("Bexane",), (10, 10)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "**Never give zenor to anyone.**\nAsk first.\n",
        "**Zenor**\nis given warm.\n",
        "**Zenor** is warm.\nGive it.\n",
        "**Zenor is to be given warm and slowly by two trained nurses**\nAfterwards wait.\n",
    ],
)
def test_bold_words_that_the_text_goes_on_are_no_heading(text: str) -> None:
    assert len(blocks(page(text))) == 1
