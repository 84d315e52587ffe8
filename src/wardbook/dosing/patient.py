"""What a question says of the patient: weight, surface and age, converted to kg, m² and years or refused."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal

from wardbook.dosing.age import in_years, is_aged
from wardbook.dosing.amount import number, word
from wardbook.dosing.band import RENAL, SIZES, meets
from wardbook.dosing.life_stage import may_weigh
from wardbook.dosing.measured import read_values_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.quantity import CLEARANCE_PER_KG, held
from wardbook.dosing.regimen import Condition
from wardbook.dosing.told_range import ADULT, CHILD, reaches, told_range
from wardbook.dosing.unit import convert
from wardbook.errors import QuestionError
from wardbook.lazy_regex import lazy_regex

WEIGHTS_KG = (Decimal("0.3"), Decimal(400))
"""Body weights that are believed, kilograms: the smallest preterm infant to the heaviest adult."""
SURFACES_M2 = (Decimal("0.05"), Decimal("3.5"))
"""Body surface areas that are believed, square metres."""
AGES_Y = (Decimal(0), Decimal(125))
"""Ages that are believed, years."""
CLEARANCES = (Decimal(0), Decimal(300))
"""Creatinine clearances that are believed, mL/min."""
HEIGHTS_CM = (Decimal(20), Decimal(260))
"""Body heights that are believed, centimetres."""
_KG = {"kg": "1", "g": "0.001", "lb": "0.45359237", "st": "6.35029318"}
_UNIT_WORDS = {
    **dict.fromkeys(("", "kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("g", "gm", "gram", "grams"), "g"),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds", "#"), "lb"),
    **dict.fromkeys(("st", "stone", "stones"), "st"),
}
_NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|-?\.\d+"
_WEIGHT = lazy_regex(
    rf"(?P<value>{_NUMBER})\s*(?P<unit>[a-z]*|#)\.?(?:\s*(?P<lb>\d{{1,2}}(?:\.\d+)?)\s*(?:lbs?|pounds?)?)?"
)
_EXACT = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Patient:
    """What the question says of the patient; None where it does not say."""

    weight_kg: Decimal | None = None
    """Body weight, kilograms."""
    bsa_m2: Decimal | None = None
    """Body surface area, square metres."""
    age_y: Decimal | None = None
    """Age, years."""
    crcl: Decimal | None = None
    """Creatinine clearance or eGFR, mL/min."""
    weight_shown: str = ""
    """How the weight was converted ("154 lb = 69.85322498 kg"), where it was."""
    said: str = ""
    """The question's words, from which the values of measured quantities are read."""
    is_adult: bool = False
    """True where the question says so: of the weight of an adult something is known without a figure."""
    is_child: bool = False
    """True where the question says so and tells no age: it is known to be below that of an adult."""
    size_shown: str = ""
    """Which weight or surface counts instead of the patient's own, where the page bounds it."""

    def __post_init__(self) -> None:
        believed(self.weight_kg, WEIGHTS_KG, "body weight", "kg")
        believed(self.bsa_m2, SURFACES_M2, "body surface area", "m²")
        believed(self.age_y, AGES_Y, "age", "years")
        believed(self.crcl, CLEARANCES, "creatinine clearance", "mL/min")

    def value(self, quantity: str) -> tuple[Decimal | None, str]:
        """Give what a band is about, with its UCUM unit; None where it is not known."""
        known = {"weight": (self.weight_kg, "kg"), "age": (self.age_y, "a"), "body surface area": (self.bsa_m2, "m2")}
        return known.get(quantity, (None, ""))


@dataclass(frozen=True, slots=True)
class Weight:
    """A body weight as read."""

    kg: Decimal
    """Kilograms, exact."""
    shown: str
    """As written and, where it was converted, how ("154 lb = 69.85322498 kg")."""


@dataclass(frozen=True, slots=True)
class Surface:
    """A body surface area worked out from height and weight."""

    m2: Decimal
    """Square metres, rounded to two decimals."""
    arithmetic: str
    """One line that a person can check, formula and rounding named."""


def believed(value: Decimal | None, bounds: tuple[Decimal, Decimal], what: str, unit: str) -> None:
    """Refuse a value that no patient has (QuestionError); None passes."""
    if value is None:
        return
    if not value.is_finite() or (value <= 0 and bounds[0] > 0) or not bounds[0] <= value <= bounds[1]:
        raise QuestionError(
            f"{word(value) if value.is_finite() else value} {unit} is no {what} of a patient",
            f"give a {what} from {word(bounds[0])} to {word(bounds[1])} {unit}",
        )


def holds(condition: Condition | None, patient: Patient) -> bool | None:
    """Tell whether a band holds for a patient; None where the patient's value is not known. No band holds always."""
    if condition is None:
        return True
    if condition.quantity in RENAL:
        return _in_range(condition, patient) if patient.crcl is None else meets(condition, patient.crcl)
    if condition.quantity not in SIZES:
        told = _measured(condition, patient.said)
        return _by_kilogram(condition, patient) if told is None else told
    value, unit = patient.value(condition.quantity)
    if value is None:
        return True if _is_surely_older(condition, patient) else _in_range(condition, patient)
    if condition.quantity == "age":
        return is_aged(condition, value)
    if (same := convert(value, unit, condition.unit)) is not None:
        return meets(condition, same)
    # A weight in kg has no finite figure in pounds, but a bound in pounds has one in kg.
    low, high = (
        None if bound is None else convert(bound, condition.unit, unit) for bound in (condition.low, condition.high)
    )
    if (low is None) != (condition.low is None) or (high is None) != (condition.high is None):
        return None
    return meets(replace(condition, low=low, high=high, unit=unit), value)


