"""Rules that hold for every dosing table: no figure lost, none moved, and the looks of a page change nothing."""

import re
from decimal import Decimal
from random import Random
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_reading import line_of

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import DrugNames, drug_names
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Regimen

DRUGS = ("anakinra", "tocilizumab", "dexamethasone", "methylprednisolone", "levetiracetam", "fluconazole")


def names() -> DrugNames:
    page = "# Anakinra\n\n## Dosing\n| Drug | Dose |\n|---|---|\n" + "".join(f"| {drug} | 1 mg |\n" for drug in DRUGS)
    return drug_names([read_document(page.encode(), "page")])


NAMES = names()


def read(page: str) -> tuple[Regimen, ...]:
    return read_regimens(read_document(page.encode(), "page"), NAMES)


def figures(regimen: Regimen) -> set[Decimal]:
    """Every typed figure of a regimen, intervals also in days and weeks."""
    found = set()
    if regimen.amount:
        found |= {regimen.amount.low, regimen.amount.high}
    for limit in (regimen.max_single, regimen.max_daily):
        found |= {limit.value} if limit else set()
    found |= {bound for band in regimen.bands for bound in (band.low, band.high) if bound is not None}
    for hours in regimen.interval_h or ():
        found |= {hours, hours / 24, hours / 168}
    return found


def words(regimen: Regimen) -> str:
    kept = (regimen.schedule, regimen.duration, regimen.infusion, *regimen.notes, *regimen.unparsed)
    return " ".join(piece for piece in kept if piece)


number = st.integers(1, 999).map(str) | st.sampled_from(["0.5", ".75", "1,600", "2.5", "12.5"])
amount = st.builds(
    lambda low, gap, unit, per: f"{low}{gap}{unit}{per}",
    number,
    st.sampled_from(["", " "]),
    st.sampled_from(["mg", "g", "mcg", "units", "mL"]),
    st.sampled_from(["", "", "/kg", "/m2", "/kg/day", "/h"]),
)
ranged = st.builds(lambda low, more: f"{low}-{low + more} mg", st.integers(1, 99), st.integers(1, 99))
route = st.sampled_from(["IV", "SC", "PO", "IV or PO", ""])
frequency = st.sampled_from(["q6h", "every 8 hours", "BID", "daily", "q4-6h", "every 2 weeks", "3x/week", "q5m", ""])
tail = st.sampled_from(
    [
        "", "x 3 days", "for 5-7 days", "x7d", "x3", "until ANC > 500 for 3 days", "days -5, -4, -3", "over 60 minutes",
        "up to 2-3 doses", "(max 800 mg)", "max 4 g/day", "(>= 40 kg)", "if < 12 years", "if CrCl < 30 mL/min",
        "if ferritin > 10,000 ng/mL", "[3]", "taper over 5-10 days", "then 250 mg daily", "or 17 mg PO", "875/125 mg",
        "2 x 500 mg", "if no response after 72h", "grade 3", "500 QID", "10 ± 2 mg", "starting on day 2", "x4 doses",
        "(total 90 mg/m2)", "titrate by 300 mg every 3 days", "repeat in 8 hours", "with 99 something 7",
    ]
)  # fmt: skip
cell = st.builds(
    lambda parts, tails: " ".join(part for part in [*parts, *tails] if part),
    st.tuples(amount | ranged, route, frequency),
    st.lists(tail, max_size=3),
)


@settings(max_examples=120, deadline=None)
@given(cell)
@example("2 mg (total 90 mg/m2)")
def test_every_number_of_a_dose_cell_is_typed_or_kept_word_for_word(text: str) -> None:
    regimens = read(f"# Anakinra\n\n## Use\n| Parameter | Value |\n|---|---|\n| Dose | {text} |\n")
    assert regimens
    kept = " ".join(words(regimen) for regimen in regimens)
    typed = {figure for regimen in regimens for figure in figures(regimen)}
    for piece in re.findall(r"(?<![\d.,])(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)", re.sub(r"\[\d+\]|m2", "", text)):
        assert piece in kept or Decimal(piece.replace(",", "")) in typed, piece


