from pathlib import Path
from typing import Any

import pytest
from gold_samples import cited, corpus

from wardbook.evaluation.quote import stands


@pytest.mark.parametrize(
    ("quote", "lines", "standing"),
    [
        ("Fever 8 mg/kg IV every 12 hours, max 800 mg", (7, 7), True),
        ("| **Fever** | 8 mg/kg IV every 12 hours, max 800 mg |", (7, 7), True),
        ("8 mg/kg IV every 12 hours", (5, 8), True),
        ("8 mg/kg … max 800 mg", (7, 7), True),
        ("max 800 mg … 8 mg/kg", (7, 7), False),
        ("80 mg/kg IV every 12 hours", (7, 7), False),
        ("8 mg/kg IV every 12 hours", (8, 8), False),
        ("Does not cause seizures", (12, 12), True),
        ("Does cause seizures", (12, 12), False),
        ("See the other page", (13, 13), True),
        ("", (7, 7), False),
        ("**", (7, 7), False),
        ("Fever", (7, 700), False),
        ("Fever", (0, 7), False),
        ("Fever", (8, 7), False),
    ],
)
def test_a_quote_stands_only_in_its_own_lines(
    tmp_path: Path, quote: str, lines: tuple[int, int], standing: bool
) -> None:
    assert stands(corpus(tmp_path), cited(1, "Dosing", quote, lines)) is standing


@pytest.mark.parametrize(
    "changed", [{"page": "drugs/none"}, {"page": "../../etc/passwd"}, {"lines": None}, {"lines": ["1", 2]}]
)
def test_a_citation_that_leads_nowhere_does_not_stand(tmp_path: Path, changed: dict[str, Any]) -> None:
    assert not stands(corpus(tmp_path), cited(1, "Dosing", "Fever") | changed)


def test_a_page_outside_the_corpus_is_not_read(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    (tmp_path / "secret.md").write_text("Fever\n", encoding="utf-8")
    assert not stands(folder, cited(1, "", "Fever", (1, 1)) | {"page": "../secret"})


def test_a_dash_that_goes_on_with_a_paragraph_is_one_of_its_words(tmp_path: Path) -> None:
    (tmp_path / "word.md").write_text("4.3    Still hot: change.\n    - On nothing: zelumab 70 mg.\n", encoding="utf-8")
    quote = "4.3 Still hot: change. - On nothing: zelumab 70 mg."
    assert stands(tmp_path, {"page": "word", "lines": [1, 2], "quote": quote})
    assert not stands(tmp_path, {"page": "word", "lines": [1, 2], "quote": quote.replace("70", "7")})


def test_bold_words_in_a_cell_part_no_words(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("<tr><td>2</td><td>Zelumab <b>10 mg IV q6h</b>. Scan.</td></tr>\n")
    assert stands(tmp_path, {"page": "page", "lines": [1, 1], "quote": "2 Zelumab 10 mg IV q6h. Scan."})
    assert not stands(tmp_path, {"page": "page", "lines": [1, 1], "quote": "2 Zelumab 1 mg IV q6h. Scan."})
