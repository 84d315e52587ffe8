"""What pages say of a class of drugs is said of each of them, unless other ones are named."""

import pytest

from answering.made import NAMES, ask, frequencies, hit, unit
from wardbook.answering.drug_class import said_of_class
from wardbook.answering.evidence import rank
from wardbook.answering.strip import note
from wardbook.answering.terms import terms_of


@pytest.mark.parametrize(
    ("drug", "words", "is_said"),
    [
        ("sertraline", "Not with SSRIs.", True),
        ("Zoloft", "Not with SSRIs.", True),
        ("apixaban", "Direct oral anticoagulant: restart in week 6", True),
        ("lisinopril", "After an ACE inhibitor: 30 mg", True),
        ("lisinopril", "Beta blocker: glucagon", False),
        ("voriconazole", "Azoles (fluconazole, itraconazole): halve it", False),
        ("enoxaparin", "Low molecular weight heparin: not in renal failure", True),
        ("teclistamab", "after a BCMA bispecific", True),
        ("epcoritamab", "after a BCMA bispecific", False),
        ("epcoritamab", "after any bispecific", True),
        ("rituximab", "CD20 bispecific", False),
        ("nosuchmab", "any bispecific", False),
        ("lacosamide", "a page of its own: no dose is stated here", False),
        ("lacosamide", "after an AED", True),
    ],
)
def test_words_on_a_class_are_on_its_drugs_unless_they_name_others_of_it(drug: str, words: str, is_said: bool) -> None:
    assert said_of_class(drug, words) is is_said


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("platelets in stroke on clopidogrel?", False),
        ("platelets after stroke with warfarin?", True),
        ("how to reverse clopidogrel", True),  # nothing but the drug is asked about
        ("incidence of stroke on clopidogrel", True),  # how often is told of each drug alone
    ],
)
def test_a_line_on_the_class_is_taken_for_what_the_patient_has_beside(question: str, lacks: bool) -> None:
    asked = ask(question)
    place = hit(unit("Platelets are not given in stroke on an antiplatelet drug."), title="Stroke")
    (found,) = rank(asked, terms_of(asked, NAMES, frequencies(clopidogrel=0)), [place])
    assert found.lacks_drug is lacks
    assert note(asked, found) == ("" if lacks else "does not name clopidogrel")
