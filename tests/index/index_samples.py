"""A small corpus for index tests, and what the fixtures give."""

from collections.abc import Callable
from pathlib import Path

from wardbook.index.build import BuildReport

Build = Callable[[], BuildReport]
"""Builds the test's index from the test's corpus."""

PAGES = {
    "mitigations/anakinra": """---
aliases: [Kineret]
---
# Anakinra

An antagonist of the IL-1 receptor.

## Dosing

| Indication | Dose | Route | Frequency | Maximum |
|---|---|---|---|---|
| CRS | 100 mg | SC | every 6 h | 400 mg/day |
| HLH | 2-4 mg/kg | IV | twice daily | 8 mg/kg/day |

## Safety

Do not give with live vaccines. See [[crs]].
""",
    "events/crs": """# Cytokine Release Syndrome (CRS)

## Grading

Grade 1 is fever alone; grade 2 adds low blood pressure.

## Management

- Give tocilizumab 8 mg/kg IV once.
- Anakinra is second line, see [[anakinra#Dosing]].
""",
    "notes": "No heading here, only a line on K+ 5.5 mmol/L.\n",
}


def write_pages(corpus: Path, pages: dict[str, str]) -> None:
    """Write pages below a corpus folder, by page id."""
    for page, text in pages.items():
        path = corpus / f"{page}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
