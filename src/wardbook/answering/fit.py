"""How well a unit's place and form fit a question: kind, grade, setting, population, value asked for."""

import re
from collections.abc import Sequence
from functools import lru_cache

from wardbook.answering.headed import DOSING, asks_what_not
from wardbook.answering.how_many_have import asks_share, counts_patients
from wardbook.answering.otherwise import is_of_level, label_of
from wardbook.answering.question import Question, grades_of
from wardbook.answering.question_words import asks_effect
from wardbook.answering.ranges import covers
from wardbook.answering.terms import ASKING, Term, held
from wardbook.answering.told_findings import told_findings
from wardbook.corpus.unit import Unit
from wardbook.dosing.band import RENAL, SIZES, read_bands
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.measured import read_measured, read_values_of
from wardbook.dosing.patient import read_clearance
from wardbook.kept import OF_QUESTIONS
from wardbook.lazy_regex import lazy_regex

_NEGATION = lazy_regex(
    r"\b(?:not|no|never|nor|without|avoid\w*|contraindicat\w*|ineffective|only|unless|except|neither|cannot|n't)\b|n't\b",
    re.IGNORECASE,
)
_NUMERIC = frozenset({"dose", "max", "duration", "interval", "evidence", "prognosis", "timing"})
_REFERENCES = lazy_regex(
    r"\b(?:references?|refs|bibliography|literature|further reading|see also|citations?)\b", re.IGNORECASE
)
_ITEMS = lazy_regex(
    r"\b(?:items|components|criteria|contra-?indications|indications|complications|steps|features|precautions|predictors|"
    r"elements|parts|side effects|adverse (?:effects|events|reactions))\b",
    re.IGNORECASE,
)
_WHY = lazy_regex(r"\bwhy\b|\bhow come\b|\breason\b|\brationale\b", re.IGNORECASE)
_BECAUSE = lazy_regex(
    r"\bbecause\b|\bsince\b|\bdue to\b|\bso that\b|\bleads? to\b|\bcaus(?:es|ed|ing)\b|\bresults? (?:in|from)\b|"
    r"\bowing to\b|\btherefore\b|\bthus\b|\bdrives?\b",
    re.IGNORECASE,
)
_ACTS = lazy_regex(
    r"\b(?:inhibit|block|bind|antagoni|agoni|cleav|deplet|neutrali[sz]|inactivat|activat|degrad|oxidi[sz]|convert|"
    r"stabili[sz]|prevents? the|interfer|target|stops? (?:its|the)|turns?\b|antibody against|(?:un)?coupl|potentiat|"
    r"receptor|enzyme|pathway|inhibitor)",
    re.IGNORECASE,
)
"""Words of how a drug acts, in whatever section they stand."""
_COMPARES = lazy_regex(
    r"\b(?:over|than|unlike|whereas|while|versus|vs|compared|both|superior|inferior|advantages?|differ\w*|distinct|"
    r"instead of|in contrast|alternative)\b",
    re.IGNORECASE,
)
_ASKS_ADVICE = lazy_regex(r"\bshould (?:i|we|you|one|he|she|they|it|this|all|every)\b|\brecommended\b", re.IGNORECASE)
_ADVISES = lazy_regex(
    r"\b(?:not |un)?recommend\w*|\bshould\b|\bconsider\b|\badvis\w*|\bavoid\b|\bdo not\b|\breserved? for\b|"
    r"\bcontraindicated\b|\bpreferred\b",
    re.IGNORECASE,
)
_WITHOUT = lazy_regex(r"\bwithout ([A-Za-z][\w-]+)", re.IGNORECASE)
_GRADED = lazy_regex(r"\b(?:grade|gr|stage)\s*\d", re.IGNORECASE)
_GRADES = lazy_regex(r"\b(?:grade|score|points?|class)\b", re.IGNORECASE)
_BARE = lazy_regex(r"(?<![\w.])(?<![A-Za-z]-)\d+(?:\.\d+)?(?![\w.])(?!\s*%\s*(?:ci|confidence)\b)", re.IGNORECASE)
_DOSE = lazy_regex(r"\d\s*(?:mg|g|mcg|µg|units?|mL)(?:/|\b)", re.IGNORECASE)
_FOOTER = lazy_regex(
    r"\W*(?:evidence level|level of evidence|last (?:updated|reviewed)|version|next review)\b", re.IGNORECASE
)
_PROPHYLAXIS = lazy_regex(r"\bprophyla\w*|\bprevent\w*|\bpre-?empt\w*", re.IGNORECASE)
_CHILD = lazy_regex(r"\b(?:child\w*|p(?:a)?ediatr\w*|infant\w*|neonat\w*|adolescent\w*)\b", re.IGNORECASE)
_ADULT = lazy_regex(r"\badults?\b", re.IGNORECASE)


