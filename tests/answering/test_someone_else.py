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
        ("xadrol dose, her son aged 9 is with her", ("her son aged 9 is with her",)),
        ("xadrol dose, 80 kg, visited by his grandson (6)", ("his grandson (6)",)),
        ("xadrol dose, works with children", ("works with children",)),
        ("xadrol dose, teacher of 8 year olds", ("teacher of 8 year olds",)),
        ("xadrol dose, 70 kg, has three children", ("has three children",)),
        ("xadrol dose, donor was a child of 9", ("a child of 9",)),
        ("xadrol dose, cord transplant from a baby", ("a baby",)),
        ("xadrol load, 75 kg, diagnosed aged 10", ("aged 10",)),
        ("xadrol load, 75 kg, first fit at 6 years old", ("at 6 years old",)),
        ("xadrol load, 75 kg, fits since the age of six", ("since the age of six",)),
        ("had leukaemia when she was 9, xadrol load, 75 kg", ("when she was 9",)),
        ("had leukaemia as a child, xadrol load, 75 kg", ("as a child",)),
        ("xadrol load, 75 kg, on kapradol for 2 years", ("for 2 years",)),
        ("CRS is two days old, xadrol, 70 kg", ("two days old",)),
        ("she has a 2 week old rash, xadrol dose", ("2 week old",)),
        ("the bag is 3 days old, xadrol, 70 kg", ("3 days old",)),
        ("xadrol load, 75 kg, his 5 year old sister is the donor", ("his 5 year old sister is the donor",)),
        ("patient's son 9 years old brought him in, xadrol, 70 kg", ("patient's son 9 years old brought him",)),
        ("xadrol dose, had ALL at age 6", ("at age 6",)),
        ("xadrol dose, childhood asthma", ("childhood",)),
        ("xadrol dose, was a premature baby", ("was a premature baby",)),
        ("xadrol dose, married with two children", ("with two children",)),
        ("xadrol dose, wants children", ("wants children",)),
        ("xadrol dose, nurse at a children's hospital", ("at a children's hospital",)),
        ("her line is 6 months old, xadrol, 70 kg", ("6 months old",)),
        ("DVT 3 weeks old, xadrol, 70 kg", ("3 weeks old",)),
        ("dermatitis is 3 days old, xadrol, 70 kg", ("3 days old",)),
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
        "2 month old with a rash, xadrol dose",
        "the nurse wants the children's dose of xadrol",
        "she wants children's doses, xadrol",
        "CRS in a 6 month old, xadrol",
        "8 month old CRS, xadrol",
        "had a fit, aged 6, xadrol load",
        "as a nurse on a paediatric ward I ask for the xadrol dose",
        "the nurse on the paediatric ward asks for the xadrol dose",
        "xadrol in childhood leukaemia",
        "her baby 8 kg has fits, xadrol",
        "she is breastfeeding, xadrol dose",
        "is on dialysis, xadrol dose",
        "not a child dose, xadrol for adults",
        "as a paediatric nurse I ask for the xadrol dose",
        "we look after a 7 year old with fits, xadrol",
        "xadrol dose, works well in children",
        "her son aged 9 has fits, xadrol load",
        "diagnosed today, aged 10, xadrol load",
        "newly diagnosed aged 10, xadrol load",
        "diagnosed aged 10, 30 kg, xadrol load",
        "should he be dosed as a child, xadrol",
        "xadrol for a child with CRS, 8 months old",
        "he is 6 months old, xadrol",
        "xadrol for 6 years old",
    ],
)
def test_what_is_told_of_the_patient_stays(text: str) -> None:
    assert patient_alone(text) == (text, ())
