"""Which words of a question tell no indication beside the rows of a drug: measured values, places, plain words."""

from collections.abc import Iterable, Sequence
from functools import cache

from wardbook.dosing.asked_words import DoseQuery, context_words, holds_word, situation_words, stop_words, words_of
from wardbook.dosing.band import RENAL
from wardbook.dosing.measured import read_values_of
from wardbook.dosing.missed_dose import ASKED, is_of_missed
from wardbook.dosing.notation import uniform
from wardbook.dosing.quantity import CLEARANCE_PER_KG, is_measured
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.told_range import told_range
from wardbook.dosing.vocabulary import rows as vocabulary
from wardbook.lazy_regex import lazy_regex


def quantities_of(rows: Iterable[Regimen]) -> tuple[str, ...]:
    """Give the measured quantities by which rows hold, each once."""
    return tuple(dict.fromkeys(band.quantity for row in rows for band in row.bands if is_measured(band)))


def untelling(query: DoseQuery, rows: Sequence[Regimen]) -> frozenset[str]:
    """Give the words of the question that name no indication beside these rows."""
    return told_words(query, rows) | places_unsaid(query, rows) | plain_words_unsaid(query, rows)


def told_words(query: DoseQuery, rows: Iterable[Regimen]) -> frozenset[str]:
    """Give the words of the question that name a value by which rows hold; those tell no indication."""
    said = query.measured or query.for_text
    words = frozenset[str]()
    for quantity in quantities_of(rows):
        for band in read_values_of(quantity, said):
            words |= words_of(said[band.begin : band.end])
    short = {
        written for written, meant in query.meanings if words_of(" ".join(meant)) and words_of(" ".join(meant)) <= words
    }
    short |= {written for written, drug in query.other_drugs if words_of(drug) <= words}  # "mtx level"
    return words | words_of(" ".join(short))


_PLACES = frozenset("ccu ed floor hdu icu intensive itu resus theatre ward".split())


def places_unsaid(query: DoseQuery, rows: Sequence[Regimen]) -> frozenset[str]:
    """Give the words of the question for where the patient lies, where no row of the drug goes by such a place."""
    asked = words_of(query.words) & _PLACES
    said = (words_of(f"{context_words(row)} ; {query.said(row)}") for row in rows) if asked else ()
    return asked if not any(words & _PLACES for words in said) else frozenset()


def plain_words_unsaid(query: DoseQuery, rows: Sequence[Regimen]) -> frozenset[str]:
    """Give the words of plain English in a question that no row of the drug holds: they name no other use of it.

    What a dose is "for" is said even in plain words ("for a bad turn"): those stand.
    """
    asked = words_of(query.words) & _plain_words()
    if not asked:
        return asked
    stand = frozenset[str]().union(*map(_all_plain, _SAID_FOR.findall(uniform(query.part or query.words))))
    said = [f"{situation_words(row)} ; {query.said(row)}" for row in rows]
    return frozenset(word for word in asked - stand if not any(holds_word(word, text, query) for text in said))


_SAID_FOR = lazy_regex(
    r"\b(?:for|in|with|against|treating|during|because of|due to)\s+"
    r"((?:(?!(?:for|in|with|on|at|by|from|of|to|and|or|is|are)\b)[a-z'-]+\s*)+)"
)
_PERSONS = frozenset(
    "her him me them us you patient pt person adult child guy lady man woman gentleman someone".split()
)


def _all_plain(phrase: str) -> frozenset[str]:
    """Give the words of what a dose is said to be for, where all are plain ones, and no person is named by them."""
    words = words_of(phrase)
    return words if words <= _plain_words() | stop_words() and not words & _PERSONS else frozenset()


def is_plain(word: str) -> bool:
    """Tell whether a word, as `words_of` gives it, is one of plain English."""
    return word in _plain_words()


def is_english(word: str) -> bool:
    """Tell whether a word is a frequent one of English, plain or telling: it is spelt as it is meant."""
    plain = _cut(word.lower())
    return plain in _plain_words() or plain in _telling_words()


@cache
def _plain_words() -> frozenset[str]:
    listed = (_cut(word) for (line,) in vocabulary("plain_words.tsv") for word in line.split())
    return frozenset(listed) - _telling_words()  # "feelings" is plain, "feeling" may tell of a patient


@cache
def _telling_words() -> frozenset[str]:
    return frozenset(_cut(word) for (line,) in vocabulary("telling_words.tsv") for word in line.split())


def _cut(word: str) -> str:
    """Cut a plural "s" off, as `words_of` does."""
    return word.removesuffix("s") if len(word) > 4 else word


def values_given(query: DoseQuery, rows: Iterable[Regimen]) -> str:
    """Give the question's words for the values of quantities by which rows hold ("INR 3"), or ""."""
    said = query.measured or query.for_text
    spans = [band for quantity in quantities_of(rows) for band in read_values_of(quantity, said)]
    return ", ".join(dict.fromkeys(said[band.begin : band.end].strip() for band in spans))


def gives_measured(query: DoseQuery, rows: Iterable[Regimen]) -> bool:
    """Tell whether the question gives a measured value of a quantity by which rows hold."""
    return bool(values_given(query, rows))


def gives_value(query: DoseQuery, rows: Sequence[Regimen]) -> bool:
    """Tell whether the question gives a value by which rows hold, measured or the kidney function."""
    renal = any(band.quantity in RENAL for row in rows for band in row.bands)
    return (renal and query.patient.crcl is not None) or gives_measured(query, rows)


def gives_range(query: DoseQuery, rows: Sequence[Regimen]) -> bool:
    """Tell whether the question gives a range or a bound of what rows have bands of ("under 15 kg")."""
    said = query.measured or query.for_text
    return any(told_range(quantity, said) for quantity in {band.quantity for row in rows for band in row.bands})


def without_unasked(query: DoseQuery, rows: list[Regimen]) -> list[Regimen]:
    """Leave out the rows for a kidney function per kg, for doses that were missed or came late, or by levels of the
    drug, where the question tells none of these, and others are left; those for missed doses in any case.
    """
    asked = uniform(query.part or query.words)
    if not _LEVEL_ASKED.search(asked) and not gives_measured(query, rows):
        other = _BY_LEVEL if _USUAL.search(asked) else _LEVEL
        rows = [row for row in rows if not other.search(uniform(row.section.rpartition(" > ")[2]))] or rows
    if not ASKED.search(asked):
        rows = [row for row in rows if not is_of_missed(row)]
    if read_values_of(CLEARANCE_PER_KG, query.measured or query.for_text):
        return rows
    return [row for row in rows if all(band.quantity != CLEARANCE_PER_KG for band in row.bands)] or rows


_LEVEL = lazy_regex(r"^(?!by )(?:[a-z]+ )?(?:levels?|troughs?|(?:therapeutic )?drug monitoring|tdm)$")
"""A heading on what is done by the level of a drug."""
_BY_LEVEL = lazy_regex(rf"{_LEVEL.pattern}|\bby (?:level|trough)\b")
"""The same, and doses by the level: who does not say "usual" may mean them."""
_USUAL = lazy_regex(r"\b(?:usual|standard|routine)\b")
_LEVEL_ASKED = lazy_regex(
    r"\b(?:levels?|troughs?|peaks?|conc\w*|tdm|monitor\w*|target|low|high|sub-?therapeutic|toxic|adjust\w*|increas\w*|"
    r"decreas\w*|rais\w*|reduc\w*|chang\w*|micromol|umol|mg/l|ng/ml|mcg/l|hours? \d|h\d|at \d\d)"
)
