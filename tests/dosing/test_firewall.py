"""The gate for doses: true answers pass, corrupted ones do not."""

import random
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest
from made_regimens import amount, hours, limit, regimen

from wardbook.dosing.compute import Computed, compute, compute_daily
from wardbook.dosing.firewall import firewall
from wardbook.dosing.patient import Patient
from wardbook.dosing.wording import describe

QUOTES = {
    1: "Dose | 100-200 mg SC or IV every 6-12 hours\n"
    "Duration | until resolved, typically 3-7 days\nMaximum | Up to 400 mg/day",
    2: "Adult | at least 30 kg | 8 mg/kg | IV over 60 minutes | every 8 hours | 800 mg per dose; 4 doses in total",
    3: "1,000,000 units/m2 BID x 5 days, max 2.5 g per day; grade 3-4",
    4: "0.05 mcg/kg/min, titrate by 0.12 mcg/kg/min every 5 minutes",
    6: "CARTOX 2018 | fludarabine 30 mg/m2 + cyclophosphamide 300 mg/m2 | days -5, -4 | CD19, IL-6 [11][7]",
    7: "80/400 mg",
    5: "2 x 10^6 CAR-positive T cells/kg, not to exceed 2 x 10^8 cells",
}

TRUE = [
    "anakinra 100–200 mg SC or IV every 6–12 hours; maximum 400 mg/day; typically 3–7 days [1].",
    "The maximum is 400 mg/day [1]. Give 8 mg/kg over 60 minutes [2].",
    "- 8 mg/kg IV every 8 hours\n  maximum 800 mg per dose; at most 4 doses [2]",
    "| Drug | Dose |\n|---|---|\n| one | 100-200 mg [1] |\n| two | 8 mg/kg [2] |",
    "**1,000,000** units/m² twice daily for 5 days; maximum 2.5 g/day [3]",
    "1000000 units/m^2 every 12 hours [3]",
    "0.05 mcg/kg/minute, by 0.12 µg/kg/min every 5 minutes [4]",
    "2,000,000 cells/kg, maximum 200,000,000 cells [5]",
    "In grade 3 [3]: nothing else.",
    "For how long is it meant? Options: prophylaxis, treatment.",
    "The pages hold 3 regimens of it.\n\n1. 100–200 mg [1]\n2. 8 mg/kg [2]",
    "Both: 100–200 mg [1] and 8 mg/kg [2].",
    "fludarabine 30 mg/m² with cyclophosphamide 300 mg/m² on days -5 and -4 (CARTOX 2018) [6]",
    "What is the maximum daily dose?",
    "IL-6 and CD19 matter in COVID-19, see 2024-05-06 [1].",
    "CD19 and IL-6 in COVID-19 [6].",
    "on days -5, -4 and not later; 80/400 mg [6][7]",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_true_answer_passes_untouched(text: str) -> None:
    assert firewall(text, QUOTES) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "100–200 mg SC [2]",
        "100–200 mg SC",
        "100–200 mcg SC [1]",
        "100–200 mg/kg SC [1]",
        "100–200 mg/day SC [1]",
        "100–200 g [1]",
        "100–20.0 mg [1]",
        "10–200 mg [1]",
        "100 mg [1]",
        "200 mg [1]",
        "every 6 hours [1]",
        "every 6–12 days [1]",
        "for 3–70 days [1]",
        "400 mg every 6–12 hours [1]",
        "maximum 400 mg [1]",
        "8 mg [2]",
        "0.8 mg/kg [2]",
        "80 mg/kg [2]",
        "8 mg/kg/day [2]",
        "8 mg/m² [2]",
        "maximum 800 mg/day [2]",
        "over 6 minutes [2]",
        "at most 40 doses [2]",
        "five doses [2]",
        "weight at least 40 kg [2]",
        "1,000,000 units/kg [3]",
        "100,000 units/m2 [3]",
        "1,000,000 mg/m2 [3]",
        "three times daily [3]",
        "maximum 25 g per day [3]",
        "grade 2 [3]",
        "0.05 mcg/kg/h [4]",
        "0.05 mg/kg/min [4]",
        ".5 mcg/kg/min [4]",
        "2 x 10^7 cells/kg [5]",
        "2,000,000 cells [5]",
        "100–200 mg [1]. And 8 mg/kg.",
        "875/125 mg [1]",
        "2 x 500 mg [1]",
        "½ tablet [1]",
        "100 mq [1]",
        "8 mg/kg [9]",
        "# Give 8 mg/kg",
        "| 8 mg/kg [1] | 100-200 mg [2] |",
        "１００ mg [2]",
        "maximum 200,000,000 cells/kg [5]",
        "IV100mg [2]",
        "Give it twice daily.",
        "eight mg per kg [2]",
        "half a tablet [1]",
        "cyclophosphamide 30 mg/m² [6]",
        "CARTOX 2016: fludarabine 30 mg/m² [6]",
        "fludarabine 30 mg/m² against CD20 [6]",
        "for 2018 days [6]",
        "on days -5 and -3 [6]",
        "on day 6 [6]",
        "on days -5 and 2000 [6]",
        "80/400 mg/kg [7]",
        "80/800 mg [7]",
        "fludarabine 30 mg/m² on day 11 [6]",
        "1,000,000 units/m20 [3]",
        "maximum 2. g per day [3]",
    ],
)
def test_a_figure_that_its_quote_does_not_hold_is_withheld(text: str) -> None:
    shown, withheld = firewall(text, QUOTES)
    assert len(withheld) == 1
    assert "withheld" in shown
    assert not re.search(r"\d", re.sub(r"\[\d+\]", "", shown)) or "100–200 mg [1]" in shown