def looks(text: str) -> list[str]:
    """The same cell as other people would write it."""
    return [
        f"**{text}**",
        text.replace("-", "–"),
        text.replace(" ", "\u00a0"),
        text.replace(" mg", "mg").replace(" units", " IU").replace("mcg", "µg"),
        text.replace("every 8 hours", "q8h").replace("BID", "twice daily"),
        text.replace("m2", "m²"),
        f" {text}  ",
    ]


plain = st.builds(
    lambda parts, end: " ".join(part for part in [*parts, end] if part),
    st.tuples(amount | ranged, route, frequency),
    st.sampled_from(["", "x 3 days", "(max 800 mg)", "(>= 40 kg)", "over 60 minutes", "max 4 g/day"]),
)


def typed_line(regimen: Regimen) -> str:
    """`line_of` with blanks, dashes and spellings of the verbatim parts made alike, and without lines."""
    line = line_of(regimen).replace("–", "-").replace("\u00a0", " ")
    return re.sub(r" \| lines .*", "", re.sub(r"every 8 hours", "q8h", re.sub(r"(\d) (?=mg)", r"\1", line)))


@settings(max_examples=80, deadline=None)
@given(plain, st.integers(0, 6))
def test_bold_dashes_blanks_and_spellings_change_nothing(text: str, look: int) -> None:
    page = "# Anakinra\n\n## Use\n| Parameter | Value |\n|---|---|\n| Dose | {} |\n"
    other = looks(text)[look]
    assert [typed_line(r) for r in read(page.format(other))] == [typed_line(r) for r in read(page.format(text))]


row = st.tuples(
    st.sampled_from(DRUGS),
    st.integers(1, 4).map(lambda grade: f"grade {grade}"),
    amount,
    route,
    st.sampled_from(["every 6 hours", "daily", "every 12-24 hours", "not stated"]),
    st.sampled_from(["3 days", "until grade 1", "not stated"]),
    st.sampled_from(["40 mg/day", "800 mg per dose", "not stated"]),
)
HEADER = ("Drug", "Severity", "Dose", "Route", "Interval", "Duration", "Maximum")


def table(rows: list[tuple[str, ...]], order: list[int]) -> str:
    lines = [[HEADER[at] for at in order], ["---"] * len(order), *([row[at] for at in order] for row in rows)]
    return "# Care\n\n## Doses\n" + "".join("| " + " | ".join(line) + " |\n" for line in lines)


