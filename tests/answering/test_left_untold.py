"""Lines that hold all of a question but the one thing asked for: how often, when, which cut-off, how worked out."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.answering.left_untold import tells_evidence

SCORES = """# Alert scores

## VEX score
| Item | Points |
|---|---|
| Naming two colours | 2 |
| Following a finger | 1 |

## WUX score
Take a WUX score every 4 hours.
| Item | Points |
|---|---|
| Naming two rivers | 2 |

## Others
| Score | What for | Used here |
|---|---|---|
| OMNIVEX | fitness | no, software not validated |
| PRAVEX | outcome, cut-off 4 | yes |
| LIMVEX | outcome; no cut-off is agreed | research only |
"""


def test_how_often_is_answered_by_a_rhythm_alone(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"scores": SCORES}).ask
    assert ask("how often should I do the VEX score?").status == "not_found"
    assert "every 4 hours" in ask("how often should I do the WUX score?").text
    assert ask("what are the items of the VEX score?").status == "answered"


def test_a_cut_off_is_answered_by_a_figure_or_by_words_that_there_is_none(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"scores": SCORES}).ask
    assert ask("OMNIVEX cut-off").status == "not_found"
    assert "cut-off 4" in ask("PRAVEX cut-off").text
    assert "no cut-off is agreed" in ask("LIMVEX cut-off").text
    assert "not validated" in ask("is OMNIVEX used here?").text


def test_how_a_score_is_worked_out_is_answered_by_what_it_is_made_of(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"scores": SCORES}).ask
    assert ask("how do I work out the OMNIVEX").status == "not_found"
    assert "2" in ask("how do I work out the VEX score").text


AFTERCARE = """# Grafting of vetches

## Sailing
No sailing for 5 weeks after the graft.

## Swimming
Swimming is fine in the lake, never in the sea.

