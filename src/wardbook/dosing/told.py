"""Which measured values of a question the rows of a drug go by."""

from collections.abc import Iterable

from wardbook.dosing.asked_words import DoseQuery, words_of
from wardbook.dosing.measured import read_values_of
from wardbook.dosing.quantity import is_measured
from wardbook.dosing.regimen import Regimen


def quantities_of(rows: Iterable[Regimen]) -> tuple[str, ...]:
    """Give the measured quantities by which rows hold, each once."""
    return tuple(dict.fromkeys(band.quantity for row in rows for band in row.bands if is_measured(band)))


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
    return words | words_of(" ".join(short))


def gives_value(query: DoseQuery, rows: Iterable[Regimen]) -> bool:
    """Tell whether the question gives a value of a quantity by which rows hold."""
    said = query.measured or query.for_text
    return any(read_values_of(quantity, said) for quantity in quantities_of(rows))
