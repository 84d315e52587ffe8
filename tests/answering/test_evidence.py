"""Which sentences, bullets and rows answer: what they name, deny, and for whom they hold."""

from collections.abc import Mapping

import pytest

from answering.made import ask, evidence, hit, hits_of, terms, unit
from wardbook.answering.evidence import (
    MOST_CHARACTERS,
    MOST_SIBLINGS,
    MOST_UNITS,
    Evidence,
    choose,
    in_reading_order,
    rank,
    with_antecedents,
    with_prohibitions,
    with_siblings,
)


def best(question: str, pages: Mapping[str, str]) -> str:
    """The words of the best unit for a question over pages."""
    return rank(ask(question), terms(question), hits_of(pages))[0].unit.text


def page(title: str, *bodies: str) -> str:
    return f"# {title}\n\n" + "\n\n".join(bodies) + "\n"


def test_a_no_is_found_where_the_question_asks_for_yes_or_no() -> None:
    pages = {
        "drugs/anakinra": page(
            "Anakinra", "Anakinra is used in seizures of trials.", "Anakinra does not cause seizures."
        )
    }
    assert best("does anakinra cause seizures?", pages) == "Anakinra does not cause seizures."


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("anakinra in grade 3 CRS", "Grade 3: ferritin twice a day."),
        ("anakinra in grade 1 CRS", "Grade 1: ferritin once a week."),
        ("anakinra in grade 4 CRS", "Grade 3-4: intensive care for ferritin."),
    ],
)
def test_the_grade_asked_counts_for_and_another_against(question: str, wanted: str) -> None:
    lines = (
        "Grade 1: ferritin once a week.",
        "Grade 3: ferritin twice a day.",
        "Grade 3-4: intensive care for ferritin.",
    )
    assert best(question + " ferritin", {"drugs/anakinra": page("Anakinra in CRS", *lines)}) in (
        wanted,
        *(lines[2:] if "grade 3" in question else ()),
    )


def test_prophylaxis_does_not_get_the_therapeutic_section_nor_the_other_way_round() -> None:
    text = page("Anakinra", "## Therapy", "Anakinra runs over an hour.", "## Prophylaxis", "Anakinra runs over a day.")
    pages = {"drugs/anakinra": text}
    assert best("anakinra prophylaxis: how does it run?", pages) == "Anakinra runs over a day."
    assert best("anakinra: how does it run?", pages) == "Anakinra runs over an hour."


def test_advice_is_what_answers_should_we() -> None:
    lines = ("Anakinra in prevention adds cost.", "Anakinra is not recommended for prevention at low risk.")
    pages = {"drugs/anakinra": page("Anakinra", *lines)}
    assert best("should we give anakinra for prevention?", pages) == lines[1]


def test_a_line_that_sets_both_against_each_other_compares_them() -> None:
    lines = ("Fever refractory to tocilizumab.", "Unlike tocilizumab, anakinra reaches the brain.")
    ranked = rank(
        ask("anakinra vs tocilizumab"), terms("anakinra vs tocilizumab"), hits_of({"events/x": page("Fever", *lines)})
    )
    assert ranked[0].unit.text == lines[1]
    assert ranked[0].aspect > 0.5 > ranked[-1].aspect


def test_what_a_study_found_is_told_though_only_its_reference_names_the_authors() -> None:
    study, reference = ("Heron Study",), "Reference: Rossi et al. 2024"
    bullets = (unit("Fever: 3% vs 18%", "bullet", 2, lead=study), unit(reference, "bullet", 3, lead=study))
    whole = hit(unit("Heron Study", line=1), *bullets, unit("Other trial", "bullet", 9, lead=("Stork Study",)))
    ranked = [evidence(whole, at) for at in (2, 1, 0, 3)]
    found = with_siblings(ask("what did Rossi show"), ranked[:1], ranked)
    assert [each.unit.text for each in found] == [reference, "Fever: 3% vs 18%"]
    assert with_siblings(ask("paper by Rossi"), ranked[:1], ranked) == ranked[:1]