def grade_fit(question: Question, unit: Unit, above: str) -> float:
    """Weigh the grades that a unit names, or else what stands above it, against those asked."""
    if not question.grades:
        return 0.0
    own, over = set(_grades_in(unit)), set(grades_of(above))
    if not (own or over):
        return 0.0
    asked = set(question.grades)
    if own & asked and over and not over & asked:  # "as grade 3", told of grade 4
        return 0.0
    return 0.25 if (own or over) & asked else -0.4


@lru_cache(maxsize=20_000)
def is_preventive(words: str) -> bool:
    """Tell whether words are of prevention."""
    return bool(_PROPHYLAXIS.search(words))


def _grades_in(unit: Unit) -> tuple[int, ...]:
    """Give the grades that a unit names; of a row that begins with its grade, that one."""
    header, cell = unit.values[0] if unit.values else ("", "")
    of_row = grades_of("grade " + _FROM.sub(r"\1+", cell)) if _HEADS_GRADES.search(header) else ()
    return of_row or grades_of(unit.text)


_HEADS_GRADES = lazy_regex(r"\bgrade\b", re.IGNORECASE)
_FROM = lazy_regex(r"^\W*(?:≥|>=)\s*([1-5])")


def setting_fit(question: Question, words: str) -> float:
    """Weigh whether a unit and what stands above it are of the setting asked: prevention or not."""
    preventive = is_preventive(words)
    if question.setting == "prophylaxis":
        return 0.2 if preventive else -0.1
    return (-PREVENTS if _has_it(question) else -0.12) if preventive else 0.0


PREVENTS = 0.4
"""What a line that is for prevention loses where a patient has what it prevents."""


def _has_it(question: Question) -> bool:
    """Tell whether it is asked what to do for what is found in a patient."""
    return "treatment" in question.kinds and "prevention" not in question.kinds and bool(told_findings(question.text))


def population_fit(question: Question, words: str) -> float:
    """Weigh whether a unit and what stands above it are of the population asked."""
    if question.population not in ("child", "adult"):
        return 0.0
    child, adult = bool(_CHILD.search(words)), bool(_ADULT.search(words))
    if question.population == "child":
        return 0.15 if child else -0.1 if adult else 0.0
    return 0.1 if adult else -0.15 if child else 0.0


def asks_all(question: Question) -> bool:
    """Tell whether a question asks for the items of something ("criteria for", "contraindications to")."""
    return "list" in question.kinds or _names_items(question.text)


@lru_cache(maxsize=256)
def _names_items(question: str) -> bool:
    return bool(_ITEMS.search(question))


def lists_references(path: Sequence[str]) -> bool:
    """Tell whether a section, by its heading, lists references."""
    return bool(path) and bool(_REFERENCES.search(path[-1]))


def is_criterion(question: Question, path: Sequence[str], unit: Unit) -> bool:
    """Tell whether a line is one by which something is diagnosed, where it is asked what to do about it."""
    near = " ".join([*path[-1:], *unit.lead[-1:]])
    listed = unit.kind == "bullet" and _CRITERIA.search(near) is not None
    return listed and "treatment" in question.kinds and not question.kinds & {"diagnosis", "grading", "definition"}


