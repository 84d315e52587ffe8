"""What goes on after a gap is chosen by the time since the last dose and by that dose, and not looked up by it."""

from pathlib import Path

import pytest

from real_index import assistant_over

SENTENCES = """# Blinatumomab

## Step-up

- Step 1: 1.5 mg SC day 1
- Step 2: 12 mg SC day 4
- Full dose: 36 mg SC weekly

## Delays

If last dose was 12 mg: < 14 days: continue at 36 mg; > 14 days: repeat 12 mg.

If last dose was 36 mg: < 30 days: continue at 36 mg; 30-60 days: restart at 12 mg; > 60 days: restart from step 1.
"""
ROWS = """# Teclistamab

## Dose

- Teclistamab 36 mg SC weekly

## Missed doses

| Last dose | Time since last dose | Action |
|---|---|---|
| 12 mg | 14-28 days | repeat 12 mg |
| 36 mg | < 30 days | continue at 36 mg |
| 36 mg | 30-60 days | restart at 12 mg |
| 36 mg | > 60 days | start anew |
"""
VOMITED = """# Ciclosporin

## Dose

Ciclosporin 3 mg/kg PO BD.

## Vomited doses

If vomited: < 30 min: full dose again; 30-60 min: half dose; > 60 min: nothing.
"""


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("blinatumomab last dose was 36 mg 90 days ago, what now", "restart from step 1", "weekly"),
        ("blinatumomab 36 mg given 20 days ago, what dose next", "continue at 36 mg", "restart"),
        ("blinatumomab 45 days since 36 mg", "restart at 12 mg", "weekly"),
        ("blinatumomab last dose 12 mg 3 weeks ago", "repeat 12 mg", "36 mg"),
    ],
)
def test_the_clause_is_that_of_the_dose_and_of_the_time(tmp_path: Path, question: str, said: str, unsaid: str) -> None:
    answer = assistant_over(tmp_path, {"blina": SENTENCES}).ask(question)
    assert said in answer.text
    assert unsaid not in answer.text
    assert not answer.regimens


def test_a_row_is_that_of_the_dose_and_of_the_time(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"tecli": ROWS})
    assert "start anew" in asked.ask("teclistamab last dose was 36 mg 90 days ago, what now").text
    assert "repeat 12 mg" in asked.ask("teclistamab 12 mg given 3 weeks ago").text
    assert "weekly" in asked.ask("teclistamab dose").text


def test_a_dose_that_no_row_is_for_is_not_looked_up_in_its_place(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"tecli": ROWS})
    assert asked.ask("teclistamab 24 mg given 3 weeks ago").status == "not_found"


def test_a_vomited_dose_is_told_by_its_minutes(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"ciclo": VOMITED})
    assert "half dose" in (text := asked.ask("ciclosporin vomited at 45 min").text)
    assert "3 mg/kg" not in text
    assert "nothing" in asked.ask("ciclosporin vomited 2 h after the dose").text
    assert "3 mg/kg" in asked.ask("ciclosporin dose").text


def test_a_spell_of_vomiting_is_no_dose_that_came_up(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"ciclo": VOMITED})
    assert "nothing" not in asked.ask("vomiting for 2 hours, ciclosporin dose").text
