"""What a question asks about, weighted, and whether a text holds it."""

import math
import time

import pytest

from answering.made import NAMES, ask, frequencies, terms
from wardbook.answering.terms import expanded, held, stem, stems, terms_of
from wardbook.index.words import stems as index_stems


def weights(text: str, **counts: int) -> dict[str, float]:
    return {term.words: term.weight for term in terms(text, **counts)}


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    found = weights("ferritin fever", ferritin=1, fever=60)
    assert found["ferritin"] > 3 * found["fever"] > 0


def test_the_weight_is_the_inverse_document_frequency() -> None:
    assert frequencies(100, fever=20).weight("fever") == math.log(1 + (100 - 20 + 0.5) / (20 + 0.5))


def test_everyday_and_asking_words_and_bare_figures_weigh_little() -> None:
    found = weights("give incidence ferritin 7")
    assert found["give"] < found["incidence"] == found["7"] < found["ferritin"] / 2


def test_no_and_not_are_kept() -> None:
    assert "not" in weights("when is it not given")


def test_a_name_holds_in_any_of_its_spellings() -> None:
    (term,) = terms("CRS")
    assert term.name
    assert held("Cytokine release syndrome begins with fever").holds(term)
    assert held("CRS begins with fever").holds(term)
    assert not held("The release of the patient").holds(term)


def test_a_word_that_no_page_holds_is_not_known() -> None:
    unknown = {term.words: term.known for term in terms("ferritin amoxicillin", amoxicillin=0)}
    assert unknown == {"ferritin": True, "amoxicillin": False}


def test_endings_do_not_matter_but_words_do() -> None:
    assert stems("infections") == stems("infection")
    (term,) = terms("infection")
    assert held("serious infections").holds(term)
    assert not held("infusion").holds(term)


def test_a_typing_error_counts_as_the_drug_that_it_was_understood_as() -> None:
    found = terms("anakinera dose")
    assert any(held("Anakinra is given").holds(term) and term.name for term in found)
    assert not any("anakinera" in term.words for term in found)


def test_shorthand_and_rare_spellings_are_searched_for_in_full() -> None:
    wide = expanded(ask("anakinera s/e in pts"), NAMES, frequencies(), {})
    assert "anakinra" in wide
    assert "anakinera" not in wide
    assert "side effects" in wide
    assert "adverse" in wide
    assert "ytokine" not in expanded(ask("CRS"), NAMES, frequencies(crs=50), {})
    assert "ytokine" in expanded(ask("CRS"), NAMES, frequencies(crs=1), {})


def test_a_question_without_words_has_no_terms() -> None:
    assert terms_of(ask("???"), NAMES, frequencies()) == ()


def test_a_name_weighs_however_often_the_pages_speak_of_it() -> None:
    found = weights("CRS fever", crs=95, fever=95)
    assert found["CRS"] > 5 * found["fever"]


def test_a_name_of_letters_and_a_figure_is_one_thing_where_pages_have_it() -> None:
    (term,) = terms("IL-6")
    assert held("it binds IL-6 itself").holds(term)
    assert held("a rise of IL6").holds(term)
    assert not held("IL-1 at 6 h").holds(term)
    assert {each.words for each in terms("grade-3 rash")} >= {"grade", "3"}


def test_what_does_not_work_is_refractory_and_no_word_of_it_is_asked_about() -> None:
    for said in ("doesn't work", "is not responding", "hasn't worked"):
        found = terms(f"what if anakinra {said}")
        assert "failing" in {term.words for term in found}
        assert not any(term.words in ("doesn", "hasn") and term.weight > 0.1 for term in found)


def test_a_comparison_sign_tells_nothing_of_the_subject() -> None:
    assert weights("ferritin > 500")["gt"] < 0.5


def test_a_phrase_is_one_thing_with_its_short_form_where_pages_have_that() -> None:
    named = {term.words: term for term in terms("platelets before a lumbar puncture", lp=3, lumbar=0, puncture=0)}
    assert held("LP: > 40").holds(named["lumbar puncture"])
    assert not held("Line: > 40").holds(named["lumbar puncture"])
    assert "lumbar puncture" not in {each.words for each in terms("lumbar puncture", lp=0)}


def test_a_day_is_one_thing_however_it_is_written() -> None:
    (day,) = (term for term in terms("survival at day 100", d100=2, d=2) if term.words == "day 100")
    for line in ("d100 OS 38%", "D+100: 38%", "day +100", "at day 100"):
        assert held(line).holds(day)
    assert not held("D10").holds(day)


def test_the_hour_of_the_shift_is_no_subject() -> None:
    found = {term.words for term in terms("glow on the night shift at 3 am", glow=2, night=2, shift=2)}
    assert "glow" in found
    assert not found & {"night", "shift", "3"}
    assert "night" in {term.words for term in terms("glow at night", glow=2, night=2)}


@pytest.mark.parametrize(
    "word",
    "OS PFS ORR US IV neurology haematologies cardio-oncology possibly reversibly doubly assembly apology ideology "
    "monitoring infusions refractory ally rely".lower().split(),
)
def test_a_stem_is_the_one_that_the_index_has(word: str) -> None:
    assert [stem(word)] == index_stems([word])


def test_since_when_and_where_something_is_asked_names_no_subject() -> None:
    assert "infusion" not in weights("how long to stay near after infusion")
    assert "infusion" in weights("what to do after infusion reactions")
    assert "ward" not in weights("seizure on the ward what now")
    assert "ward" in weights("can ferritin be taken on the ward")
    assert "night" not in weights("who do i call for ferritin at night")
    assert "night" in weights("ferritin at night")


def test_words_that_pages_hardly_have_are_searched_for_as_they_have_them() -> None:
    wide = expanded(ask("lymphocytes after anakinra"), NAMES, frequencies(lymphocytes=1, alc=9), {})
    assert "alc" in wide.split()
    assert (
        "alc" not in expanded(ask("lymphocytes after anakinra"), NAMES, frequencies(lymphocytes=40, alc=9), {}).split()
    )
    assert (
        "alc" not in expanded(ask("lymphocytes after anakinra"), NAMES, frequencies(lymphocytes=1, alc=0), {}).split()
    )


@pytest.mark.parametrize("token", ["ab" * 25_000, "logy" * 12_500 + "x"])
def test_a_token_longer_than_any_word_is_stemmed_at_once(token: str) -> None:
    begun = time.process_time()
    assert stem(token)
    assert time.process_time() - begun < 1
