"""A statistic that is asked by its name is given under that name, or not at all."""

import pytest

from wardbook.answering.statistic_asked import gives_statistic


@pytest.mark.parametrize(
    ("question", "words", "given"),
    [
        ("p value of the primary endpoint", "Primary endpoint: RR 0.50 (95% CI 0.30-0.84)", False),
        ("p value of the primary endpoint", "Primary endpoint 11 % v 22 %, p = 0.02", True),
        ("p value of the primary endpoint", "Primary endpoint: interaction p = 0.22", False),
        ("interaction p value", "Interaction p = 0.22", True),
        ("hazard ratio for death", "RR of death 0.79 (95% CI 0.52-1.20)", False),
        ("hazard ratio for death", "HR 0.79", True),
        ("odds ratio of relapse", "Relapse in 1 or 2 patients", False),
        ("odds ratio of relapse", "relapse OR 1.4", True),
        ("relative risk of relapse", "RR 1.4", True),
        ("95% CI of relapse", "1.4 (0.9-2.0)", True),
        ("number needed to treat", "NNT 9", True),
        ("number needed to treat", "Primary endpoint 11 % v 22 %", False),
        ("does it lower the risk", "11 % v 22 %", True),
        ("pfs with beads", "relapse in 9 %", False),
        ("pfs with beads", "progression-free survival 9 months", True),
    ],
)
def test_only_words_with_the_statistic_asked_answer(question: str, words: str, given: bool) -> None:
    assert gives_statistic(question, words) is given
