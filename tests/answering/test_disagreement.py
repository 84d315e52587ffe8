"""Disagreements: what two pages say differently of one thing, and what only looks so."""

from dataclasses import replace
from typing import Any

from answering.made import evidence, hit, terms, unit
from wardbook.answering.disagreement import at_odds
from wardbook.answering.evidence import Evidence


def says(text: str, page: str, title: str, holds: str = "", **fields: Any) -> Evidence:
    """One statement of a page, which holds these words of the question."""
    return replace(evidence(hit(unit(text, **fields), page=page, title=title)), holds=frozenset(holds.split()))


def test_other_figures_for_one_thing_are_at_odds() -> None:
    one = says("Recheck the zenor level after 6 hours.", "ward-a", "Zenor")
    other = says("Recheck the zenor level after 12 hours.", "ward-b", "Zenor (ward B)")
    assert at_odds([one], [one, other]) == [(one, other)]


def test_a_not_on_one_side_alone_is_at_odds() -> None:
    one = says("Zenor may be given in marsh fever.", "ward-a", "Zenor", "zenor fever")
    other = says("Do not give zenor in marsh fever.", "ward-b", "Zenor (ward B)", "zenor fever")
    assert at_odds([one], [one, other]) == [(one, other)]
    assert not at_odds([one], [one, says("Zenor is given for marsh fever.", "ward-b", "Zenor", "zenor fever")])


def test_rows_of_one_name_on_the_pages_of_two_things_are_not_at_odds() -> None:
    values = (("Event", "CRS"), ("Any grade", "71%"))
    one = says("CRS: any grade 71%", "drugs/anakinra", "Anakinra", kind="row", values=values)
    other = says("CRS: any grade 83%", "drugs/tocilizumab", "Tocilizumab", kind="row", values=values)
    names = [term for term in terms("CRS with anakinra") if term.name]
    assert at_odds([one], [one, other]) and not at_odds([one], [one, other], names)


def test_rows_for_other_patients_or_reasons_are_not_at_odds() -> None:
    def row(dose: str, page: str, indication: str, population: str) -> Evidence:
        values = (("Drug", "Zenor"), ("Indication", indication), ("Population", population), ("Dose", dose))
        return says(f"Zenor {dose}", page, "Zenor", kind="row", values=values)

    one = row("5 mg", "ward-a", "marsh fever", "adult")
    assert at_odds([one], [one, row("7 mg", "ward-b", "Marsh fever", "Adults")])
    assert at_odds([one], [one, row("7 mg", "ward-b", "all indications", "adult")])
    assert not at_odds([one], [one, row("7 mg", "ward-b", "pond fever", "adult")])
    assert not at_odds([one], [one, row("7 mg", "ward-b", "marsh fever", "child")])


def test_a_row_and_a_sentence_that_hold_what_is_asked_and_one_figure_each_are_at_odds() -> None:
    values = (("Procedure", "marsh line"), ("Keep above", "40"))
    row = replace(
        says("marsh line: keep above 40", "ward-a", "Platelets", "marsh", kind="row", values=values),
        open=frozenset({"marsh", "before"}),
    )

    def words(text: str) -> Evidence:
        return replace(
            says(text, "ward-b", "Lines", "marsh platelets"), open=frozenset({"marsh", "platelets", "before"})
        )

    other = words("Platelets above 30 for a marsh line.")
    assert at_odds([row], [row, other]) == [(row, other)]
    assert not at_odds([row], [row, words("Platelets above 40 for a marsh line.")])
    assert not at_odds([row], [row, words("Platelets and a marsh line: press for 10 min.")])
    assert not at_odds([row], [row, words("Platelets 30 for a marsh line, 50 for two.")])
    assert not at_odds([row], [row, replace(other, holds=frozenset({"platelets"}))])
