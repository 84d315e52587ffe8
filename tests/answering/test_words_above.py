"""No statement is shown without the words above it that tell for whom it holds, or that deny it."""

from pathlib import Path

from answering.made import citations, evidence, hits_of
from wardbook.answering.compose import compose

PAGE = """# Ward

## Feeding
**Children**

- Formula:
  - peptane every 3 hours

**Adults**

- Formula:
  - peptane every 6 hours

## Skin
### Neonates
Cream once daily.
### Grade 2
Cream twice daily.

## When not to use zenor
- burns

## Falls per 100 days
- zenor 6.1
- peptane lotion: 3% (once)
- rest in 2 of them

## Paste
Do not use the paste in any of these, whatever the consultant of the day may have said about it on the round:

- deep wounds
- infected skin:
  - cellulitis
"""


def said(tmp_path: Path, words: str) -> str:
    hits = [(hit, at) for hit in hits_of({"ward": PAGE}) for at in range(len(hit.units))]
    chosen = [evidence(hit, at) for hit, at in hits if words in hit.units[at].text]
    return compose(chosen, citations(tmp_path, {"ward": PAGE}))


def test_whom_a_statement_is_for_goes_with_it_from_a_heading_and_from_an_outer_lead(tmp_path: Path) -> None:
    text = said(tmp_path, "peptane")
    assert "Children: Formula: peptane every 3 hours [1]" in text
    assert "Adults: Formula: peptane every 6 hours [2]" in text
    assert said(tmp_path, "once daily") == "Neonates: Cream once daily. [1]"


def test_a_figure_of_a_heading_is_cited_in_its_own_line(tmp_path: Path) -> None:
    assert said(tmp_path, "twice daily") == "Grade 2: Cream twice daily. [1][2]"


def test_words_that_deny_go_with_what_they_deny_however_long(tmp_path: Path) -> None:
    assert said(tmp_path, "burns") == "When not to use zenor: burns [1]"
    assert said(tmp_path, "deep wounds").startswith("Do not use the paste in any of these")
    cellulitis = said(tmp_path, "cellulitis")
    assert cellulitis.startswith("Do not use the paste") and cellulitis.endswith("infected skin: cellulitis [1]")


def test_words_that_only_lead_to_others_are_no_statement_beside_them(tmp_path: Path) -> None:
    page = "# Ward\n\n## Wash\n\nBefore the wash:\n\n- warm the water\n- close the door\n"
    chosen = [evidence(hit, at) for hit in hits_of({"ward": page}) for at in range(len(hit.units))]
    text = compose(chosen, citations(tmp_path, {"ward": page}))
    assert text == "- Before the wash: warm the water [1]\n- Before the wash: close the door [2]"


def test_a_label_and_a_figure_go_with_the_heading_that_says_of_what_the_figure_is(tmp_path: Path) -> None:
    assert said(tmp_path, "zenor 6.1") == "Falls per 100 days: zenor 6.1 [1][2]"
    assert said(tmp_path, "lotion") == "Falls per 100 days: peptane lotion: 3% (once) [1][2]"
    assert said(tmp_path, "rest in") == "rest in 2 of them [1]"


STEPS = """# Blockers

## Tocilizumab (IL-6)
- day 1: 0.2 mg SC
- day 8: tocilizumab 0.9 mg SC
- day 15: ward round

## Week by week
- day 2: 0.4 mg SC
"""


def test_a_dose_without_its_drug_goes_with_the_heading_that_names_it(tmp_path: Path) -> None:
    chosen = [evidence(hit, at) for hit in hits_of({"ward": STEPS}) for at in range(len(hit.units))]
    lines = compose(chosen, citations(tmp_path, {"ward": STEPS})).split("\n")
    assert lines == [
        "- Tocilizumab (IL-6): day 1: 0.2 mg SC [1][2]",
        "- day 8: tocilizumab 0.9 mg SC [3]",
        "- day 15: ward round [4]",
        "- day 2: 0.4 mg SC [5]",
    ]


def test_a_number_to_ring_goes_with_what_stands_below_it(tmp_path: Path) -> None:
    page = (
        "# Home\n\n## Ring us day or night: 01632 960 144\n\n- fever of any kind\n\n## When we ring you\n\n- result\n"
    )
    hits = hits_of({"home": page})
    every = [evidence(hit, at) for hit in hits for at in range(len(hit.units))]
    text = compose(every, citations(tmp_path, {"home": page}))
    assert "01632 960 144: fever of any kind" in text
    assert "When we ring you: result" not in text