def test_words_that_stand_above_others_are_no_statement() -> None:
    whole = hit(unit("Heron Study"), unit("Fever: 3% vs 18%", "bullet", 2, lead=("Heron Study",)))
    assert [each.unit.text for each in choose(ask("heron fever"), [evidence(whole, 0), evidence(whole, 1)])] == [
        "Fever: 3% vs 18%"
    ]


@pytest.mark.parametrize(("who", "wanted"), [("children", "Children rest a day."), ("adults", "Adults rest a day.")])
def test_the_population_asked_counts(who: str, wanted: str) -> None:
    pages = {"drugs/anakinra": page("Anakinra", "Children rest a day.", "Adults rest a day.")}
    assert best(f"anakinra in {who}: a day of rest?", pages) == wanted


def test_another_drug_does_not_answer() -> None:
    pages = {
        "drugs/anakinra": page("Anakinra", "It was stopped early for cost."),
        "drugs/tocilizumab": page("Tocilizumab", "Ferritin rises after the dose."),
    }
    found = rank(ask("ferritin rises after anakinra?"), terms("ferritin rises after anakinra?"), hits_of(pages))
    assert [each.lacks_drug for each in found if each.hit.page == "drugs/tocilizumab"] == [True]
    assert not any(each.lacks_drug for each in found if each.hit.page == "drugs/anakinra")


def test_a_definition_opens_with_what_is_asked() -> None:
    pages = {
        "events/crs": page(
            "Cytokine Release Syndrome (CRS)",
            "Give fluids early to anybody who may have CRS, whatever the grade.",
            "Cytokine release syndrome (CRS) is a fever after cells.",
        )
    }
    assert best("what is CRS?", pages) == "Cytokine release syndrome (CRS) is a fever after cells."


def test_reference_lists_answer_little_unless_asked_for() -> None:
    text = page(
        "Anakinra",
        "## Monitoring",
        "Ferritin is measured once a day.",
        "## References",
        "1. Smith. Ferritin and anakinra. 2020.",
    )
    pages = {"drugs/anakinra": text}
    assert best("ferritin on anakinra", pages) == "Ferritin is measured once a day."
    assert "Smith" in best("reference for ferritin and anakinra", pages)


def scored(*scores: float, text: str = "fact number {} on its own word{}") -> list[Evidence]:
    units = [unit(text.format(at, "abcdefghijkl"[at]), line=at + 1) for at in range(len(scores))]
    whole = hit(*units)
    return [evidence(whole, at, score) for at, score in enumerate(scores)]


def test_what_is_nearly_as_good_is_taken_and_the_rest_left() -> None:
    names = ("ferritin", "infusion", "seizure", "cough")
    whole = hit(*(unit(f"{name} daily", line=at + 1) for at, name in enumerate(names)), unit("long " * 200, line=9))
    ranked = [evidence(whole, at, score) for at, score in enumerate((1.0, 0.95, 0.5, 0.4))]
    assert [each.unit.text for each in choose(ask("x"), ranked)] == ["ferritin daily", "infusion daily"]
    assert choose(ask("x"), []) == []


def test_a_short_section_is_given_whole_the_best_first_and_a_line_that_only_heads_others_left_out() -> None:
    names = ("ferritin", "infusion", "seizure", "cough")
    whole = hit(*(unit(f"{name} daily", line=at + 1) for at, name in enumerate(names)), unit("Also:", line=9))
    ranked = [evidence(whole, at, score) for at, score in enumerate((1.0, 0.95, 0.5, 0.4, 0.3))]
    assert [each.unit.text for each in choose(ask("x"), ranked)] == [f"{name} daily" for name in names]
    assert [each.unit.text for each in choose(ask("DOI of the paper on x"), ranked)] == [
        "ferritin daily",
        "infusion daily",
    ]


