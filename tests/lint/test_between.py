import pytest

from lint.made_pages import found, page

HEAD = "## Dosing\n\n| Drug | Indication | Severity | Dose | Route | Interval | Maximum |\n|" + " --- |" * 7 + "\n"


def dose(*rows: str, title: str) -> str:
    return page(HEAD + "\n".join(rows), title)


def both(first: str, second: str) -> dict[str, str]:
    return {"a": dose(first, title="First"), "b": dose(second, title="Second")}


ROW = "| tocilizumab | CRS | grade 2 | 8 mg/kg | IV | every 8 hours | 800 mg per dose |"


@pytest.mark.parametrize(
    ("other", "what"),
    [(ROW.replace("8 mg/kg", "12 mg/kg"), "dose"), (ROW.replace("every 8 hours", "every 12 hours"), "interval"),
     (ROW.replace("800 mg", "600 mg"), "maximum"), (ROW.replace("8 mg/kg", "8 mg"), "dose")],
)  # fmt: skip
def test_the_same_use_with_another_dose_interval_or_maximum_is_found(other: str, what: str) -> None:
    (finding,) = found("B01", both(ROW, other))
    assert finding.page == "b"
    assert f": {what} " in finding.message


@pytest.mark.parametrize(
    "other",
    [ROW, ROW.replace("grade 2", "grade 3").replace("8 mg/kg", "12 mg/kg"), ROW.replace("CRS",
     "arthritis").replace("8 mg/kg", "4 mg/kg"),
     ROW.replace("tocilizumab", "siltuximab").replace("8 mg/kg", "11 mg/kg"), ROW.replace("IV",
      "SC").replace("8 mg/kg", "162 mg"),
     ROW.replace("800 mg per dose", "not stated"), ROW.replace("8 mg/kg", "8,000 mcg/kg")],
)  # fmt: skip
def test_another_use_or_the_same_dose_is_left_alone(other: str) -> None:
    assert not found("B01", both(ROW, other))


def test_a_page_that_tells_two_sources_agrees_with_one_that_tells_either() -> None:
    pages = both(ROW, ROW)
    pages["a"] = dose(ROW.replace("8 mg/kg", "12 mg/kg"), ROW, title="First")
    assert not found("B01", pages)


@pytest.mark.parametrize(
    ("other", "faults"),
    [(ROW.replace("| CRS |", "| cytokine release syndrome |").replace("8 mg/kg", "6 mg/kg"), 1),
     (ROW.replace("| IV |", "|  |").replace("8 mg/kg", "6 mg/kg"), 1),
     (ROW.replace("grade 2", "Grade 2").replace("| CRS |", "| Treatment of CRS |").replace("8 mg/kg", "6 mg/kg"), 1),
     (ROW.replace("8 mg/kg", "6 mg/kg maintenance"), 0)],
)  # fmt: skip
def test_a_use_in_other_words_is_the_same_use_and_another_part_of_a_course_is_not(other: str, faults: int) -> None:
    pages = both(ROW, other)
    pages["a"] = pages["a"].replace("## Dosing", "Cytokine release syndrome (CRS) is meant.\n\n## Dosing")
    assert len(found("B01", pages)) == faults


def said(*texts: str) -> dict[str, str]:
    return {f"p{at}": page(f"## Evidence\n\n{text}", f"Page {at}") for at, text in enumerate(texts)}


@pytest.mark.parametrize(
    "texts",
    [("- CRS of any grade occurred in 94% of patients in ZUMA-1.", "- In ZUMA-1, any grade CRS was seen in 84%."),
     ("### Anakinra\n\n| Outcome | Relative Risk (RR) | 95% CI |\n| --- | --- | --- |\n"
      "| Any ICANS | 0.40-0.60 | 0.25-0.80 |",
      "### Anakinra\n\n| Outcome | RR | 95% CI |\n| --- | --- | --- |\n| Any ICANS | **0.30** | 0.25-0.80 |"),
     ("- Grade 3+ ICANS in ZUMA-1: 30%", "- In ZUMA-1 grade 3 or higher ICANS was 35%."),
     ("- In ZUMA-1 the RR of death was 0.5.", "- ZUMA-1: RR 0.7 of death"),
     ("| Study | CRS, any grade |\n| --- | --- |\n| ZUMA-1 | 94% [1] |", "- CRS of any grade in ZUMA-1: 84%"),
     ("| Drug | Study | CRS any grade |\n| --- | --- | --- |\n| tocilizumab | ZUMA-1 | 94% |",
      "| Drug | Study | CRS, any grade |\n| --- | --- | --- |\n| tocilizumab | ZUMA-1 | 90% |")],
)  # fmt: skip
def test_one_figure_told_in_two_ways_is_found(texts: tuple[str, str]) -> None:
    assert found("B02", said(*texts))


