"""Whether the pages answer: the score rises with what they hold of the question."""

import pytest

from answering.made import ask, hits_of, terms
from wardbook.answering.confidence import SURER, THRESHOLD, Signals, answers, probability, signals_of
from wardbook.answering.evidence import rank

PAGES = {
    "drugs/anakinra": "# Anakinra\n\n## Safety\n\nAnakinra does not cause seizures. Neutropenia is common.\n",
    "events/crs": "# Cytokine Release Syndrome (CRS)\n\n## Start\n\nCRS begins with fever.\n",
}


def coverage(question: str, **counts: int) -> float:
    known = terms(question, **counts)
    return signals_of(known, rank(ask(question), known, hits_of(PAGES))).coverage


def test_all_of_a_question_held_counts_most_and_none_least() -> None:
    whole = coverage("does anakinra cause seizures?")
    part = coverage("does anakinra cause deafness?", deaf=0, deafness=0)
    none = coverage("capital of France?", capital=0, France=0)
    assert whole > 0.85
    assert whole > part > none
    assert none < 0.1


def test_a_question_about_another_drug_is_halved_at_most() -> None:
    assert coverage("does tocilizumab cause seizures?") <= 0.5


def test_nothing_found_is_no_evidence() -> None:
    assert signals_of(terms("anakinra"), []) == Signals(0.0, 0.0)
    assert probability(Signals(0.0, 0.0)) < THRESHOLD / 2


@pytest.mark.parametrize("name", ["coverage", "dense"])
def test_the_probability_rises_with_each_signal(name: str) -> None:
    steps = [step / 10 for step in range(11)]
    found = [probability(Signals(each, 0.5) if name == "coverage" else Signals(0.5, each)) for each in steps]
    assert found == sorted(found)
    assert len(set(found)) == len(found)
    assert all(0 < each < 1 for each in found)


def test_all_held_by_a_near_passage_is_above_the_threshold() -> None:
    assert probability(Signals(1.0, 0.6)) > THRESHOLD
    assert probability(Signals(0.3, 0.3)) < THRESHOLD


@pytest.mark.parametrize(
    ("question", "told"),
    [("mortality of CRS", False), ("cost of anakinra", False), ("incidence of seizures on anakinra", True)],
)
def test_what_is_demanded_of_a_subject_must_be_told(question: str, told: bool) -> None:
    pages = {**PAGES, "drugs/anakinra": "# Anakinra\n\n## Safety\n\nSeizures on anakinra: 2 of 100 patients.\n"}
    known = terms(question)
    signals = signals_of(known, rank(ask(question), known, hits_of(pages)))
    assert (probability(signals) > THRESHOLD) is told


def test_words_around_a_figure_count_where_they_are_held_alone() -> None:
    assert coverage("does anakinra cause seizures within two weeks?") == pytest.approx(
        coverage("does anakinra cause seizures?"), abs=0.05
    )
    pages = {"drugs/anakinra": "# Anakinra\n\n## Safety\n\nSeizures in the first month.\n"}
    known = terms("anakinra deafness month", deaf=0)
    with_month = signals_of(known, rank(ask("anakinra deafness month"), known, hits_of(pages)))
    known = terms("anakinra deafness", deaf=0)
    without = signals_of(known, rank(ask("anakinra deafness"), known, hits_of(pages)))
    assert with_month.coverage > without.coverage


def test_a_unit_of_time_that_tells_an_age_counts() -> None:
    assert coverage("does anakinra cause seizures 2 months old?") < coverage("does anakinra cause seizures 2 months?")


def test_what_people_say_around_a_question_takes_little_from_it() -> None:
    spoken = coverage(
        "we had an episode again during the night, anything else or does anakinra cause seizures?", night=50
    )
    assert spoken > 0.7


def test_more_is_asked_of_a_dose_and_of_a_far_passage() -> None:
    near, far = Signals(0.7, 0.6), Signals(0.7, 0.2)
    between = (THRESHOLD + SURER) / 2
    assert answers(near, between, surely=False)
    assert not answers(near, between, surely=True)
    assert not answers(far, between, surely=False)
    assert answers(far, SURER, surely=True)


def test_initials_of_words_in_a_line_are_held_where_no_page_has_them() -> None:
    pages = {"trials/pivot": "# Trials\n\n## Results\n\nPIVOT: 12% with iron against 31% with best supportive care.\n"}
    known = terms("PIVOT iron vs BSC", bsc=0)
    best = rank(ask("PIVOT iron vs BSC"), known, hits_of(pages))[0]
    assert "bsc" in best.told
    assert "bsc" not in rank(ask("PIVOT iron vs BXC"), terms("PIVOT iron vs BXC", bxc=0), hits_of(pages))[0].told


def test_a_line_that_tells_how_often_meets_the_words_that_ask_it() -> None:
    pages = {"events/crs": "# CRS\n\n## Pulse\n\nPulse every 15 min.\n", "events/b": "# CRS\n\n## Pulse\n\nPulse.\n"}
    known = terms("pulse frequency in CRS")
    every, none = (
        signals_of(known, rank(ask("pulse frequency in CRS"), known, hits_of({page: text})))
        for page, text in pages.items()
    )
    assert every.coverage > none.coverage


def test_the_side_of_an_event_goes_without_saying_save_where_a_line_speaks_of_the_other() -> None:
    def held_of(line: str, words: str = "platelets before biopsy") -> float:
        asked = terms(words)
        return signals_of(asked, rank(ask(words), asked, hits_of({"biopsy": line}))).coverage

    assert held_of("Biopsy: platelets > 50") > 0.9
    assert held_of("Platelets > 50 after a biopsy") < 0.9
    assert held_of("Biopsy: platelets > 50", "platelets after biopsy") < 0.9
    assert held_of("Biopsy: platelets hourly for > 4 h") < 0.9


def test_irradiated_is_said_of_blood() -> None:
    question = "irradiated blood with ferritin?"
    asked = terms(question)
    found = signals_of(asked, rank(ask(question), asked, hits_of({"rules": "Ferritin: irradiated for life"})))
    assert found.coverage > 0.9


def test_a_target_is_met_by_a_bound_that_stands_alone_or_under_a_threshold() -> None:
    pages = {"lp": "# Needles\n\n## Before\n\nLP platelets >40.\n\n## After\n\nLP platelets: lie flat for 4 hours.\n"}
    known = terms("platelets target for LP", target=0)
    ranked = rank(ask("platelets target for LP"), known, hits_of(pages))
    bound = [each for each in ranked if "40" in each.unit.text]
    other = [each for each in ranked if "flat" in each.unit.text]
    assert signals_of(known, bound).coverage > signals_of(known, other).coverage