_CRITERIA = lazy_regex(
    r"\b(?:criteria|diagnos\w+|definitions?|(?:two|three|four|five|\d) (?:or more )?of)\b", re.IGNORECASE
)
"""Heads lines by which something is diagnosed."""


@lru_cache(maxsize=20_000)
def _of_references(above: str) -> bool:
    return bool(_REFERENCES.search(above))


def form_fit(question: Question, unit: Unit, above: str) -> float:
    """Weigh the unit's form: references, sketches, questions and words that only lead on answer little."""
    fit = _wording_fit(question, unit, above)
    if question.kinds & _NUMERIC and re.search(r"\d", unit.text):
        fit += 0.08
    if _of_references(above):
        fit += 0.5 if question.kind == "reference" else -0.35
    if unit.kind in ("code", "picture"):
        fit += 0.3 if asks_sketch(question.text) else -0.2
    if leads_on(unit) or (len(unit.text) < 25 and not unit.lead and not unit.values):
        fit -= 0.15
    if _FOOTER.match(unit.text) and not question.kinds & {"metadata", "evidence"}:
        fit -= 0.5
    if unit.text.rstrip().endswith("?"):
        fit -= 0.5
    return fit + _row_fit(question, unit)


_SKETCH = lazy_regex(
    r"\b(?:formula|equation|algorithm|flow ?-?chart|diagram|decision tree|cascade|pathway|how is .* calculated)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def asks_sketch(question: str) -> bool:
    """Tell whether a question asks for what pages draw or set apart as code ("formula", "flow chart")."""
    return bool(_SKETCH.search(question))


@lru_cache(maxsize=20_000)
def _denies(above: str) -> bool:
    return bool(_NEGATION.search(above))


@lru_cache(maxsize=256)
def _asks_why(question: str) -> bool:
    return bool(_WHY.search(question))


_ASKS_TAPER = lazy_regex(
    r"\bhow (?:do|does|should|to|is|are|can|would|fast|quick\w*|slow\w*)\b(?:(?! dos(?:e|es|ing)\b).){0,40}"
    r"\b(?:taper|wean)|\b(?:taper|wean)\w*\b.{0,40}\bhow\b",
    re.IGNORECASE,
)
_TAPER = lazy_regex(r"\b(?:taper|wean)", re.IGNORECASE)


_ASKS_STOP = lazy_regex(
    r"\bwhen\b.{0,30}\b(?:stop|discontinue)|\b(?:stop|discontinue)\w*\b.{0,30}\bwhen\b", re.IGNORECASE
)
_STOP = lazy_regex(
    r"^\W*(?:when (?:to|we) )?(?:stop(?:ping)?|discontinu\w+|end of (?:therapy|treatment))\b", re.IGNORECASE
)


_ENDS = lazy_regex(
    r"\b(?:stop(?:ped)?|discontinu\w+|until|till|continu\w+|for (?:at least |up to |about )?\d+(?:\s*-\s*\d+)? "
    r"(?:days?|weeks?|months?|years?|doses?|cycles?))\b",
    re.IGNORECASE,
)


def tells_end(unit: Unit) -> bool:
    """Tell whether a statement says until when something is given."""
    return bool(_ENDS.search(unit.text))


def tells_ending(question: str, heading: str) -> bool:
    """Tell whether it is asked how or when a drug is stopped, and a heading is of that."""
    tapers = _ASKS_TAPER.search(question) is not None and _TAPER.search(heading) is not None
    return tapers or (_ASKS_STOP.search(question) is not None and _STOP.search(heading) is not None)


_OFTEN = lazy_regex(r"\bhow (?:often|frequent\w*)\b|\bfrequency\b|\bhow many times\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def _asks_often(question: str) -> bool:
    return bool(_OFTEN.search(question))


@lru_cache(maxsize=256)
def _withouts(question: str) -> tuple[str, ...]:
    return tuple(_WITHOUT.findall(question))


@lru_cache(maxsize=20_000)
def acts(words: str) -> bool:
    """Tell whether words say how a drug or disease acts."""
    return bool(_ACTS.search(words))


@lru_cache(maxsize=20_000)
def compares(words: str) -> bool:
    """Tell whether words set one thing against another."""
    return bool(_COMPARES.search(words))


@lru_cache(maxsize=256)
def _asks_advice(question: str) -> bool:
    return bool(_ASKS_ADVICE.search(question))


_SETS_AGAINST = lazy_regex(
    r"%.{0,60}?\b(?:v|vs|versus|against|compared|than|from|to)\b.{0,40}?\d|"
    r"\bno (?:difference|benefit|effect|change|rise|fall|increase|reduction|improvement)\b|\b(?:RR|HR|NNT)\b|"
    r"\b(?:hazard|odds) ratio\b|\b(?:lowers?|lowered|reduc\w+|decreas\w+|increas\w+|improv\w+)\b",
    re.IGNORECASE,
)
"""What tells what a thing has done: two figures, none, or by how much."""


def _wording_fit(question: Question, unit: Unit, above: str) -> float:
    """Weigh the words that a kind of question wants: the "not" of a yes or no, the "because" of a why, advice."""
    fit = 0.0
    if question.yes_no and _NEGATION.search(unit.text):
        fit += 0.15
    if asks_what_not(question.text):
        fit += 0.25 if _NEGATION.search(unit.text) or _denies(above) else -0.15
    for without in _withouts(question.text):
        if re.search(rf"\bwithout (?:\w+ )?{re.escape(without)}\b", unit.text, re.IGNORECASE):
            fit += 0.15
        elif re.search(rf"\bwith {re.escape(without)}\b", unit.text, re.IGNORECASE):
            fit -= 0.3
    if _asks_advice(question.text) and _ADVISES.search(unit.text):
        fit += 0.35
    if _asks_why(question.text) and _BECAUSE.search(unit.text):
        fit += 0.15
    fit += _figures_fit(question, unit) + _often_fit(question, unit)
    if question.kind == "mechanism" and acts(unit.text):
        fit += 0.3
    return fit


def _often_fit(question: Question, unit: Unit) -> float:
    """Weigh whether a unit says how often, where that is asked."""
    often = _asks_often(question.text) and bool(read_frequencies(unit.text)) and not _DOSE.search(unit.text)
    return 0.04 * often


def _figures_fit(question: Question, unit: Unit) -> float:
    """Weigh the figures that a question of shares or of what a thing has done wants."""
    shares = asks_share(question.text) and counts_patients(unit.text)
    effect = asks_effect(question.text) and _SETS_AGAINST.search(unit.text)
    return 0.5 * bool(shares) + 0.5 * bool(effect)


def _row_fit(question: Question, unit: Unit) -> float:
    """Weigh rows and bullets: where items or grades are asked for, they answer; a dose not asked for does not."""
    if unit.kind not in ("row", "bullet"):
        return 0.0
    grading = "grading" in question.kinds
    fit = _grading_fit(question, unit) if grading else 0.0
    if asks_all(question):
        fit += 0.1
    if not grading and (covers_first(question, unit) or is_of_level(label_of(unit), question.text)):
        fit += 0.3
    dosing = question.kinds & {"dose", "max", "route"} or (question.drugs and question.kinds & DOSING)
    if unit.kind == "row" and not dosing and _DOSE.search(unit.text):
        fit -= 0.4 if grading else 0.2
    return fit


def _grading_fit(question: Question, unit: Unit) -> float:
    """Favour rows and bullets that tell a grade or points, above all where a figure of the question falls in theirs."""
    columns = " ".join(name for name, _ in unit.values)
    if not grades_of(f"{unit.text} {columns}") and not _GRADES.search(columns):
        return 0.0
    cells = [value for _, value in unit.values] or [unit.text]
    return 0.5 if any(covers(cell, figure) for figure in _figures(question.text) for cell in cells) else 0.2


def covers_first(question: Question, unit: Unit) -> bool:
    """Tell whether a figure of the question falls in the range or bound that a row's first cell or a label gives."""
    first = unit.values[0][1] if unit.values else unit.text.partition(":")[0]
    figures = _figures(question.text, frozenset(_times(first)))
    return any(covers(first, figure) for figure in figures) and not _is_of_unasked(first, question.text)


_TIMES = {"h": "hours?|hrs?|h", "min": "min(?:ute)?s?", "d": "days?|d", "wk": "weeks?|wks?", "mo": "months?|mos?"}


@lru_cache(maxsize=20_000)
def _times(words: str) -> tuple[str, ...]:
    """Give the units of time that words name."""
    return tuple(unit for unit, spelt in _TIMES.items() if re.search(rf"\b(?:{spelt})\b", words, re.IGNORECASE))


def _is_of_unasked(label: str, question: str) -> bool:
    """Tell whether a label's ranges are all of quantities of which the question gives no value ("CrCl below 30")."""
    named = {band.condition.quantity for band in (*read_measured(label), *read_bands(label))} - set(SIZES)
    renal = read_clearance(question) is not None
    return bool(named) and not any(renal if each in RENAL else read_values_of(each, question) for each in named)


@lru_cache(maxsize=OF_QUESTIONS)
def _figures(question: str, times: frozenset[str] = frozenset()) -> tuple[float, ...]:
    """Give the figures of a question that no word is glued to, its grades left out.

    Where `times` are units of time, a figure of another one ("4 hours" beside "days 0-7") is left out too.
    """
    plain = _GRADED.sub(" ", question)
    found = ((match[0], _OF_TIME.match(plain, match.end())) for match in _BARE.finditer(plain))
    return tuple(float(figure) for figure, time in found if not times or not time or time.lastgroup in times)


_OF_TIME = lazy_regex(
    r"\s*-?(?:" + "|".join(rf"(?P<{unit}>{spelt})" for unit, spelt in _TIMES.items()) + r")\b", re.IGNORECASE
)


def leads_on(unit: Unit) -> bool:
    """Tell whether a unit only leads to the bullets or rows below it."""
    return unit.text.rstrip().endswith(":")


def defines(question: Question, unit: Unit, terms: Sequence[Term]) -> float:
    """Favour a sentence that opens with the thing asked about and says what it is."""
    if question.kind != "definition" or unit.kind == "row":
        return 0.0
    label, colon, _ = unit.text.partition(":")
    if colon and len(label) <= LABEL and _is_all_asked(label, terms):
        return 0.4
    named = [term for term in terms if term.name] or [term for term in terms if term.weight > ASKING]
    says = _SAYS_WHAT.search(unit.text[:160])
    if not says or not named:
        return 0.0
    if all(held(unit.text[: says.start()]).holds(term) for term in named):
        return 0.4 if says.group() in "(=:" else 0.35
    return 0.2 if all(held(unit.text[:80]).holds(term) for term in named) else 0.0


LABEL = 40
"""Characters of a label that names what is defined behind it."""


def _is_all_asked(label: str, terms: Sequence[Term]) -> bool:
    """Tell whether a label is the thing that is asked for, or says that it defines it ("Definition: ...")."""
    own = held(label)
    asked = [term for term in terms if term.weight > ASKING and own.holds(term)]
    meant = frozenset[str]().union(*(form for term in terms for form in term.forms))
    return (bool(asked) and own.stems <= meant) or re.fullmatch(r"\W*definition\W*", label, re.IGNORECASE) is not None


_SAYS_WHAT = lazy_regex(r"\b(?:is|are|means|refers to|stands for|describes|defined as)\b|[(=:]")
