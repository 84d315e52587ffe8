"""Whether a text gives something: a dose, or what is counted or measured out ("20 mmol", "2 tablets", "1 L")."""

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_LEVEL = r"(?:\s*/\s*|\s+per\s+)(?:l|m?l|dl|lit(?:er|re)|min)\b"
MEASURED_OUT = rf"\d\s*(?:m?mol|tab(?:let)?s?|units?|m?l|pools?|drops?|puffs?)\b(?!{_LEVEL})"
"""A figure of what is given; "6.5 mmol/L" and "150 mL/min" are values of a patient."""
FLUIDS = r"glucose|dextrose|saline|sodium chloride|nacl|mannitol|albumin"
"""What is given as so many per cent."""
_GIVES = lazy_regex(rf"{MEASURED_OUT}|\d\s*%\s*(?:{FLUIDS})\b|\b(?:{FLUIDS})\s*\d+(?:\.\d+)?\s*%")


def gives(text: str) -> bool:
    """Tell whether a text gives something; "94 %" alone is a value."""
    plain = uniform(text)
    doses = (each for each in read_amounts(text) if each.is_dose and not _FLOW.search(plain[each.begin : each.end]))
    return any(True for _ in doses) or _GIVES.search(plain) is not None


_FLOW = lazy_regex(r"ml\s*(?:/|per)\s*min")
"""A clearance, which reads as an amount by time."""
