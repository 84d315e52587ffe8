"""Who says that a treatment has not worked gets the steps below the heading for that, none of them left out."""

from pathlib import Path

import pytest

from real_index import assistant_over

PAGE = """# Bead storm

## Treatment

| Grade | Zelumab | Steroid |
| --- | --- | --- |
| 1 | no | no |
| 2 | yes | 9 mg once if no better 6 h after zelumab |

Zelumab 7 mg/kg IV over 60 minutes.

### If it doesn't work

- Refractory = no better after 2 zelumab and a day of steroid.
- Bolimab 90 mg SC 6-hourly.
- Rising zinc, falling copper: see the page on zinc.

## Monitoring

- Zinc is not reliable for weeks after zelumab.
"""


@pytest.mark.parametrize("question", ["bead storm not better after 2 zelumab", "bead storm not settling after zelumab"])
def test_the_steps_below_the_heading_for_failure_answer(tmp_path: Path, question: str) -> None:
    text = assistant_over(tmp_path, {"storm": PAGE}).ask(question).text
    assert "Bolimab 90 mg" in text
    assert "Rising zinc" in text
    assert "7 mg/kg" not in text


def test_without_failure_they_do_not_stand_first(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"storm": PAGE}).ask("bead storm grade 2 zelumab").text
    assert "Bolimab" not in text


@pytest.mark.parametrize(
    "question", ["options for refractory bead storm", "what can we give when the bead storm doesn't answer to anything"]
)
def test_what_is_refractory_is_answered_by_those_steps_too(tmp_path: Path, question: str) -> None:
    assert "Bolimab 90 mg" in assistant_over(tmp_path, {"storm": PAGE}).ask(question).text


TWO = """# Bead harm

| Drug | Dose |
| --- | --- |
| anakinra | 4 mg/kg SC daily |
| ruxolitinib | 10 mg PO BD |
"""


@pytest.mark.parametrize(
    ("question", "drug"),
    [
        ("anakinra had no effect, ruxolitinib for bead harm 70 kg", "ruxolitinib"),
        ("anakinra made no difference, ruxolitinib for bead harm", "ruxolitinib"),
        ("despite ruxolitinib worse, anakinra bead harm 70 kg", "anakinra"),
        ("ruxolitinib failed, anakinra bead harm", "anakinra"),
        ("anakinra for bead harm 70 kg", "anakinra"),
    ],
)
def test_the_dose_is_that_of_the_drug_that_has_not_failed(tmp_path: Path, question: str, drug: str) -> None:
    answer = assistant_over(tmp_path, {"harm": TWO}).ask(question)
    assert {each.regimen.drug for each in answer.regimens} == {drug}
    assert "not compared" not in " ".join(answer.warnings)
