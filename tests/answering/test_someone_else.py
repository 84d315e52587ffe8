"""What is told of someone else is left out of a question, and what is told of the patient stays."""

import pytest

from wardbook.answering.someone_else import patient_alone, told_of


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("she is breastfeeding her four month old, 62 kg, xadrol dose", ("her four month old",)),
        ("he has a one year old daughter at home, 80 kg, xadrol dose", ("a one year old daughter at home",)),
        ("she has a two week old baby, she weighs 58 kg, xadrol", ("a two week old baby",)),
        ("grandfather of a five year old, fitting, 80 kg, xadrol load", ("of a five year old",)),
        ("xadrol dose, mother of two, 8 and 10 years old", ("of two, 8 and 10 years old",)),
        ("father of a 4 year old boy, xadrol dose", ("of a 4 year old boy",)),
        ("his daughter is 7 years old, xadrol for fits, 80 kg", ("his daughter is 7 years old",)),
        ("her husband is on dialysis, she needs xadrol, dose", ("her husband is on dialysis",)),
        ("his brother died on dialysis; he himself has pox, xadrol dose", ("his brother died on dialysis",)),
        ("xadrol dose, his wife is pregnant", ("his wife is pregnant",)),
        ("family history of kidney failure, xadrol dose", ("family history of kidney failure",)),
        ("he is no longer a child, 19 years, xadrol", ("no longer a child",)),
        ("she is a paediatric nurse by trade, xadrol dose", ("a paediatric nurse by trade",)),
    ],
)
def test_what_is_told_of_someone_else_is_left_out_and_said_so(text: str, others: tuple[str, ...]) -> None:
    alone, left = patient_alone(text)
    assert left == others
    assert not any(each in alone for each in others)
    assert all(each in told_of(left) for each in others)


@pytest.mark.parametrize(
    "text",
    [
        "my daughter is 7 years old and fits, xadrol load",
        "the mother asked about her son who is 22 kg, xadrol",
        "her 7 year old daughter is fitting, xadrol load",
        "her four month old has fits, 6 kg, xadrol",
        "his daughter is 7 years old, 24 kg, xadrol for fits",
        "mother of a 14 month old with fits asks for xadrol",
        "we have a 6 year old with fits, xadrol",
        "she has a 2 week old rash, xadrol dose",
        "she is breastfeeding, xadrol dose",
        "is on dialysis, xadrol dose",
        "not a child dose, xadrol for adults",
        "as a paediatric nurse I ask for the xadrol dose",
    ],
)
def test_what_is_told_of_the_patient_stays(text: str) -> None:
    assert patient_alone(text) == (text, ())