@pytest.mark.parametrize(
    "texts",
    [("- CRS of any grade occurred in 94% of patients in ZUMA-1.", "- In ZUMA-1, any grade CRS was seen in 94%."),
     ("- CRS of any grade: 94% in ZUMA-1", "- CRS of any grade: 93.9% in ZUMA-1"),
     ("- Grade 3+ ICANS in ZUMA-1: 30%", "- Grade 4+ ICANS in ZUMA-1: 3%"),
     ("- CRS of any grade: 94% in ZUMA-1", "- CRS of any grade: 77% in ELIANA-2"),
     ("- CRS of any grade: 94% in ZUMA-1", "- ICANS of any grade: 64% in ZUMA-1"),
     ("- CRS of any grade: 94%", "- CRS of any grade: 77%"),
     ("- In ZUMA-1 the RR of death was 0.5.", "- ZUMA-1: 50% RR of death")],
)  # fmt: skip
def test_figures_on_other_things_are_left_alone(texts: tuple[str, str]) -> None:
    assert not found("B02", said(*texts))


def grading(cell: str) -> str:
    return f"### Grading of CRS\n\n| Finding | Grade 1 | Grade 3 |\n| --- | --- | --- |\n| Hypoxia | none | {cell} |"


def test_a_limit_of_a_grade_told_in_two_ways_is_found() -> None:
    assert found("B02", said(grading("more than 6 L/min"), grading("more than 4 L/min")))
    assert not found("B02", said(grading("more than 6 L/min"), grading("over 6 L/min, mask")))
    assert not found("B02", said(grading("more than 6 L/min"), grading("6 L/min or FiO2 40%")))
    other = grading("more than 4 L/min").replace("CRS", "ICANS")
    assert not found("B02", said(grading("more than 6 L/min"), other))


@pytest.mark.parametrize(
    ("first", "second", "faults"),
    [("cytokine release syndrome (CRS)", "chronic rhinosinusitis syndrome (CRS)", 1),
     ("cytokine release syndrome (CRS)", "cytokine-release syndrome (CRS)", 0),
     ("haemophagocytic lymphohistiocytosis (HLH)", "hemophagocytic lymphohistiocytosis (HLH)", 0),
     ("absolute neutrophil count (ANC)", "absolute neutrophil counts (ANC)", 0),
     ("CRS (cytokine release syndrome)", "cytokine release syndrome (CRS)", 0)],
)  # fmt: skip
def test_an_acronym_has_one_expansion(first: str, second: str, faults: int) -> None:
    assert len(found("B03", said(f"The {first} is seen.", f"Then {second} is seen."))) == faults


WARDS = [
    ("Fever means at least 38.0 °C.", "Fever means at least 38.5 °C."),
    ("- Isolate the patient for 3 days.", "- Isolate the patient for 7 days."),
    ("- Stop it if platelets fall below 50 x 10^9/L.", "- Stop it if platelets fall below 20 x 10^9/L."),
    ("- Relapse occurs in 12% of patients within 30 days.", "- Relapse occurs in 25% of patients within 30 days."),
    ("- Give 40 mg PO once daily for 14 days to adults.", "- Give 20 mg PO once daily for 14 days to adults."),
]


@pytest.mark.parametrize(("first", "second"), WARDS)
def test_one_sentence_on_one_subject_has_one_set_of_figures(first: str, second: str) -> None:
    assert found("B02", {"a/x": page(first, "Marsh fever"), "b/x": page(second, "Marsh fever (ward B)")})
    assert not found("B02", {"a/x": page(first, "Marsh fever"), "b/x": page(first, "Marsh fever (ward B)")})
    assert not found("B02", {"a/x": page(first, "Marsh fever"), "b/x": page(second, "Hill cough")})


def test_sentences_in_other_words_or_with_more_figures_are_left_alone() -> None:
    other = {"a/x": page("- Isolate the patient for 3 days.", "Marsh fever")}
    assert not found("B02", {**other, "b/x": page("- Isolate the contacts for 7 days.", "Marsh fever")})
    assert not found(
        "B02",
        {**other, "b/x": page("- Isolate the patient for 3 days.\n- Isolate the patient for 7 days.", "Marsh fever")},
    )


def test_drugs_that_only_their_own_page_knows_are_held_together() -> None:
    head = "## Dosing\n\n| Indication | Dose | Route | Interval |\n| --- | --- | --- | --- |\n"
    rows = head + "| Marsh cough | {} | PO | daily |"
    one, other = (
        page(rows.format(dose), title) for dose, title in (("250 mg", "Corvaxin"), ("500 mg", "Corvaxin on ward B"))
    )
    assert found("B01", {"a": one, "b": other})
    brand = "Zelotrine (Zel) is an antibody against cough.\n\n" + rows
    one, other = (page(brand.format(dose), "Zelotrine") for dose in ("250 mg", "500 mg"))
    assert found("B01", {"a": one, "b": other})


def test_one_page_may_tell_a_figure_by_study_and_by_drug() -> None:
    text = "- CRS of any grade in ZUMA-1: 94%\n- CRS of any grade in ZUMA-1 with tocilizumab: 77%"
    assert not found("B02", said(text))
    assert not found("B02", said(text, text))
