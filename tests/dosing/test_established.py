"""What a question says that the patient has, and what only may come."""

import pytest

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.established import has_event, things_had


@pytest.mark.parametrize(
    "words", ["pe yesterday", "for dvt", "new clot", "line thrombosis", "dvt 3 weeks ago", "vte 5 days ago"]
)
def test_a_clot_that_is_named_is_had(words: str) -> None:
    assert has_event(DoseQuery("bemiparin", words), "bemiparin")


@pytest.mark.parametrize(
    "words",
    [
        "history of dvt",
        "previous pe",
        "dvt 5 years ago",
        "risk of clots",
        "to avoid a clot",
        "no pe",
        "after a dvt",
        "vte",
    ],
)
def test_a_clot_that_was_or_may_come_is_not_had(words: str) -> None:
    assert not has_event(DoseQuery("bemiparin", words), "bemiparin")


def test_a_drug_that_prevents_no_clots_is_asked_of_another_thing() -> None:
    assert not has_event(DoseQuery("somedrug", "pe yesterday"), "somedrug")


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("established tls", "tls"),
        ("has shingles", "shingle"),
        ("proven candidaemia", "candidaemia"),
        ("tls now", "tls"),
    ],
)
def test_what_a_word_beside_it_tells_is_had(words: str, thing: str) -> None:
    assert thing in things_had(words)


@pytest.mark.parametrize("words", ["tls", "high risk of tls", "no established tls", "tls prophylaxis, active patients"])
def test_without_such_a_word_it_is_not(words: str) -> None:
    assert "tls" not in things_had(words)


@pytest.mark.parametrize(
    "words", ["status 80kg adult", "zenoracetam status", "status epilepticus", "in status", "child in status now"]
)
def test_the_status_of_a_drug_for_fits_is_a_fit(words: str) -> None:
    assert has_event(DoseQuery("zenoracetam", words), "zenoracetam")


@pytest.mark.parametrize(
    "words",
    ["performance status 2", "mental status", "ecog status 3", "status post transplant", "status of renal function"],
)
def test_another_status_is_no_fit(words: str) -> None:
    assert not has_event(DoseQuery("zenoracetam", words), "zenoracetam")