def test_only_the_failing_sentence_goes_and_the_text_says_so() -> None:
    text = "Give 100–200 mg [1]. Then 8 mg/kg [1]. Over 60 minutes [2].\n\n- 4 doses [2]\n- 5 doses [2]\n"
    shown, withheld = firewall(text, QUOTES)
    assert withheld == ("Then 8 mg/kg [1].", "- 5 doses [2]")
    assert "Give 100–200 mg [1]." in shown
    assert "Over 60 minutes [2]." in shown
    assert "- 4 doses [2]" in shown
    assert shown.endswith("2 statements were withheld: a figure in it does not stand in the lines it cites.")


def done(outcome: object) -> Computed:
    assert isinstance(outcome, Computed)
    return outcome


def test_the_calculators_line_passes_and_no_other_sum_does() -> None:
    row = regimen(amount("8"), per="kg", max_single=limit("800"), interval_h=hours(8))
    single, day = (
        done(compute(row, Patient(weight_kg=Decimal(120)))),
        done(compute_daily(row, Patient(weight_kg=Decimal(120)))),
    )
    text = f"For 120 kg: {single.arithmetic} [2].\nOne dose is 800 mg. A day: {day.arithmetic}."
    assert firewall(text, QUOTES, [single, day]) == (text, ())
    assert firewall(text, QUOTES)[1]
    assert firewall(text.replace("960", "906"), QUOTES, [single, day])[1]
    assert firewall("One dose is 80 mg.", QUOTES, [single])[1]


def test_what_a_person_proposes_may_be_repeated_where_it_is_said_to_be_theirs() -> None:
    text = "Asked: 600 mg/day, which is above the maximum of 400 mg/day [1]."
    assert firewall(text, QUOTES, asked="check anakinra 600 mg/day") == (text, ())
    assert firewall("Give 600 mg/day [1].", QUOTES, asked="check anakinra 600 mg/day")[1]
    assert firewall(text, QUOTES)[1]


def test_a_body_weight_of_the_question_may_be_repeated() -> None:
    text = "For 18 kg and 4 years: 8 mg/kg [2]."
    assert firewall(text, QUOTES, asked="toci 18kg 4 years") == (text, ())
    assert firewall(text, QUOTES, asked="toci 19kg 4 years")[1]


def test_described_regimens_pass_against_their_own_words() -> None:
    words = "100-200 mg SC or IV every 6-12 hours for 3-7 days, max 400 mg/day"
    row = regimen(
        amount("100", "200"), interval_h=hours(6, 12), max_daily=limit("400"), duration="3-7 days", verbatim=words
    )
    text = f"{describe(row)} [1]"
    assert firewall(text, {1: words}) == (text, ())


Corruption = Callable[[str, random.Random], str]