def test_where_the_best_holds_a_part_of_what_is_asked_the_next_best_stand_beside_it_while_there_is_room() -> None:
    names = ("ferritin", "infusion", "seizure")
    whole = hit(*(unit(f"{name} daily", line=at + 1) for at, name in enumerate(names)), unit("long " * 200, line=9))
    ranked = [evidence(whole, at, score, 0.6) for at, score in enumerate((1.0, 0.5, 0.4, 0.3))]
    assert [each.unit.text for each in choose(ask("x"), ranked)] == [f"{name} daily" for name in names]
    assert [each.unit.text for each in choose(ask("DOI of the paper on x"), ranked)] == ["ferritin daily"]


def test_a_dose_of_another_section_never_stands_beside_as_the_next_best() -> None:
    here = hit(unit("ferritin daily"), unit("anakinra 100 mg daily", line=2))
    there = hit(unit("dexamethasone 10 mg daily", line=9), section="Other", path=("Other",))
    ranked = [evidence(here, 0, 1.0, 0.6), evidence(there, 0, 0.5, 0.6), evidence(here, 1, 0.4, 0.6)]
    assert [each.unit.text for each in choose(ask("x"), ranked)] == ["ferritin daily", "anakinra 100 mg daily"]


def test_the_same_words_twice_are_taken_once() -> None:
    whole = hit(unit("Ferritin is taken twice a day."), unit("Ferritin is taken twice a day", line=2))
    assert len(choose(ask("x"), [evidence(whole, 0), evidence(whole, 1)])) == 1


def test_an_answer_is_bounded_in_units_and_characters() -> None:
    words = "alpha bravo charlie delta echo foxtrot golf hotel india juliet".split()
    whole = hit(*(unit(f"{word} stands here", line=at + 1) for at, word in enumerate(words)))
    whole_long = hit(*(unit(f"{word} {word}a {word}b " * 20, line=at + 1) for at, word in enumerate(words)))
    taken = choose(ask("x"), [evidence(whole, at) for at in range(len(words))])
    assert MOST_UNITS < len(taken) <= MOST_SIBLINGS  # a short section is given whole
    longer = hit(*whole.units, unit("long " * 200, line=99))
    taken = choose(ask("x"), [evidence(longer, at) for at in range(len(words))])
    assert 1 <= len(taken) <= MOST_UNITS
    taken = choose(ask("x"), [evidence(whole_long, at) for at in range(len(words))])
    assert 1 <= sum(len(each.unit.text) for each in taken) <= MOST_CHARACTERS


def test_criteria_come_as_the_whole_table() -> None:
    rows = [unit(f"Finding {at}", "row", at, block=1) for at in range(1, 5)]
    whole = hit(*rows, unit("A sentence below", line=9))
    ranked = [evidence(whole, at) for at in (2, 0, 4, 1, 3)]
    taken = with_siblings(ask("what is grade 2 CRS?"), ranked[:1], ranked)
    assert {each.unit.text for each in taken} == {f"Finding {at}" for at in range(1, 5)}
    assert taken[0].unit.text == "Finding 3"
    assert with_siblings(ask("anakinra half-life"), ranked[:1], ranked) == ranked[:1]


def test_a_table_too_long_to_show_is_not_taken_whole() -> None:
    whole = hit(*(unit(f"Finding {at}", "row", at, block=1) for at in range(1, MOST_SIBLINGS + 2)))
    ranked = [evidence(whole, at) for at in range(MOST_SIBLINGS + 1)]
    assert with_siblings(ask("what is grade 2 CRS?"), ranked[:1], ranked) == ranked[:1]


def test_the_sentence_that_it_leans_on_goes_before() -> None:
    whole = hit(unit("The trial took 40 adults.", block=1), unit("It was stopped early.", block=1, line=2))
    found = with_antecedents([evidence(whole, 1)])
    assert [each.unit.text for each in found] == ["The trial took 40 adults.", "It was stopped early."]


def test_a_sentence_that_stands_alone_and_one_of_another_paragraph_take_none() -> None:
    alone = hit(unit("The trial took 40 adults.", block=1), unit("Fever came first.", block=1, line=2))
    apart = hit(unit("The trial took 40 adults.", block=1), unit("It was stopped early.", block=2, line=4))
    assert len(with_antecedents([evidence(alone, 1)])) == 1
    assert len(with_antecedents([evidence(apart, 1)])) == 1