TALLEST_M = 2
"""Metres that hardly anyone is taller than: who has a surface weighs at least what it makes at this height."""


def _is_surely_older(condition: Condition, patient: Patient) -> bool:
    """Tell whether nobody of the age from which a band holds is as heavy as the patient, whose age is not told."""
    light = patient.bsa_m2 and patient.bsa_m2**2 * 36 / TALLEST_M  # Mosteller's formula, for the weight
    weight = patient.weight_kg or light
    if condition.quantity != "age" or condition.low is None or condition.high is not None or weight is None:
        return False
    return not may_weigh(in_years(condition)[0], weight)


def _by_kilogram(condition: Condition, patient: Patient) -> bool | None:
    """Tell whether the clearance over the weight lies in a band of that (mL/min/kg); None where one is not known."""
    if condition.quantity != CLEARANCE_PER_KG or patient.crcl is None or patient.weight_kg is None:
        return None
    return meets(condition, patient.crcl / patient.weight_kg)


def _in_range(condition: Condition, patient: Patient) -> bool | None:
    """Tell whether the range that the question gives instead of a value lies in a band, or what is known of adults."""
    adult = ADULT if patient.is_adult and condition.quantity == "weight" else None
    child = CHILD if patient.is_child and condition.quantity == "age" else None
    return reaches(condition, (told_range(condition.quantity, patient.said), adult, child))


def _measured(condition: Condition, said: str) -> bool | None:
    """Tell whether the value that words give to a measured quantity lies in its band; None where they give none.

    Where they give two values that differ in this, neither is chosen.
    """
    told = {held(each.condition, condition) for each in read_values_of(condition.quantity, said)} - {None}
    return told.pop() if len(told) == 1 else None


def read_weight(text: str) -> Weight:
    """Read a body weight ("18kg", "154 lb", "11 st 4 lb", "3,200 g"; a bare number is kg) into exact kilograms.

    QuestionError where it cannot be read or no patient weighs so. 1 lb = 0.45359237 kg (international pound, 1959).
    """
    plain = uniform(text).strip()
    match = _WEIGHT.fullmatch(plain)
    unit = _UNIT_WORDS.get(match["unit"]) if match else None
    if match is None or unit is None or (match["lb"] and unit != "st"):
        raise QuestionError(f"'{text.strip()}' is no body weight", "write it as 70 kg, 154 lb, 11 st 4 lb or 3,200 g")
    kg = _EXACT.multiply(number(match["value"]), Decimal(_KG[unit]))
    if match["lb"]:
        kg = _EXACT.add(kg, _EXACT.multiply(Decimal(match["lb"]), Decimal(_KG["lb"])))
    kg = kg.normalize(_EXACT) + 0
    try:
        believed(kg, WEIGHTS_KG, "body weight", "kg")
    except QuestionError as refused:
        converted = "" if unit == "kg" else f"{plain} = "
        raise QuestionError(converted + refused.reason, refused.mend) from refused
    return Weight(kg, f"{word(kg)} kg" if unit == "kg" else f"{plain} = {word(kg)} kg")


_CLEARANCE = lazy_regex(
    r"(?<!viral )(?<!virus )(?<!lactate )(?<!airway )(?<!drug )(?<!methotrexate )(?<!mtx )"
    r"\b(?:cr ?cl|clcr|(?:creatinine )?clearance|e?gfr)\s*(?:now |today )?(?:is|of|=|:|~|about)?\s*(?:now |only )?"
    r"(\d{1,3}(?:\.\d+)?)(?![\d.]|\s*(?:-|to)\s*\d|\s*(?:%|(?:days?|weeks?|months?|hours?|h)\b)|"
    r"\s*ml\s*/\s*(?:min\s*/\s*kg|kg\s*/\s*min)|\s*ml/min per kg)"
)


def read_clearance(text: str) -> Decimal | None:
    """Read the one creatinine clearance or eGFR of a text, mL/min; a bound ("< 30") or a range is none."""
    found = {match[1] for match in _CLEARANCE.finditer(uniform(text))}
    return Decimal(found.pop()) if len(found) == 1 else None


def mosteller(height_cm: Decimal, weight_kg: Decimal) -> Surface:
    """Work out the body surface area after Mosteller (N Engl J Med 1987;317:1098): √(height × weight / 3600)."""
    believed(height_cm, HEIGHTS_CM, "body height", "cm")
    believed(weight_kg, WEIGHTS_KG, "body weight", "kg")
    exact = _EXACT.sqrt(_EXACT.divide(_EXACT.multiply(height_cm, weight_kg), Decimal(3600)))
    m2 = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    line = (
        f"√({word(height_cm)} cm × {word(weight_kg)} kg / 3,600) = {word(m2)} m², rounded to two decimals (Mosteller)"
    )
    return Surface(m2, line)
