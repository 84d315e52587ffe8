"""Names of one page that are those of different things on it."""

from pathlib import Path

from real_index import assistant_over

SCORES = """---
title: Vetch scores
aliases: [OMBREX, VEXIA, TORVAL]
---
# Vetch scores

Taken on admission, and none of them decides alone.

## OMBREX

For blight and rust.

| Feature | 0 points | 1 point |
|---|---|---|
| Leaves | green | brown |
| Stem | firm | soft |

## VEXIA

VEXIA = leaves x stem / root.

## TORVAL and rust

TORVAL was made for other vetches. We do not use it.
"""


def test_a_line_on_one_score_is_none_on_another_of_the_page(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"scores": SCORES}).ask
    assert "VEXIA = leaves" in ask("VEXIA score what is it").text
    assert "brown" not in ask("how many points does each feature of TORVAL get?").text
    assert "brown" in ask("how many points does each feature of OMBREX get?").text


ONE = """---
title: Vetch blight reaction
aliases: [VBR, vetch storm]
---
# Vetch blight reaction (VBR)

## Onset
Median day 4.

## Grading

| Grade | Leaves | Roots |
|---|---|---|
| 1 | none | none |
| 2 | spotted with rust | soft |
| 3 | shed within a day | hollow |
"""
OTHER = """# Yield of vetches

## Outcome
- above 30: high; grade 3+ VBR 24% vs 5% in the low group
- below 6: low; grade 3+ VBR 5%
"""


def test_two_ways_to_write_one_thing_stay_one(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"vbr": ONE, "yield": OTHER}).ask
    assert "day 4" in ask("when does vetch storm begin").text
    assert "day 4" in ask("onset of VBR").text


def test_initials_of_a_title_are_the_page_s_own_name(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"vbr": ONE, "yield": OTHER}).ask("what is grade 3 VBR").text
    assert text.lstrip("- ").startswith("Grade: 3")
    assert "hollow" in text


CROPS = """---
title: Crop prophylaxis
aliases: [prophylaxis, RUST prophylaxis]
---
# Crop prophylaxis

| Against | With | Start |
|---|---|---|
| RUST | copper | first leaf |
| MOTHS | nets | first bud |
"""
BARNS = """# Barns

## Prophylaxis
Whitewash every spring against mould.
"""


def test_a_part_of_a_name_that_heads_sections_of_any_page_is_not_that_name(tmp_path: Path) -> None:
    text = (
        assistant_over(tmp_path, {"crops": CROPS, "barns": BARNS}).ask("RUST prophylaxis, with what, when start").text
    )
    assert "copper" in text
    assert "Whitewash" not in text