@settings(max_examples=50, deadline=None)
@given(st.lists(row, min_size=1, max_size=5), st.permutations(range(7)), st.randoms())
def test_shuffled_rows_and_columns_give_the_same_regimens(
    rows: list[tuple[str, ...]], order: list[int], random: Random
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    first, second = read(table(rows, list(range(7)))), read(table(shuffled, order))
    assert sorted(map(typed_line, first)) == sorted(map(typed_line, second))


@settings(max_examples=80, deadline=None)
@given(st.lists(row, min_size=1, max_size=6))
def test_no_figure_goes_to_another_drug_or_grade(rows: list[tuple[str, ...]]) -> None:
    page = table(rows, list(range(7)))
    lines = page.splitlines()
    for regimen in read(page):
        drug, grade, dose, *_ = (part.strip() for part in lines[regimen.lines[0] - 1].strip("| ").split("|"))
        assert (regimen.drug, regimen.severity, regimen.verbatim) == (drug, grade, dose)
        assert regimen.amount is not None
        assert regimen.amount.low == Decimal(re.sub(r"[^\d.]", "", re.split(r"[a-z]", dose)[0]))


couples = st.permutations(DRUGS).map(lambda drugs: drugs[:2])
between_drugs = st.sampled_from(
    [", ", " and ", " + ", "; then ", " then ", ". ", " with ", " plus ", "; ", " or ", " OR ", ", or ", " / ", "\n",
     ", followed by ", "; if refractory ", "\n- "]
)  # fmt: skip
ends = st.sampled_from(
    ["", "x7d", "for 3-5 days", "(max 800 mg)", "max 4 g/day", "over 60 min", "(< 30 kg)", "if CrCl < 30 mL/min", "prn",
     "until ANC > 500", "up to 3 doses", "days 1-3", "(loading dose)", "if no response after 24 h",
     "taper over 5 days", "in grade 3"]
)  # fmt: skip
flat = amount.filter(lambda words: "m2" not in words)
told = st.builds(lambda parts: " ".join(part for part in parts if part), st.tuples(flat, route, frequency, ends))
pair = st.tuples(couples, told, told, between_drugs, st.sampled_from(["{} {}", "{}: {}", "**{}** {}"]))


@settings(max_examples=80, deadline=None)
@given(pair)
def test_two_drugs_in_one_breath_keep_their_own_doses(drawn: tuple[list[str], str, str, str, str]) -> None:
    (first, second), one, two, between, form = drawn
    doses = {first: one, second: two}
    alone = {drug: [unnumbered(r) for r in read(f"# Care\n\n- {drug} {dose}\n")] for drug, dose in doses.items()}
    together = read(f"# Care\n\n- {form.format(first, one)}{between}{form.format(second, two)}\n")
    for regimen in together:
        assert unnumbered(regimen) in alone[regimen.drug], "a dose has words of the other drug, or lost its own"
    assert {regimen.drug for regimen in together} == {drug for drug, lines in alone.items() if lines}


def unnumbered(regimen: Regimen) -> str:
    return re.sub(r" \| step \d", "", typed_line(regimen))


@settings(max_examples=80, deadline=None)
@given(cell)
@example("1-2 mg IV or PO q6h if ferritin > 10,000 ng/mL")
def test_what_is_written_from_a_regimen_reads_the_same(text: str) -> None:
    page = "# Anakinra\n\n## Use\n| Parameter | Value |\n|---|---|\n| Dose | {} |\n"
    for regimen in read(page.format(text)):
        if regimen.unparsed or regimen.amount is None or regimen.step:
            continue
        again = read(page.format(written(regimen)))
        assert [figures(other) for other in again] == [figures(regimen)]
        assert again[0].route == regimen.route and again[0].interval_h == regimen.interval_h
        assert (again[0].per, again[0].per_time) == (regimen.per, regimen.per_time)


def written(regimen: Regimen) -> str:
    assert regimen.amount is not None
    low, high = regimen.amount.low, regimen.amount.high
    unit = {"[iU]": "units"}.get(regimen.amount.unit, regimen.amount.unit)
    rates = "".join(f"/{rate}" for rate in (regimen.per, regimen.per_time) if rate)
    parts = [f"{low:f}" if low == high else f"{low:f}-{high:f}", f"{unit}{rates}", " or ".join(regimen.route)]
    if regimen.interval_h:
        first, last = regimen.interval_h
        parts.append(f"every {first:f} hours" if first == last else f"every {first:f}-{last:f} hours")
    for limit, said in ((regimen.max_single, "per dose"), (regimen.max_daily, "per day")):
        if limit:
            parts.append(f"(max {limit.value:f} {limit.unit} {said})")
    for condition in regimen.bands:
        subject = {"creatinine clearance": "CrCl"}.get(condition.quantity, condition.quantity)
        unit = {"a": "years"}.get(condition.unit, condition.unit)
        if condition.low is not None:
            parts.append(f"({subject} {'>=' if condition.low_inclusive else '>'} {condition.low:f} {unit})")
        else:
            parts.append(f"({subject} {'<=' if condition.high_inclusive else '<'} {condition.high:f} {unit})")
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize("noise", ["ANC < 500 for > 7 days", "17%", "p < 0.05", "IL-6 100 pg/mL", "7/8 patients"])
def test_figures_that_are_no_dose_make_no_regimen(noise: str) -> None:
    assert read(f"# Anakinra\n\n## Use\n- {noise}\n\n| Finding | Value |\n|---|---|\n| x | {noise} |\n") == ()


@pytest.mark.parametrize(
    "line",
    [
        "anakinra " + "1 " * 700 + ", ".join(f"{figure} mg" for figure in range(1, 141)),
        " / ".join(f"{age}-{age + 1} y {age + 1}" for age in range(200)) + " mg",
    ],
    ids=["doses", "bands"],
)
def test_a_line_of_many_figures_is_read_in_a_moment(line: str) -> None:
    begin = process_time()
    read(f"# Anakinra\n\n{line}\n")
    assert process_time() - begin < 4