def test_the_best_comes_first_and_the_rest_of_its_section_in_the_order_of_the_page() -> None:
    here = hit(*(unit(text, line=at) for at, text in enumerate(("one", "two", "three"), 1)), section="Here")
    there = hit(unit("elsewhere"), section="There", page="events/crs")
    taken = [evidence(here, 2), evidence(there), evidence(here, 1), evidence(here, 0)]
    assert [each.unit.text for each in in_reading_order(taken)] == ["three", "one", "two", "elsewhere"]
    assert in_reading_order([]) == []


def test_equal_scores_are_ordered_by_page_and_line() -> None:
    pages = {"drugs/b": page("B", "Same words."), "drugs/a": page("A", "Same words.", "Same words.")}
    question = ask("same words")
    one = rank(question, terms("same words"), hits_of(pages))
    other = rank(question, terms("same words"), list(reversed(hits_of(pages))))
    assert [(each.hit.page, each.unit.lines) for each in one] == [(each.hit.page, each.unit.lines) for each in other]


def test_what_a_bullet_leads_to_comes_with_it() -> None:
    leads = unit("Laboratory criteria: 2 or more of these", "bullet", 1)
    below = [unit(words, "bullet", at, lead=(leads.text,)) for at, words in enumerate(("Potassium", "Phosphate"), 2)]
    whole = hit(leads, *below, unit("Elsewhere", "bullet", 9))
    ranked = [evidence(whole, at) for at in (0, 3, 2, 1)]
    found = with_siblings(ask("anakinra half-life"), ranked[:1], ranked)
    assert [each.unit.text for each in found] == [leads.text, "Potassium", "Phosphate"]


def test_a_section_of_the_kind_asked_answers_from_its_top() -> None:
    pages = {
        "drugs/anakinra": page(
            "Anakinra",
            "Anakinra blocks a receptor and anakinra is old.",
            "## Side Effects",
            "- Rash\n- Neutropenia",
            "## Monitoring",
            "- Counts",
        )
    }
    ranked = rank(ask("anakinra side effects"), terms("anakinra side effects"), hits_of(pages))
    found = choose(ask("anakinra side effects"), ranked)
    assert [each.unit.text for each in found] == ["Rash", "Neutropenia"]


def test_a_word_that_sets_the_subject_in_time_keeps_no_short_section_back() -> None:
    pages = {
        "products/B7": page(
            "B7",
            "## Nerve palsy",
            "Mostly the facial nerve. Prednisone 60 mg PO daily for 7 days. Resolved in most.",
        )
    }
    asked = "facial palsy after B7, treatment?"
    found = choose(ask(asked), rank(ask(asked), terms(asked), hits_of(pages)))
    assert "Prednisone 60 mg PO daily for 7 days." in [each.unit.text for each in found]


def test_other_figures_in_the_same_words_are_not_the_same() -> None:
    whole = hit(unit("Cell dose 150: response 50%", "row"), unit("Cell dose 300: response 69%", "row", 2))
    assert len(choose(ask("x"), [evidence(whole, 0), evidence(whole, 1)])) == 2


def test_a_drug_given_beside_another_is_not_what_the_line_is_about() -> None:
    pages = {"drugs/anakinra": page("Anakinra", "## Anakinra Target", "Trough 5-15; with tocilizumab 5-10.")}
    found = rank(ask("tocilizumab target"), terms("tocilizumab target"), hits_of(pages))
    assert [each.lacks_drug for each in found] == [True]
    found = rank(ask("anakinra target"), terms("anakinra target"), hits_of(pages))
    assert [each.lacks_drug for each in found] == [False]


def test_the_row_whose_range_holds_the_figure_is_best() -> None:
    table = "| Ferritin | Action |\n|---|---|\n| 0-2 | wait |\n| 3-6 | repeat |\n| 7 or above | call |"
    pages = {"drugs/anakinra": page("Anakinra", "## Levels", table)}
    assert "repeat" in best("anakinra ferritin 5", pages)
    assert "call" in best("anakinra ferritin 9", pages)