## Harvest
Swimming pools are shut in the last 3 weeks of the harvest.
"""


def test_how_long_is_answered_by_a_time_on_what_is_asked_alone(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"aftercare": AFTERCARE}).ask
    assert "5 weeks" in ask("how long no sailing").text
    assert ask("how long no swimming in the sea").status == "not_found"


def test_a_why_is_answered_by_a_reason(tmp_path: Path) -> None:
    pages = {
        "larimab": "# Larimab\n\n## Giving it\nWith copal 50 mg/kg: larimab 20 mg/kg IV at 0 and 3 hours.\n",
        "stone": "# Stone\n\n## Stopping it\nStone is stopped with zelumab, because it binds zelumab.\n",
    }
    ask = assistant_over(tmp_path, pages).ask
    assert ask("why is larimab given with copal").status == "not_found"
    assert "it binds zelumab" in ask("why is stone stopped with zelumab").text


def test_how_often_patients_have_something_is_answered_by_how_many(tmp_path: Path) -> None:
    pages = {
        "blue": "# Blue hands\n\n## How often\nBlue hands in 7% of patients on larimab.\n",
        "pale": "# Pale hands\n\n## What to do\nPale hands on larimab are warmed at once.\n",
    }
    ask = assistant_over(tmp_path, pages).ask
    assert "7%" in ask("how often do larimab patients get blue hands").text
    assert ask("how often do larimab patients get pale hands").status == "not_found"


def test_how_long_a_drug_runs_is_answered_by_a_time(tmp_path: Path) -> None:
    pages = {
        "zels": "# ZELS\n\n## Refractory\nZelumab 11 mg/kg IV once, on request.\n\n## First\nVorimab over 2 hours.\n"
    }
    ask = assistant_over(tmp_path, pages).ask
    assert ask("zelumab run over how long").status == "not_found"


def test_no_maximum_is_said_where_none_stands(tmp_path: Path) -> None:
    pages = {
        "fits": "# Fits\n\n## Treatment\n\n- Zelumab 100 mg BD\n- Vorimab 60 mg/kg IV (max 4,500 mg)\n",
    }
    ask = assistant_over(tmp_path, pages).ask
    none = ask("zelumab max daily dose")
    assert none.status == "not_found"
    assert "no maximum" in none.text
    assert "100 mg" not in none.text
    assert "4,500 mg" in ask("vorimab max dose").text


HELPED = {
    "zelumab": "# Zelumab\n\n## Mouth\n- Zelumab mouthwash 5 mL four times a day; not within 30 minutes of nystatin.\n",
    "larimab": "# Larimab\n\n## Trials\n- Larimab mouthwash: 12 % sore mouths against 30 % without (90 patients).\n",
    "glow": "# Glow syndrome\n\n## Night\n- Weigh, girth, strict balance. Fluids to 75 % maintenance.\n",
    "rash": "# Rash tests\n\n## Blood\nOnce: sZED (red tube, before 11:00, result 3 d), marrow if < 2 years.\n\n"
    "sLAR: above 900 U/mL counts.\n",
}


def test_whether_something_helps_is_not_told_by_how_it_is_given(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, HELPED).ask
    assert ask("is zelumab mouthwash any good").status == "not_found"
    assert ask("does zelumab mouthwash help").status == "not_found"
    assert "12 %" in ask("is larimab mouthwash any good").text


def test_a_share_of_fluids_is_no_rhythm_and_an_hour_no_cut_off(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, HELPED).ask
    assert ask("how often weigh in glow syndrome").status == "not_found"
    assert ask("sZED cut-off in rash tests").status == "not_found"
    assert "900 U/mL" in ask("sLAR cut-off in rash tests").text


RATES = {
    "lines": "# Lines\n\n## Flushing\n- Blue line: 10 mL saline weekly.\n- Red line: 5 mL saline daily.\n\n"
    "## Audit\nLine infections: 1.3 per 1,000 line days.\n",
    "glow": "# Glow\n\n## Zelumab steps\n- Zelumab: stay 48 h for glow after each step.\n\n"
    "## Pumps\nStop at a heart rate of 140.\n\n## Glow collection\nInlet 60 mL/min.\n",
}


def test_a_rate_or_a_risk_is_answered_by_how_many(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, RATES).ask
    assert "1.3 per 1,000" in ask("line infection rate").text
    assert ask("glow rate with zelumab").status == "not_found"
    assert ask("zelumab glow evidence").status == "not_found"
    assert ask("risk of infection with blue line vs red line").status == "not_found"
    assert "140" in ask("stop pump at which heart rate").text
    assert "60 mL/min" in ask("inlet rate in glow collection").text


SHARES = {
    "glow": "# Glow\n\n## What to give\nWith larimab give zelumab 10 mg once for glow. Blips are common in glow with "
    "larimab.\n\nAnakinra 200 mg may be added in glow if no response.\n",
}


def test_how_many_is_asked_without_patients_and_a_percentage_needs_a_figure(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, SHARES).ask
    assert "common" in ask("how many get glow with larimab").text
    assert ask("what % get glow with larimab").status == "not_found"
    assert ask("how good is the evidence for anakinra in glow").status == "not_found"


def test_another_part_of_a_trial_tells_nothing_of_the_one_asked(tmp_path: Path) -> None:
    page = "# Zelumab\n\n## Results\n\n- Early zelumab in BEAD-1 cohort 6: fewer rashes, 9 of 40 patients.\n"
    ward = assistant_over(tmp_path, {"zelumab": page})
    assert ward.ask("early zelumab BEAD-1 cohort 6 results").status == "answered"
    assert ward.ask("early zelumab BEAD-1 cohort 4 results").status == "not_found"


CALLS = """# Larch fever

## Grading
Larch fever is grade 3 when the larch score is 4.

## Doses
Larch fever grade 3: keep warm, tea.
"""


def test_whom_to_call_is_answered_by_somebody_to_call(tmp_path: Path) -> None:
    assert (
        assistant_over(tmp_path / "a", {"larch": CALLS}).ask("who do I call for larch fever grade 3").status
        == "not_found"
    )
    told = CALLS + "\n## Who to call\nLarch fever grade 3: registrar, bleep 4410.\n"
    assert "4410" in assistant_over(tmp_path / "b", {"larch": told}).ask("who do I call for larch fever grade 3").text


FLUID = """# Larch fever

## Grading
Larch fever grade 2: pressure low, oxygen 6 L/min at most, warm.

## Grade 2
Larch fever, pressure low: 500 mL crystalloid once.
"""


def test_a_flow_of_oxygen_is_no_fluid(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"larch": FLUID}).ask("pressure low in larch fever grade 2, how much fluid?").text
    assert "500 mL" in text.partition("\n")[0]


@pytest.mark.parametrize("question", ["what evidence is there for anakinra", "does anakinra really work"])
def test_advice_is_no_evidence(question: str) -> None:
    assert not tells_evidence(question, ["Anakinra: not recommended in glow.", "Give 100 mg daily."])
    assert tells_evidence(question, ["Anakinra, cohort of 31: fewer relapses."])


def test_advice_tells_whether_something_helps() -> None:
    assert tells_evidence("does anakinra help in glow", ["Anakinra: not recommended in glow."])
