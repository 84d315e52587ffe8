"""Rows whose columns are bands of weight, none of which holds the weight that a question gives."""

from wardbook.answering.question import Question
from wardbook.corpus.unit import Unit
from wardbook.dosing.band import read_bands
from wardbook.dosing.patient import Patient, holds, read_weight
from wardbook.errors import QuestionError


def is_of_other_weights(question: Question, unit: Unit) -> bool:
    """Tell whether a row gives something by weight, and nothing for the weight that the question gives."""
    named = [band.condition for name, _ in unit.values[1:] for band in read_bands(name)]
    bands = [band for band in named if band.quantity == "weight" and band.unit == "kg"]
    if not bands or not question.weight:
        return False
    try:
        patient = Patient(read_weight(question.weight).kg)
    except QuestionError:
        return False
    return not any(holds(band, patient) for band in bands)