def test_a_figure_gets_its_row_and_not_the_neighbours() -> None:
    table = "| Ferritin | Action |\n|---|---|\n| 0-2 | wait |\n| 3-6 | repeat |\n| 7 or above | call |"
    pages = {"drugs/anakinra": page("Anakinra", "## Levels", table)}
    question = ask("anakinra ferritin 5")
    ranked = rank(question, terms("anakinra ferritin 5"), hits_of(pages))
    taken = with_siblings(question, choose(question, ranked), ranked)
    assert len(taken) == 1
    assert "repeat" in taken[0].unit.text


BESIDE = """# Fever

## Attack

### Rescue

- Anakinra 100 mg SC daily

### Exclusion

- Platelets below 20
- Sepsis

## Chronic

### Exclusion

- Weight below 10 kg
"""


@pytest.mark.parametrize(("drug", "lacks"), [("anakinra", False), ("tocilizumab", True)])
def test_a_section_is_about_the_drug_that_a_section_beside_it_names(drug: str, lacks: bool) -> None:
    question = f"exclusion in attack for {drug}"
    found = rank(ask(question), terms(question), hits_of({"events/fever": BESIDE}))
    assert {each.lacks_drug for each in found if each.hit.path == ("Attack", "Exclusion")} == {lacks}
    assert all(each.lacks_drug for each in found if each.hit.path[0] == "Chronic")


def test_a_drug_only_given_beside_another_names_no_section() -> None:
    pages = {"events/fever": BESIDE.replace("- Anakinra 100", "- Rest, with anakinra 100")}
    found = rank(ask("exclusion for anakinra"), terms("exclusion for anakinra"), hits_of(pages))
    assert all(each.lacks_drug for each in found if each.hit.path[-1] == "Exclusion")


def test_what_must_not_be_is_under_the_heading_that_says_so() -> None:
    pages = {
        "drugs/anakinra": page(
            "Anakinra", "## After Cells", "- Anakinra is not given by mouth", "## When Not to Give", "- Active sepsis"
        )
    }
    assert best("when should anakinra not be given", pages) == "Active sepsis"


def test_the_overview_of_a_page_defines_its_subject_and_nothing_else() -> None:
    pages = {
        "events/icans": page(
            "Confusion", "## Definition", "CRS comes first.", "## Grading", "CRS is fever after cells (see there)."
        )
    }
    assert best("what is CRS", pages) == "CRS is fever after cells (see there)."


def test_the_folder_of_a_page_says_what_it_is_about() -> None:
    pages = {f"{folder}/rest": page("Rest", "## Fever", "Rest a day.") for folder in ("bispecifics", "chemotherapy")}
    found = rank(ask("fever on bispecifics"), terms("fever on bispecifics"), hits_of(pages))
    assert found[0].hit.page == "bispecifics/rest"
    assert found[0].coverage > found[-1].coverage


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("Avoid when on opioids. Check the liver.", ["Naltrexone 50 mg daily.", "Avoid when on opioids."]),
        ("Check the liver. Avoid when on opioids.", ["Naltrexone 50 mg daily."]),
        (
            "Not in children.\nExcept at night. Warm it.",
            ["Naltrexone 50 mg daily.", "Not in children.", "Except at night."],
        ),
    ],
)
def test_what_forbids_right_behind_a_sentence_goes_with_it(rest: str, told: list[str]) -> None:
    section = hits_of({"drugs/naltrexone": page("Naltrexone", f"Naltrexone 50 mg daily. {rest}")})[0]
    assert [each.unit.text for each in with_prohibitions([evidence(section, 0)])] == told


def test_what_takes_from_a_sentence_without_a_dose_goes_with_it_too() -> None:
    section = hits_of({"gels": page("Gels", "The gel helps itching. Only in dry skin, though. It comes in tubes.")})[0]
    told = [each.unit.text for each in with_prohibitions([evidence(section, 0)])]
    assert told == ["The gel helps itching.", "Only in dry skin, though."]