def change_digit(text: str, rng: random.Random) -> str:
    places = [match.start() for match in re.finditer(r"\d", text) if not _in_marker(text, match.start())]
    at = rng.choice(places)
    return text[:at] + rng.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]


def add_digit(text: str, rng: random.Random) -> str:
    places = [match.end() for match in re.finditer(r"\d", text) if not _in_marker(text, match.start())]
    at = rng.choice(places)
    return text[:at] + rng.choice("0123456789") + text[at:]


def drop_digit(text: str, rng: random.Random) -> str:
    places = [match.start() for match in re.finditer(r"\d(?=\d)", text) if not _in_marker(text, match.start())]
    if not places:
        return change_digit(text, rng)
    at = rng.choice(places)
    return text[:at] + text[at + 1 :]


def swap_unit(text: str, rng: random.Random) -> str:
    units = ["mg", "mcg", "g", "units", "mL", "mmol"]
    found = list(re.finditer(r"(?<=[\d ])(?:mg|mcg|units|g)(?=\b)", text))
    if not found:
        return change_digit(text, rng)
    match = rng.choice(found)
    return text[: match.start()] + rng.choice([u for u in units if u != match.group()]) + text[match.end() :]


def move_marker(text: str, rng: random.Random) -> str:
    numbers = re.findall(r"\[(\d)\]", text)
    old = rng.choice(numbers)
    return text.replace(f"[{old}]", f"[{rng.choice([n for n in '123489' if n not in (old, *numbers)])}]")


def move_point(text: str, rng: random.Random) -> str:
    figure = rng.choice(list(re.finditer(r"(?<![\[\d.,^])\d+(?:\.\d+)?(?![\d\],.])", text)))
    value = Decimal(figure.group()) * rng.choice((Decimal(10), Decimal("0.1"), Decimal("0.01"), Decimal(1000)))
    return text[: figure.start()] + f"{value:f}" + text[figure.end() :]


def change_per(text: str, rng: random.Random) -> str:
    changed = re.sub(r"/(?:kg|m2|m²|day|min)\b|/m²", "", text, count=1)
    return changed if changed != text else re.sub(r"\b(mg|mcg|units|cells)\b(?!/)", r"\1/kg", text, count=1)


CORRUPTIONS: list[Corruption] = [change_digit, add_digit, drop_digit, swap_unit, move_marker, move_point, change_per]
SENTENCES = [
    "100–200 mg SC every 6–12 hours [1]",
    "maximum 400 mg/day [1]",
    "8 mg/kg IV over 60 minutes [2]",
    "800 mg per dose; 4 doses in total [2]",
    "1,000,000 units/m2 for 5 days [3]",
    "maximum 2.5 g per day [3]",
    "0.05 mcg/kg/min [4]",
]


def _in_marker(text: str, at: int) -> bool:
    return any(match.start() <= at < match.end() for match in re.finditer(r"\[\d+\]|m2|\^\d", text))


def _says_the_same(text: str, other: str) -> bool:
    """Tell whether a corruption left the meaning alone ("0.0500" for "0.05", "800.0")."""

    def canonical(words: str) -> str:
        words = words.replace(",", "")
        return re.sub(r"\d*\.?\d+", lambda match: str(Decimal(match.group()).normalize()), words)

    return canonical(text) == canonical(other)


def corrupted(count: int, seed: int, quotes: Mapping[int, str]) -> list[str]:
    """Corrupt true sentences and give those that the gate let pass."""
    rng, passed, made = random.Random(seed), [], 0
    while made < count:
        sentence = rng.choice(SENTENCES)
        bad = rng.choice(CORRUPTIONS)(sentence, rng)
        if _says_the_same(bad, sentence):
            continue
        made += 1
        text = f"In adults, {bad}." if rng.random() < 0.5 else f"- {bad}"
        if not firewall(text, quotes)[1]:
            passed.append(bad)
    return passed


def test_the_sentences_to_corrupt_are_true() -> None:
    assert [firewall(f"- {sentence}", QUOTES)[1] for sentence in SENTENCES] == [()] * len(SENTENCES)


def test_no_corrupted_answer_passes() -> None:
    assert corrupted(500, 1, QUOTES) == []


@pytest.mark.long
def test_none_of_ten_thousand_corrupted_answers_passes() -> None:
    assert corrupted(10_000, 2, QUOTES) == []
