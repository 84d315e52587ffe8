"""A sentence without a dose that says for whom the doses behind it are ("< 10 kg or < 1 y: mg/kg. X 1 mg/kg, ...")."""

from dataclasses import dataclass, replace

from wardbook.dosing.band import SIZES, read_bands
from wardbook.dosing.cell import has_dose
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import has_digit, stripped, uniform
from wardbook.dosing.of_others import of_no_band, others_of
from wardbook.dosing.phrase import read_phrases
from wardbook.dosing.regimen import Condition, Regimen
from wardbook.lazy_regex import lazy_regex

LONGEST = 80
"""Characters; a longer sentence is an account."""
_OPENS = lazy_regex(
    r"\W*(?:(?:if|for|in|when|only|consider|patients?|children|child|infants?|adults?|aged?|weight|weighing)\b\W*)*"
)
_DOSING = lazy_regex(
    r"\W*(?:(?:mg/kg|mg/m2|by|per|weight|dose|doses|dosing|dosed|surface|area|patients?|children|only|as|below|follows|"
    r"body|of|age|old)\b\W*)*"
)
"""Words behind a band that say nothing but that doses go by it."""
_ELSEWHERE = lazy_regex(
    r"\b(?:see|ask|consult|discuss|refer|call|phone|contact|page|not|no|never|avoid|contra-?indicated|omit|unless|stop|"
    r"hold|without|counts?|counted|required|needed|target|aim|level|keep|until|check|watch|monitor)\b|→|->|\?"
)
"""Words by which the sentence is on something else than whom the doses behind it are for."""

_GOES_ON = lazy_regex(r"\s*(?:,|(?:and|with|or|plus|but|despite)\b)")


@dataclass(frozen=True, slots=True)
class Bound:
    """What a sentence without a dose says of whom the doses behind it are for."""

    words: str
    """Verbatim."""
    condition: Condition | None
    """The band, where it is all that the sentence says."""
    sized: bool
    """True where a weight or an age decides: without it, nothing may be worked out."""

    @property
    def told(self) -> Condition | None:
        """The band, of which words of a size or an age may be within or not: None, then they are not."""
        return None if self.sized else self.condition


def bound_in(words: str, drugs: Drugs) -> Bound | None:
    """Give what a sentence without a dose says of whom the doses behind it are for, or None."""
    if len(words) > LONGEST or not has_digit(words) or has_dose(words) or drugs.find(words):
        return None
    plain = uniform(words)
    bands = read_bands(words)
    levels = [(phrase.begin, phrase.end) for phrase in read_phrases(words) if phrase.kind == "level"]
    spans = sorted([*((band.begin, band.end) for band in bands), *levels])
    if not spans or not _OPENS.fullmatch(plain[: spans[0][0]]) or _ELSEWHERE.search(plain):
        return None
    if not bands and not _GOES_ON.match(plain, spans[0][1]):
        return None  # "Platelets > 20." may be what is aimed at
    alone = len(spans) == 1 and len(bands) == 1 and _DOSING.fullmatch(plain[spans[0][1] :])
    return Bound(
        stripped(words, " .*_"),
        bands[0].condition if alone else None,
        any(band.condition.quantity in SIZES for band in bands),
    )


def with_bound(regimen: Regimen, bound: Bound) -> Regimen:
    """Give a dose what the sentence before it says of whom it is for, unless it is said to be of others itself."""
    banded = bound.condition is not None and bound.condition.quantity in {each.quantity for each in regimen.bands}
    if not banded and (others := others_of(regimen, bound.told)):
        return of_no_band(regimen, others)
    if bound.condition is not None:
        if banded:
            return regimen
        if regimen.condition is None:
            return replace(regimen, condition=bound.condition)
        return replace(regimen, also=(*regimen.also, bound.condition))
    if bound.words in (*regimen.notes, *regimen.unparsed):
        return regimen
    if bound.sized:
        return replace(regimen, unparsed=(*regimen.unparsed, bound.words))
    return replace(regimen, notes=(*regimen.notes, bound.words))