def test_a_bare_value_is_answered_from_every_place_that_holds_it() -> None:
    pages = {"a": "# Fluids\n\n- K > 5.5: add none\n", "b": "# Electrolytes\n\n- K 6.0-6.4: salbutamol 10 mg\n"}
    ranked = rank(ask("K 6.2"), terms("K 6.2"), hits_of(pages))
    assert {each.hit.page for each in choose(ask("K 6.2"), ranked)} == {"a", "b"}


def test_how_many_got_it_is_answered_by_a_share_first() -> None:
    lines = ("Zelitis was seen in the marsh series.", "Zelitis: 30 of 39 in the marsh series.")
    assert best("how many got zelitis in the marsh series", {"events/z": page("Marsh", *lines)}) == lines[1]


def test_a_row_beside_the_one_of_the_drug_asked_about_is_not_about_it() -> None:
    table = "| Drug | Onset of marsh fever |\n|---|---|\n| anakinra | median onset 2 days |\n| tocilizumab | none |\n"
    pages = {"events/z": f"# Events\n\n## Evidence\n\n### Onset\n\n{table}\n### Rate\n\n- Tocilizumab: 3%\n"}
    asked = "median onset with tocilizumab"
    rows = rank(ask(asked), terms(asked), hits_of(pages))
    assert all(each.lacks_drug for each in rows if "anakinra" in each.unit.text)


def test_a_row_that_leaves_out_the_drug_of_the_row_above_it_is_about_it_all_the_same() -> None:
    table = "| Given | Watch for |\n|---|---|\n| One dose of anakinra | 2 h |\n| Two doses | 6 h |\n"
    pages = {"events/z": f"# Events\n\n## Marsh\n\n### Watch\n\n{table}\n### Give\n\n- Anakinra at once\n"}
    asked = "watch two doses of anakinra"
    rows = rank(ask(asked), terms(asked), hits_of(pages))
    assert not any(each.lacks_drug for each in rows if each.unit.text.startswith("Two doses"))


def test_of_the_lines_of_a_score_the_one_that_holds_the_total_goes_before_its_points() -> None:
    rows = "| Item | 0 points | 2 points |\n|---|---|---|\n| Platelets | > 160 | < 80 |\n\n"
    rows += "| Larch | Risk |\n|---|---|\n"
    pages = {"events/x": f"# Blood\n\n## Larch score\n\n{rows}| 0-1 | low |\n| 2-3 | intermediate |\n"}
    asked = "what does a larch score of 2 mean"
    best = rank(ask(asked), terms(asked), hits_of(pages))
    assert best[0].by_value and "intermediate" in best[0].unit.text
    asked = "what are the items of the larch score"
    assert not rank(ask(asked), terms(asked), hits_of(pages))[0].by_value


def test_what_is_done_for_a_finding_need_not_name_the_drug_that_came_before_it() -> None:
    page = "# Late\n\n## Palsy\n\nFacial palsy after anakinra in 9%.\n\nCream 6 times daily for facial palsy.\n"
    question = "face drooping 3 weeks after anakinra, treatment?"
    ranked = rank(ask(question), terms(question), hits_of({"late": page}))
    assert not any(each.lacks_drug for each in ranked)
    other = rank(ask(question), terms(question), hits_of({"late": page.replace("anakinra", "rest")}))
    assert all(each.lacks_drug for each in other)
    asked = "is anakinra given for facial palsy"
    assert any(each.lacks_drug for each in rank(ask(asked), terms(asked), hits_of({"late": page})))


def test_how_often_in_a_column_is_told_for_every_case() -> None:
    table = "| Risk | Fluid | Bloods |\n|---|---|---|\n| Low | drink | daily |\n| High | 3 L | 6-hourly |\n"
    page = f"# TLS\n\n## Risk\n\n{table}"

    def told(question: str) -> set[str]:
        ranked = rank(ask(question), terms(question), hits_of({"tls": page}))
        return {each.unit.values[0][1] for each in with_siblings(ask(question), ranked[:1], ranked) if each.unit.values}

    assert told("how often bloods in TLS") == {"Low", "High"}
    assert told("how often bloods in low risk TLS") == {"Low"}
