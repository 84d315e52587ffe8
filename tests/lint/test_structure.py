import pytest

from lint.made_pages import found, lint, page

TABLE = "## Doses\n\n| A | B |\n| --- | --- |\n"

CASES = [
    ("S04", page(TABLE + "| 1 | 2 | 3 |\n"), page(TABLE + "| 1 | 2 |\n")),
    ("S04", page(TABLE + "| 1 |\n"), page(TABLE + "| a \\| b | 2 |\n")),
    ("S04", page("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td></tr></table>"),
            page("<table><tr><th>A</th><th>B</th></tr><tr><td colspan=2>1</td></tr></table>")),
    ("S05", page("## Doses\n\n## Safety\n\nText."), page("## Doses\n\n### Adults\n\nText.")),
    ("S05", page("## Doses\n\n<!-- to come -->\n"), page("## Doses\n\n```\nchart\n```\n")),
    ("S06", page("## Doses\n\na\n\n## Doses\n\nb"),
     page("## Adults\n\n### Doses\n\na\n\n## Children\n\n### Doses\n\nb")),
    ("S06", page("## Doses\n\na\n\n## DOSES\n\nb"), page("## Doses\n\na\n\n## Doses in children\n\nb")),
    ("S07", page("## Doses\n\n#### Adults\n\na"), page("## Doses\n\n### Adults\n\n#### Oral\n\na\n\n## Safety\n\nb")),
    ("S08", "## Doses\n\nText, and more of it.", page("Text.")),
    ("S08", "Fever plan\n\n## Doses\n\nText.", "# Fever plan\n\nText."),
    ("S09", "# A\n\n**Last Updated:** 2026-06-01", "# A\n\nText.\n\n**Evidence Level:** Low"),
    ("S10", "# A\n\n**Evidence Level:** Low", "# A\n\nText.\n\n**Last Updated:** 2026-06-01"),
    ("S14", page("##Doses\n\nText."), page("#tag at the start of a line\n\n## Doses\n\nText.")),
    ("S15", page("Platelets \uf0b3 50"), page("Platelets ≥ 50, 5 µmol/L")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "broken", "sound"), CASES)
def test_a_rule_finds_its_fault_and_leaves_a_near_miss(code: str, broken: str, sound: str) -> None:
    assert found(code, broken)
    assert not found(code, sound)


def test_a_sound_page_has_nothing_to_say() -> None:
    assert lint(page("## Doses\n\nGive 5 mg of examplin daily.")) == ()


def test_a_ragged_row_is_named_with_its_line_and_both_counts() -> None:
    (finding,) = found("S04", page(TABLE + "| 1 | 2 |\n| 3 | 4 | 5 |\n"))
    assert finding.line == 14
    assert "has 3 cells, the header 2" in finding.message


def test_an_index_page_needs_no_evidence_level_and_no_date() -> None:
    assert not [f for f in lint({"README": "# All pages\n\nText."}) if f.code in ("S09", "S10")]


def test_the_unknown_character_of_a_symbol_font_is_said_to_be_unknown() -> None:
    assert "meaning unknown" in found("S15", page("Platelets \uf123 50"))[0].message
    assert "read as ≥" in found("S15", page("Platelets \uf0b3 50"))[0].message
