"""Follow-ups: what was named before completes what is asked now, is shown, and is dropped with its subject."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answering.made import DRUGS, PAGES, ask, names_of
from wardbook.answering.asked_anew import LOOKED_UP
from wardbook.answering.conversation import MOST_TURNS, standalone
from wardbook.answering.question import Question, understand


def said(*turns: str) -> str:
    """The last turn as understood after the ones before it."""
    return standalone(turns[-1], [("user", words) for words in turns[:-1]], ask, DRUGS)


@pytest.mark.parametrize(
    ("turns", "kept", "dropped"),
    [
        (("anakinra dose in ICANS", "and for prophylaxis?"), ("anakinra", "ICANS", "prophylaxis"), ()),
        (("anakinra dose in grade 3 ICANS", "and for prophylaxis?"), ("anakinra", "ICANS"), ("grade 3",)),
        (("anakinra dose in grade 2 CRS", "what about grade 4"), ("anakinra", "CRS", "grade 4"), ("grade 2",)),
        (("Larch score items", "pt has 5 points, what now"), ("Larch score", "5 points"), ("items",)),
        (("anakinra dose in ICANS", "the max?"), ("anakinra", "ICANS", "max"), ()),
        (("tocilizumab dose in CRS for a child", "he weighs 22 kg"), ("tocilizumab", "CRS", "22 kg"), ()),
        (("tocilizumab dose in CRS, 18 kg", "he weighs 22 kg"), ("tocilizumab", "22 kg"), ("18 kg",)),
        (("is tocilizumab given in ICANS?", "why?"), ("tocilizumab", "ICANS"), ()),
        (("anakinra dose in CRS", "and tocilizumab?"), ("tocilizumab", "CRS", "dose"), ("anakinra",)),
        (("anakinra dose in CRS", "and in ICANS?"), ("anakinra", "ICANS", "dose"), ("CRS",)),
        (("tocilizumab dose in CRS", "for a child?"), ("tocilizumab", "CRS", "child"), ()),
        (("tocilizumab dose in CRS, 18 kg", "how often?"), ("tocilizumab", "CRS", "18 kg"), ()),
        (("anakinra dose in CRS", "the max?", "and for prophylaxis?"), ("anakinra", "CRS", "prophylaxis"), ()),
        (("what is CRS?", "how is it graded?"), ("CRS",), ()),
    ],
)
def test_a_follow_up_becomes_a_whole_question(
    turns: tuple[str, ...], kept: tuple[str, ...], dropped: tuple[str, ...]
) -> None:
    whole = said(*turns)
    assert whole != turns[-1]
    for words in kept:
        assert words.casefold() in whole.casefold(), whole
    for words in dropped:
        assert words.casefold() not in whole.casefold(), whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("heparin dose for PE", "same for ACS?"), "heparin dose for ACS"),
        (("anakinra ICANS 60 kg", "and for CRS"), "anakinra CRS 60 kg"),
        (("anakinra ICANS 60 kg", "CRS?"), "anakinra CRS 60 kg"),
        (("anakinra dose in CRS", "compared to toci?"), "anakinra vs toci dose in CRS"),
        (("tocilizumab dose in CRS", "vs anakinra?"), "tocilizumab vs anakinra dose in CRS"),
        (("tocilizumab dose in CRS", "compare with anakinra"), "tocilizumab vs anakinra dose in CRS"),
        (("tocilizumab dose in CRS", "how does that compare to anakinra?"), "tocilizumab vs anakinra dose in CRS"),
        (("tocilizumab dose in CRS", "side by side with anakinra"), "tocilizumab vs anakinra dose in CRS"),
        (("anakinra dose in CRS?", "and compared to ICANS?"), "anakinra dose in CRS vs ICANS"),
        (("anakinra dose in CRS", "is it the same as in ICANS"), "anakinra dose in CRS vs ICANS"),
        (("can we give tocilizumab for ICANS", "why"), "why give tocilizumab for ICANS"),
        (("should the patient get anakinra in CRS?", "how come"), "why get anakinra in CRS"),
        (("could he have anakinra in CRS", "why not?"), "why not have anakinra in CRS"),
        (("must I stop anakinra in CRS", "what's the reason"), "why stop anakinra in CRS"),
        (("CRS grade 3 steroid", "until when", "no better, its gr 4 now"), "CRS grade 4 steroid"),
        (("CRS grade 3 steroid", "how often", "now grade 4"), "CRS grade 4 steroid"),
        (("CRS grade 2 steroid", "not improving, grade 3 now"), "CRS grade 3 steroid"),
        (("CRS grade 2 steroid", "got worse, now grade 3"), "CRS grade 3 steroid"),
        (("anakinra schedule", "which premed?"), "which premed before anakinra"),
        (("anakinra schedule", "and what premedication is needed?"), "what premedication is needed before anakinra"),
        (("anakinra dose in CRS", "his crcl is 58 tho"), "anakinra dose in CRS crcl is 58"),
        (("anakinra dose, 70 kg", "and if the patient weighs 110?"), "anakinra dose, 110 kg"),
        (("when is MMR given after allo?", "and after auto?"), "when is MMR given after auto"),
        (
            ("tocilizumab dose in CRS after axi-cel", "and if it was ciltacel?"),
            "tocilizumab dose in CRS after ciltacel",
        ),
        (
            ("anakinra dose in severe CRS", "can she get tocilizumab at the same time?"),
            "can she get tocilizumab with anakinra",
        ),
        (
            ("anakinra dose sibling donor mixed chimerism", "but haplo donor"),
            "anakinra dose haplo donor mixed chimerism",
        ),
        (("anakinra for steroid refractory CRS", "plts only 15"), "anakinra for steroid refractory CRS plts only 15"),
        (("anakinra if sinus infections", "80 kg man"), "anakinra if sinus infections 80 kg"),
        (("fludarabine before axi-cel?", "and the cyclo?"), "cyclo before axi-cel"),
        (("heparin dose for PE", "same for ACS?", "weighs 100 kg"), "heparin dose for ACS 100 kg"),
        (("anakinra dose in refractory CRS", "and in ICANS?"), "anakinra dose in ICANS"),
        (("tocilizumab dose, 18 kg, CRS", "sorry, 81 kg"), "tocilizumab dose, 81 kg, CRS"),
        (("tocilizumab dose in CRS, 82 kg adult", "and under 30 kg?"), "tocilizumab dose in CRS, under 30 kg"),
        (("tocilizumab dose in CRS, 82 kg", "and under 30 kg?"), "tocilizumab dose in CRS, under 30 kg"),
        (("tocilizumab dose in CRS under 30 kg", "and 82 kg?"), "tocilizumab dose in CRS 82 kg"),
        (("anakinra dose in CRS", "no I meant tocilizumab"), "tocilizumab dose in CRS"),
        (("levetiracetam dose for a child", "he weighs 60 kg"), "levetiracetam dose for a child 60 kg"),
        (("what is CRS", "how is it graded?"), "how is CRS graded"),
        (("what is CRS", "how is it graded?", "and ICANS?"), "how is ICANS graded"),
        (("is tocilizumab given in ICANS?", "why not?"), "why is tocilizumab given in ICANS?"),
        (
            ("adrenaline dose in anaphylaxis", "in kids?", "he's 8"),
            "adrenaline dose in anaphylaxis in kids 8 years old",
        ),
        (("morphine PO dose", "IV?", "and hydromorphone"), "hydromorphone IV dose"),
        (("how do I reverse dabigatran", "what about warfarin"), "how do I reverse warfarin"),
        (("anakinra dose", "what if no response?"), "anakinra dose if no response"),
        (("lidocaine max", "with adrenaline?"), "lidocaine max with adrenaline"),
        (("steroid for COPD", "ok and the second line?"), "steroid for COPD second line"),
        (("dexamethasone dose in grade 3 CRS", "4?"), "dexamethasone dose in grade 4 CRS"),
        (("anakinra dose in grade 3 CRS", "prophylaxis then"), "anakinra dose in CRS prophylaxis"),
        (("anakinra dose in adults, KARTOX", "and in children?"), "anakinra dose in children"),
        (("what to monitor in ICANS", "how often?"), "how often monitor in ICANS"),
        (("anakinra induction dose", "maintenance then?"), "anakinra maintenance dose"),
        (("anakinra dose, CrCl 50", "what if on HD"), "anakinra dose, on HD"),
        (("anakinra dose in CRS", "crcl 0.9 ml/min/kg"), "anakinra dose in CRS crcl 0.9 ml/min/kg"),
        (("anakinra dose in CRS", "with tocilizumab"), "anakinra dose in CRS with tocilizumab"),
        (("anakinra in high risk CRS", "what about low?"), "anakinra in low risk CRS"),
        (("anakinra dose without tocilizumab", "and with?"), "anakinra dose with tocilizumab"),
        (("anakinra dose", "first thing?"), "anakinra dose first thing"),
        (("what does CRS stand for", "and tocilizumab?"), "what does tocilizumab stand for"),
        (("heparin bolus for PE", "and the drip?"), "heparin infusion for PE"),
        (("insulin dose in DKA", "when do you stop"), "when do you stop insulin in DKA"),
        (("tocilizumab dose 1.2 m2", "BSA 1.6"), "tocilizumab dose BSA 1.6"),
    ],
)
def test_a_fragment_changes_the_question_before_in_that_one_thing(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("anakinra day 1 dose", "and day 8?"), "anakinra day 8 dose"),
        (("anakinra dose level 3 at 48 h", "and if level 12"), "anakinra dose level 12 at 48 h"),
        (("anakinra dose, uric acid 10", "14"), "anakinra dose, uric acid 14"),
        (("anakinra dose cycle 1 day 1", "day 8"), "anakinra dose cycle 1 day 8"),
        (("anakinra without tocilizumab", "with it?"), "anakinra with tocilizumab"),
        (("anakinra dose, no csa", "on csa"), "anakinra dose, on csa"),
        (("fludarabine before axi-cel", "liso-cel?", "cyclophosphamide"), "cyclophosphamide before liso-cel"),
        (("anakinra dose in CRS", "on omeprazole"), "anakinra dose in CRS on omeprazole"),
        (("calcium gluconate dose", "chloride?"), "calcium chloride dose"),
        (("anakinra tablet dose", "iv?"), "anakinra iv dose"),
        (("anakinra low bleed risk", "high?"), "anakinra high bleed risk"),
        (("gout treatment in grade II", "grade III"), "gout treatment in grade III"),
        (("anakinra dose", "can it be repeated?"), "can anakinra be repeated"),
        (("anakinra dose in CRS", "sources?"), "anakinra dose in CRS"),
        (("anakinra after tocilizumab", "for gout?"), "anakinra after tocilizumab for gout"),
        (("anakinra dose after chemo", "for mobilisation?"), "anakinra dose for mobilisation"),
        (("sepsis on the ward", "penicillin allergic?"), "sepsis on the ward penicillin allergic"),
        (
            ("anakinra in high risk CRS", "can I give tocilizumab with it"),
            "can I give tocilizumab with anakinra",
        ),
        (("anakinra dose, normal renal function", "crcl 30"), "anakinra dose, crcl 30"),
        (("gout, no iv access, buccal midazolam dose", "rectal diazepam"), "gout, no iv access, rectal diazepam dose"),
        (
            ("anakinra for gout", "how long do I watch them after it"),
            "how long do I watch them after anakinra for gout",
        ),
        (("anakinra dose in CRS", "tocilizumab?", "back to the first one"), "anakinra dose in CRS"),
        (("anakinra dose in CRS", "tocilizumab?", "back to the first one, max?"), "max anakinra in CRS"),
        (("anakinra dose child 18 kg", "ok different pt. tocilizumab for gout?"), "tocilizumab for gout"),
        (("anakinra dose in CRS", "thanks, and tocilizumab"), "tocilizumab dose in CRS"),
    ],
)
def test_a_fragment_takes_the_place_of_what_is_of_its_sort(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("anakinra dose in CRS 70 kg", "no, I meant ICANS"), "anakinra dose in ICANS 70 kg"),
        (("anakinra in CRS", "no I meant ICANS please"), "anakinra in ICANS"),
        (("how long anakinra in CRS", "why?"), "why anakinra in CRS"),
        (("anakinra gout prevention high risk", "established?"), "anakinra gout established"),
        (("anakinra prophylaxis", "acute attack?"), "anakinra acute attack"),
        (("anakinra dose in CRS", "platelets 40"), "anakinra dose in CRS platelets 40"),
        (("anakinra dose in CRS, platelets 40", "platelets 60"), "anakinra dose in CRS, platelets 60"),
        (("anakinra dose, potassium 3.0", "potassium 4.1"), "anakinra dose, potassium 4.1"),
        (("anakinra for gout 2 months", "same for 5 years"), "anakinra for gout 5 years"),
        (("anakinra dose 65 kg", "actually 85"), "anakinra dose 85 kg"),
        (("anakinra crcl 50", "25"), "anakinra crcl 25"),
        (("anakinra dose 50 years", "70 kg", "sorry, 80"), "anakinra dose 50 years 80 kg"),
        (("anakinra level 6 at 48 h", "0.3"), "anakinra level 0.3 at 48 h"),
        (("anakinra level 6 at 48 h", "at 72 h 0.6"), "anakinra level 0.6 at 72 h"),
        (("anakinra for uric acid 13", "urate 9"), "anakinra for urate 9"),
        (("anakinra dose, INR 12, no bleeding", "minor bleed"), "anakinra dose, INR 12, minor bleed"),
        (("anakinra dose in gout 70 kg", "bp before?"), "bp before anakinra in gout"),
        (("anakinra dose in gout 70 kg", "bp before?", "and after?"), "bp after anakinra in gout"),
        (("anakinra dose 70 kg", "target?"), "anakinra target"),
        (("which drug for gout", "how long after anakinra"), "how long after anakinra for gout"),
        (("anakinra for gout", "bp 80/40"), "anakinra for gout bp 80/40"),
        (("anakinra dose", "tocilizumab refractory, crcl 60"), "anakinra dose tocilizumab refractory crcl 60"),
        (("anakinra 2 mg/kg in gout", "sepsis?"), "anakinra 2 mg/kg in sepsis"),
        (("anakinra for gout", "are the steroids enough"), "are the steroids enough anakinra for gout"),
        (("anakinra dose", "what should be given before it"), "what should be given before anakinra"),
        (("max anakinra in gout", "alternatives"), "anakinra in gout alternatives"),
        (("anakinra in gout", "stop when?"), "stop when anakinra in gout"),
        (("anakinra dose 70 kg", "on steroids"), "anakinra dose 70 kg on steroids"),
        (("child anakinra gout 4 months", "meningitis?"), "child anakinra meningitis 4 months"),
        (("child anakinra gout 4 months", "2 months"), "child anakinra gout 2 months old"),
    ],
)
def test_a_correction_or_a_value_takes_the_place_of_its_own_sort(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


@pytest.mark.parametrize(
    ("turns", "gone"),
    [
        (("anakinra dose child 4 months 6 kg", "newborn?"), ("4 months", "6 kg")),
        (("anakinra dose child 4 years 16 kg", "12 years old"), ("16 kg",)),
        (("anakinra dose adult 70 kg", "and a 5 year old"), ("adult", "70 kg")),
        (("anakinra dose 80 kg", "and in kids?"), ("80 kg",)),
    ],
)
def test_the_measures_of_another_patient_are_not_carried(turns: tuple[str, ...], gone: tuple[str, ...]) -> None:
    whole = said(*turns)
    assert "anakinra" in whole
    assert not any(words in whole for words in gone), whole


@pytest.mark.parametrize(
    ("turns", "kept"),
    [
        (("anakinra dose 18 kg", "for a child?"), "18 kg"),
        (("anakinra dose 70 years 80 kg", "60 years old"), "80 kg"),
        (("anakinra dose child", "8 years old"), "child"),
    ],
)
def test_the_measures_of_the_same_patient_are(turns: tuple[str, ...], kept: str) -> None:
    assert kept in said(*turns)


def test_no_before_a_drug_corrects_where_the_pages_have_no_dose_without_it() -> None:
    turns = [("user", "anakinra dose in CRS")]

    def after(without: float) -> str:
        return standalone(
            "no tocilizumab",
            turns,
            ask,
            DRUGS,
            supported=lambda text: without if "anakinra" in text else LOOKED_UP,
        )

    assert after(LOOKED_UP) == "anakinra dose in CRS no tocilizumab"
    assert after(0.5) == "tocilizumab dose in CRS"


def test_what_a_drug_is_given_for_takes_the_place_of_preventing_where_the_pages_have_that() -> None:
    turns = [("user", "anakinra prophylaxis dose")]
    supported = weighed(gout=LOOKED_UP)
    whole = standalone(
        "gout?", turns, ask, DRUGS, supported=lambda text: 0.5 if "prophyla" in text else supported(text)
    )
    assert whole == "anakinra gout dose"


def test_a_word_that_no_page_has_is_another_drug() -> None:
    turns = [("user", "anakinra dose in gout")]
    known = weighed(anakinra=1.0)
    assert standalone("velibrutox?", turns, ask, DRUGS, supported=known) == "velibrutox dose in gout"


def test_what_a_patient_has_stands_in_the_place_of_no_drug() -> None:
    turns = [("user", "anakinra dose")]
    pages = weighed(poor_metaboliser=0.6)
    alone = standalone("poor metaboliser", turns, ask, DRUGS, supported=lambda text: 1 - pages(text) * ("a" in text))
    assert alone == "anakinra dose poor metaboliser"


def test_a_situation_stands_in_the_place_of_no_drug_whose_dose_is_asked() -> None:
    turns = [("user", "anakinra day 3 dose")]
    pages = standalone("mucositis", turns, ask, DRUGS, supported=lambda text: 1.0 if "anakinra" not in text else 0.5)
    assert pages == "anakinra day 3 dose mucositis"


def test_after_something_takes_the_place_of_what_the_pages_have_beside_it() -> None:
    turns = [("user", "anakinra mobilisation dose")]
    pages = weighed(after_harvest=LOOKED_UP, mobilisation=0.5)
    whole = standalone(
        "after harvest?", turns, ask, DRUGS, supported=lambda text: 0.5 if "mobil" in text else pages(text)
    )
    assert whole == "anakinra after harvest dose"


def weighed(**support: float) -> Callable[[str], float]:
    """Pages that hold a question whole where it has all words of one of the keys ("svt_transplant")."""

    def supported(text: str) -> float:
        return max((value for words, value in support.items() if all(w in text for w in words.split("_"))), default=0)

    return supported


@pytest.mark.parametrize(
    ("supported", "whole"),
    [
        (weighed(), "anakinra dose in sepsis"),
        (weighed(gout_sepsis=1.0), "anakinra in gout sepsis"),
        (weighed(gout_sepsis=1.0, sepsis=LOOKED_UP), "anakinra dose in sepsis"),
        (weighed(gout_sepsis=LOOKED_UP, sepsis=0.5), "anakinra dose in gout sepsis"),
    ],
)
def test_of_two_readings_the_one_stands_that_the_pages_hold(supported: Callable[[str], float], whole: str) -> None:
    turns = [("user", "anakinra dose in gout")]
    assert standalone("sepsis?", turns, ask, DRUGS, supported=supported) == whole


def test_a_subject_that_the_pages_have_and_never_with_the_one_before_is_a_new_topic() -> None:
    turns = [("user", "anakinra dose in gout")]

    def heard(together: bool) -> str:
        alone = {"bleach targets": 1.0, "bleach": 1.0, "targets": 1.0}
        return standalone(
            "bleach targets",
            turns,
            ask,
            DRUGS,
            supported=lambda text: alone.get(text, 0.5),
            together=lambda text: together,
        )

    assert heard(together=False) == "bleach targets"
    assert heard(together=True) == "anakinra dose in bleach targets"


def offer(*options: str) -> Callable[[str], tuple[str, ...]]:
    return lambda question: options if question == "anakinra dose" else ()


@pytest.mark.parametrize(
    ("reply", "whole"),
    [
        ("the second", "anakinra dose, CRS prophylaxis"),
        ("2", "anakinra dose, CRS prophylaxis"),
        ("b", "anakinra dose, CRS prophylaxis"),
        ("prophylaxis then", "anakinra dose, CRS prophylaxis"),
        ("ICANS", "anakinra dose, refractory ICANS"),
        ("the last one please", "anakinra dose, rheumatoid arthritis"),
        ("what is ICANS?", "what is ICANS?"),
    ],
)
def test_a_reply_picks_from_what_was_asked_back(reply: str, whole: str) -> None:
    offered = offer("refractory ICANS", "CRS prophylaxis", "rheumatoid arthritis")
    assert standalone(reply, [("user", "anakinra dose")], ask, DRUGS, offered) == whole


def test_an_option_that_was_picked_goes_with_its_drug() -> None:
    def offered(question: str) -> tuple[str, ...]:
        return ("in shock", "stable") if question.removesuffix(" 70 kg") in ("anakinra dose", "colchicine dose") else ()

    def after(*turns: str) -> str:
        return standalone(turns[-1], [("user", words) for words in turns[:-1]], ask, DRUGS, offered)

    assert after("anakinra dose", "in shock", "tocilizumab?") == "tocilizumab dose"
    assert after("anakinra dose", "in shock", "stable?") == "anakinra dose, stable"
    assert after("anakinra dose 70 kg", "shock", "and colchicine") == "colchicine dose 70 kg, in shock"


@pytest.mark.parametrize(
    ("reply", "whole"),
    [("40", "anakinra dose platelets 40 x10^9/L"), ("sorry, 120", "anakinra dose platelets 120 x10^9/L")],
)
def test_a_bare_figure_is_of_the_quantity_that_was_asked_for(reply: str, whole: str) -> None:
    offered = offer("platelets at least 50 x10^9/L", "platelets less than 50 x10^9/L", "none of these")
    assert standalone(reply, [("user", "anakinra dose")], ask, DRUGS, offered) == whole


def test_a_drug_that_is_picked_is_no_other_one_to_ask_about() -> None:
    offered = offer("with tocilizumab", "without tocilizumab")
    assert standalone("tocilizumab", [("user", "anakinra dose")], ask, DRUGS, offered) == (
        "anakinra dose, with tocilizumab"
    )


@pytest.mark.parametrize("words", ["thanks", "ok great, thanks!", "hello"])
def test_a_courtesy_is_no_question_and_ends_no_subject(words: str) -> None:
    assert said("anakinra dose in CRS", words) == words
    assert said("anakinra dose in CRS", words, "the max?") == said("anakinra dose in CRS", "the max?")


def test_what_is_understood_of_the_whole_question_is_what_was_meant() -> None:
    found = ask(said("tocilizumab dose in CRS for a child", "he weighs 22 kg"))
    assert (found.drugs, found.weight) == (("tocilizumab",), "22 kg")
    found = ask(said("anakinra dose in grade 2 CRS", "what about grade 4"))
    assert (found.drugs, found.grades) == (("anakinra",), (4,))
    found = ask(said("anakinra dose in ICANS", "and for prophylaxis?"))
    assert (found.drugs, found.setting) == (("anakinra",), "prophylaxis")


@pytest.mark.parametrize(
    "new",
    [
        "what is grade 3 CRS?",
        "side effects of tocilizumab",
        "what is the mechanism of tocilizumab in CRS?",
        "how long does neutropenia last after the cells were given to adults?",
    ],
)
def test_a_new_subject_takes_nothing_from_the_old(new: str) -> None:
    assert said("anakinra dose in ICANS for a child of 18 kg", new) == new


def test_what_a_drug_does_to_anyone_is_asked_of_the_drug_alone() -> None:
    turns = [("user", "tocilizumab in CRS")]
    assert standalone("side effects?", turns, ask, DRUGS, supported=lambda text: 1.0) == "side effects tocilizumab"
    assert "CRS" in standalone("the max?", turns, ask, DRUGS, supported=lambda text: 1.0)
    assert "CRS" in standalone("side effects?", turns, ask, DRUGS, supported=lambda text: 0.5)


def test_a_weight_is_not_carried_to_what_is_no_dose() -> None:
    assert "18 kg" not in said("tocilizumab dose in CRS, 18 kg", "and its side effects?")


def test_a_weight_is_not_carried_past_a_new_subject() -> None:
    whole = said("tocilizumab dose in CRS, 18 kg", "what is the mechanism of anakinra in ICANS?", "and the dose?")
    assert "18 kg" not in whole
    assert "anakinra" in whole


def test_without_a_history_the_question_stays() -> None:
    assert said("and the max?") == "and the max?"
    assert standalone("and the max?", [("assistant", "anakinra dose")], ask, DRUGS) == "and the max?"


def test_only_what_the_person_said_counts() -> None:
    turns = [("user", "anakinra dose in ICANS"), ("assistant", "tocilizumab 8 mg/kg in CRS, 30 kg")]
    whole = standalone("the max?", turns, ask, DRUGS)
    assert "anakinra" in whole
    assert "tocilizumab" not in whole


def test_a_long_history_is_read_from_its_end() -> None:
    turns = [("user", "anakinra dose in ICANS"), *[("assistant", "")] * MOST_TURNS]
    assert standalone("the max?", turns, ask, DRUGS) == "the max?"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["anakinra dose", "why?", "grade 3", "he is 20 kg", "", "and CRS?", "()", "\n"]), min_size=1
    )
)
def test_any_conversation_gives_a_question(turns: list[str]) -> None:
    whole = said(*turns)
    assert isinstance(whole, str)
    assert len(whole) < 300
    assert said(*turns) == whole


def test_a_dose_of_no_drug_is_one_of_the_drug_before_however_well_other_lines_hold_it() -> None:
    turns = [("user", "anakinra loading dose in CRS"), ("assistant", "")]

    def supported(words: str) -> float:
        return 0.5 if "anakinra" in words else 1.0

    whole = standalone("when do I start maintenance and how much?", turns, ask, DRUGS, supported=supported)
    assert "anakinra" in whole
    other = "what is the limit of sugar through a thin line per hour?"
    assert standalone(other, turns, ask, DRUGS, supported=supported) == other


def test_a_page_called_prophylaxis_is_not_what_is_treated() -> None:
    names, drugs = names_of({**PAGES, "infection/Prophylaxis": "# Prophylaxis\n\nTocilizumab prevents nothing.\n"})

    def understood(text: str) -> Question:
        return understand(text, names, drugs)

    whole = standalone("and to treat shingles", [("user", "tocilizumab prophylaxis dose")], understood, drugs)
    assert whole == "tocilizumab dose to treat shingles"


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("anakinra CRS 6 year old 20 kg", "and her father 80 kg?"), "anakinra CRS father 80 kg"),
        (("anakinra CRS 80 kg CrCl 20", "and his brother, 62 kg"), "anakinra CRS brother 62 kg"),
        (("anakinra CRS 22 kg CrCl 20", "his mum says he is 24 kg"), "his mum says he is 24 kg anakinra CRS CrCl 20"),
    ],
)
def test_what_was_told_of_the_patient_is_not_of_a_relative(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("tocilizumab CRS 70 kg", "and ICANS too"), "tocilizumab CRS 70 kg with ICANS"),
        (("tocilizumab CRS grade 2", "he has ICANS as well"), "tocilizumab CRS grade 2 with ICANS"),
        (("tocilizumab CRS 70 kg", "also has grade 3 ICANS"), "tocilizumab CRS 70 kg with grade 3 ICANS"),
        (("tocilizumab CRS 70 kg", "now has ICANS"), "tocilizumab CRS 70 kg with ICANS"),
        (("tocilizumab CRS 70 kg", "plus ICANS"), "tocilizumab CRS 70 kg with ICANS"),
        (("tocilizumab CRS 70 kg", "and for ICANS too"), "tocilizumab ICANS 70 kg"),
        (("tocilizumab CRS 70 kg", "what about in ICANS as well?"), "tocilizumab ICANS 70 kg"),
        (("tocilizumab CRS 70 kg", "what if he has ICANS"), "tocilizumab ICANS 70 kg"),
        (("tocilizumab CRS 70 kg", "ICANS?"), "tocilizumab ICANS 70 kg"),
        (("tocilizumab CRS 70 kg", "it's ICANS"), "tocilizumab ICANS 70 kg"),
    ],
)
def test_an_event_that_is_there_too_is_added_and_one_asked_about_takes_the_place(
    turns: tuple[str, ...], whole: str
) -> None:
    assert said(*turns) == whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("fludarabine axi-cel 1.8 m2", "liso-cel"), "fludarabine liso-cel 1.8 m2"),
        (("fludarabine axi-cel 1.8 m2", "tisagenlecleucel?"), "fludarabine tisagenlecleucel 1.8 m2"),
        (("fludarabine axi-cel 1.8 m2", "liso-cel ALL"), "fludarabine liso-cel 1.8 m2 ALL"),
        (("fludarabine axi-cel 1.8 m2", "anakinra"), "anakinra 1.8 m2"),
        (("anakinra second step 70 kg", "third"), "anakinra third step 70 kg"),
        (("anakinra first dose 70 kg", "second step, 60 kg"), "anakinra second step 60 kg"),
        (("anakinra ICANS", "CRS 20 kg child"), "anakinra CRS 20 kg child"),
    ],
)
def test_of_two_drugs_that_of_the_same_class_is_another_one(turns: tuple[str, ...], whole: str) -> None:
    history = [("user", words) for words in turns[:-1]]
    supported = lambda text: LOOKED_UP if text == whole else 0.5  # noqa: E731
    assert standalone(turns[-1], history, ask, DRUGS, supported=supported) == whole


def test_an_ordinal_behind_another_one_picks_no_option() -> None:
    options = lambda question: ("in gout", "in sepsis")  # noqa: E731
    for first, whole in (
        ("anakinra first dose", "anakinra second dose"),
        ("anakinra dose", "anakinra dose, in sepsis"),
    ):
        assert standalone("second", [("user", first)], ask, DRUGS, options) == whole


@pytest.mark.parametrize(
    ("follow_up", "fits", "whole"),
    [
        ("and if it is lupus", "anakinra lupus dose", "anakinra lupus dose"),
        ("and if it's lupus", "anakinra CRS dose if it's lupus", "anakinra CRS dose if it's lupus"),
        ("and if it is given at night", "anakinra given at night dose", "anakinra CRS dose if it is given at night"),
    ],
)
def test_what_it_is_takes_the_place_only_where_the_pages_have_that_dose_alone(
    follow_up: str, fits: str, whole: str
) -> None:
    turns = [("user", "anakinra CRS dose")]
    assert standalone(follow_up, turns, ask, DRUGS, supported=lambda text: 2.0 if text == fits else 0.5) == whole


def test_a_drug_that_the_patient_takes_is_beside_the_one_that_is_asked_about() -> None:
    assert said("anakinra dose in CRS", "he takes tocilizumab") == "anakinra dose in CRS on tocilizumab"
    assert said("anakinra dose in CRS", "tocilizumab") == "tocilizumab dose in CRS"
