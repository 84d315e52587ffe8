"""What people at the bedside tell of a patient is found, and is held by the words that pages have for it."""

import pytest

from answering.made import NAMES, ask, frequencies, terms
from wardbook.answering.action import as_what_to_do
from wardbook.answering.terms import Held, terms_of
from wardbook.answering.told_findings import told_findings


@pytest.mark.parametrize(
    ("question", "finding"),
    [
        ("hickman wont bleed back", "blocked line"),
        ("port blocked what do i use", "blocked line"),
        ("can't aspirate from the picc", "blocked line"),
        ("picc arm swollen + red", "clot in a limb"),
        ("chemo leaking out around port needle", "extravasation"),
        ("rigors when line flushed", "infection of a line"),
        ("picc site red and pus", "infection of a line"),
        ("fever and shivering during platelets", "reaction to a transfusion"),
        ("spiked after blood started", "reaction to a transfusion"),
        ("spiked after blood cultures", "fever"),
        ("wheezy halfway through the infusion", "reaction to an infusion"),
        ("pt cant write his name", "writing lost"),
        ("handwriting gone weird", "writing lost"),
        ("wont wake up properly", "waking impaired"),
        ("is a bit muddled tonight", "confusion"),
        ("pt fitting now", "seizure"),
        ("had a fit in the shower", "seizure"),
        ("had a fit for about a minute", "seizure"),
        ("it stopped by itself", "ended by itself"),
        ("swelling of the whole brain on ct", "brain swelling"),
        ("only a few vials of it left", "short supply"),
        ("running out in pharmacy", "short supply"),
        ("we have his frozen stem cells from the auto", "stored stem cells"),
        ("dye went into the tissues", "extravasation"),
        ("is it ok to go ahead", "cells or dose put off"),
        ("he has pneumonia since yesterday", "infection that goes on"),
        ("bp 78/40 after fluids", "low blood pressure"),
        ("bp dropping", "low blood pressure"),
        ("lfts still going up on steroids", "raised liver tests"),
        ("ALT 6x ULN what now", "raised liver tests"),
        ("how long do they stay near the hospital", "staying near"),
        ("how far away can she live", "staying near"),
        ("sats 88 on air", "low oxygen"),
        ("temp 38.5 what first", "fever"),
        ("car t pt 38.5 on day 2", "fever"),
        ("spiking again", "fever"),
        ("ferritin 40000", "ferritin"),
        ("wbc 180", "many white cells"),
        ("creat doubled since yesterday", "failing kidneys"),
        ("mouth so sore cant swallow", "sore mouth"),
        ("still being sick", "vomiting"),
        ("passing blood in urine", "blood in the urine"),
    ],
)
def test_words_of_the_bedside_tell_a_finding(question: str, finding: str) -> None:
    assert finding in {each.name for each in told_findings(question)}


@pytest.mark.parametrize(
    "question",
    [
        "is he fit for discharge",
        "does this fit with crs",
        "capillary leak syndrome dose",
        "how much 38.5 mg",
        "weight 38.5 kg",
        "bp target in children",
        "how to flush a hickman",
        "temp chart where",
        "platelets transfusion threshold",
        "ferritin when to check",
        "no fever, next step",
        "not confused any more",
        "seizure prophylaxis",
        "no bleeding now",
        "do not flush the line",
        "tacrolimus 38.0",
        "pulse 250 mg ok",
        "rate of CR up to 70%",
        "a fit 70 year old",
        "weight up to 40 kg",
        "map 60 year old",
    ],
)
def test_other_words_tell_none(question: str) -> None:
    assert told_findings(question) == ()


def test_the_more_special_finding_takes_its_words() -> None:
    assert [each.name for each in told_findings("rigors when line flushed")] == ["infection of a line"]
    assert [each.name for each in told_findings("fever during the platelets")] == ["reaction to a transfusion"]


def test_a_finding_is_one_thing_by_all_words_that_the_pages_have_for_it() -> None:
    found = [term for term in terms("hickman wont bleed back") if term.told is not None]
    assert [term.words for term in found] == ["wont bleed back"]
    assert ("line", "block") in found[0].forms
    assert ("block",) in found[0].under
    assert "back" not in {term.words for term in terms("hickman wont bleed back")}


def test_what_no_page_has_is_left_as_its_words() -> None:
    asked = ask("hickman wont bleed back")
    words = "blocked blockage occluded line catheter withdrawal return blood patency unblock unblocking bleed"
    none = frequencies(**dict.fromkeys(words.split(), 0))
    found = terms_of(asked, NAMES, none)
    assert all(term.told is None for term in found)
    assert {"bleed", "back"} <= {term.words for term in found}


def test_one_finding_told_twice_counts_once() -> None:
    assert sum(term.told is not None for term in terms("fever 38.6 after the cells")) == 1


def test_who_tells_a_finding_and_asks_nothing_asks_what_to_do() -> None:
    assert as_what_to_do(ask("picc arm swollen")).kind == "treatment"
    assert as_what_to_do(ask("is a swollen arm common")).kind != "treatment"
    assert as_what_to_do(ask("what grade is bp 78/40")).kind == "grading"
    assert as_what_to_do(ask("anakinra")).kind == "other"


def test_what_a_finding_is_told_of_under_counts_in_headings_alone() -> None:
    (found,) = [term for term in terms("hickman wont bleed back") if term.told is not None]
    assert Held("Blocked").heads(found)
    assert not Held("small veins of the liver are blocked").holds(found)


def test_a_grade_of_liver_disease_is_of_no_child() -> None:
    (child,) = [term for term in terms("child") if term.words == "child"]
    assert not Held("Child-Pugh B: 35 mg").holds(child)
    assert Held("Child: 35 mg").holds(child)


@pytest.mark.parametrize(
    "question",
    [
        "sat next to a kid with chickenpox",
        "his sister at school has chickenpox",
        "played with a cousin who had shingles",
        "exposed to chickenpox",
    ],
)
def test_who_was_near_somebody_with_a_virus_was_in_contact(question: str) -> None:
    assert [each.name for each in told_findings(question)][:1] == ["contact with a virus"]


def test_who_has_the_virus_was_not() -> None:
    assert "contact with a virus" not in [each.name for each in told_findings("he has shingles on the face")]


@pytest.mark.parametrize(
    ("question", "finding"),
    [
        ("K 6.8 now", "high potassium"),
        ("potassium of 7.1", "high potassium"),
        ("peaked T waves", "change of the ECG"),
        ("qtc 510", "change of the ECG"),
    ],
)
def test_a_high_potassium_and_its_ecg_are_findings(question: str, finding: str) -> None:
    assert [each.name for each in told_findings(question)] == [finding]


@pytest.mark.parametrize("question", ["K 4.8 now", "potassium 6 mmol/h", "a t wave"])
def test_a_usual_potassium_and_a_rate_are_none(question: str) -> None:
    assert not told_findings(question)


def test_a_blood_pressure_is_told_of_no_blood() -> None:
    assert "blood" not in {term.words for term in terms("blood pressure is low, what do i do")}
    assert "blood" in {term.words for term in terms("fever during the blood transfusion, what do i do")}
