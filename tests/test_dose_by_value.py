"""A measured value: every band that holds it is told, and nothing that is for values of the other side."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

SALTS = """# Replacing salts

Nurses of the ward may start these. NOT if creatinine > 200 or tumour lysis.

## Potassium

| K | Give |
|---|---|
| 3.0-3.4 | 2 tablets q8h |
| < 3.0 | 40 mmol over 6 h |

- TLS: don't replace unless < 3.0

## Magnesium

| Mg | Give |
|---|---|
| 0.4-0.6 | 20 mmol over 6 h |

Causes: furosemide, amphotericin. Watch the knee jerks. Contraindicated: heart block, myasthenia.

## Calcium

Corr Ca < 1.9 or tetany: calcium gluconate 10 % 20 mL over 15 min.

1.9-2.1 without symptoms: Adcal-D3 one tablet q12h.
"""
HIGH = """# Hyperkalaemia

## K

1. 6.0 or more: repeat, ECG
2. ≥ 6.5 or ECG: calcium gluconate 10 % 30 mL over 5 min
3. salbutamol neb 10 mg
4. insulin 8 units in glucose over 20 min
5. ≥ 7.0: ring the kidney team
"""
FEVER = """# Fever of the marrow

| score | do |
|---|---|
| 1 | well, home, stop antibiotics if ANC > 0.1 rising |
| 2-3 | stay |

## First hour

Fever ≥ 38.0: first antibiotic in 60 minutes.
"""
BLOOD = """# Heparins

## Enoxaparin by platelets

| Platelets | Enoxaparin |
|---|---|
| >= 50 | 1 mg/kg SC q12h |
| 15-49 | 40 mg SC daily |

## Reversal

- Enoxaparin within 8 h: protamine 1 mg per 1 mg enoxaparin, max 50 mg.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"salts": SALTS, "high": HIGH, "fever": FEVER, "blood": BLOOD}
    return assistant_over(tmp_path_factory.mktemp("pages"), pages)


def test_every_band_that_holds_a_value_is_told_with_the_steps_behind_it(assistant: Assistant) -> None:
    text = assistant.ask("k 6.9").text
    assert "repeat" in text and "calcium gluconate" in text and "salbutamol" in text and "insulin" in text
    assert "kidney team" not in text
    assert "kidney team" in assistant.ask("k 7.2").text
    low = assistant.ask("k 6.2").text
    assert "repeat" in low and "calcium gluconate" not in low


def test_what_raises_a_value_is_no_answer_to_a_high_one(assistant: Assistant) -> None:
    high = assistant.ask("ca 3.4").text
    assert "gluconate" not in high and "Adcal" not in high
    assert "gluconate" in assistant.ask("ca 1.7").text
    assert "Adcal" in assistant.ask("ca 2.0").text
    assert "gluconate" not in assistant.ask("ca 2.0").text


def test_a_letter_with_its_value_asks_something(assistant: Assistant) -> None:
    assert "2 tablets" in assistant.ask("k 3").text
    assert "2 tablets" in assistant.ask("k 3.0").text


def test_a_count_is_no_score_and_no_bound_of_what_is_done(assistant: Assistant) -> None:
    assert "home" not in assistant.ask("temp 39 neuts 2").text


@pytest.mark.parametrize("question", ["mg 0.5 myasthenia", "mg 0.5 heart block"])
def test_what_is_told_and_ruled_out_is_read_first(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).text.startswith("Read first: Contraindicated: heart block, myasthenia.")


def test_one_word_of_what_is_ruled_out_is_enough_beside_a_dose(assistant: Assistant) -> None:
    assert "Read first: TLS: don't replace unless < 3.0" in assistant.ask("k 3.2 tls").text
    assert "Read first: NOT if creatinine > 200 or tumour lysis." in assistant.ask("ca 1.5 tls").text


@pytest.mark.parametrize("question", ["mg 0.5", "k 3.2", "mg 0.5 asthma"])
def test_what_is_not_told_is_not_read_first(assistant: Assistant, question: str) -> None:
    assert "Read first" not in assistant.ask(question).text


@pytest.mark.parametrize("question", ["bleeding on enoxaparin", "bleeding plts 20 on enoxaparin"])
def test_who_bleeds_on_a_drug_is_offered_no_dose_of_it(assistant: Assistant, question: str) -> None:
    text = assistant.ask(question).text
    assert "40 mg" not in text and "protamine" in text


def test_who_asks_for_its_dose_is_given_it(assistant: Assistant) -> None:
    assert "40 mg" in assistant.ask("enoxaparin platelets 20").text


WARDS = "# Wards\n\n" + "\n".join(f"## Ward {n}\n\nPO4 daily at {n} h, PO4 to the lab.\n" for n in range(1, 25))
PHOSPHATE = "# Salts\n\n## Phosphate\n\n- 0.3-0.39: glycerophosphate 20 mmol over 12 h\n- 0.4-0.6: 2 tablets q8h\n"


def test_the_section_whose_band_holds_a_value_is_found_by_no_word_of_the_question(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    wards = assistant_over(tmp_path_factory.mktemp("wards"), {"wards": WARDS, "salts": PHOSPHATE})
    assert "20 mmol" in wards.ask("PO4 0.35").text
    assert "20 mmol" not in wards.ask("PO4 0.9").text and "2 tablets" not in wards.ask("PO4 0.9").text
