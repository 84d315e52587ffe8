"""Sentences that go on with the drug of the sentence or block before them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.band import SIZES
from wardbook.dosing.context import Drugs, beginnings, setting_of
from wardbook.dosing.draft import Draft
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex


def named_alone(words: str, drugs: Drugs) -> str | None:
    """Give the drug that is all that a sentence says behind its label ("Spasm: oxybutynin."): what follows is of it."""
    head, colon, said = words.rpartition(": ")
    mentions = drugs.find(said)
    if (
        not colon
        or any(figure.is_dose for figure in read_amounts(head))
        or len(mentions) != 1
        or re.search(r"\w", said[: mentions[0].begin] + said[mentions[0].end :])
    ):
        return None
    return mentions[0].drug


_REFUSED = lazy_regex(
    r"\W*(?:(?:is|are|must|should)\s+(?:be\s+)?)?(?:(?:in|for|with|during|if|when)\s[^:;.]*?)?"
    r"\b(?:contra-?indicated|not (?:recommended|used|allowed|given)|avoid(?:ed)?|forbidden)[\s.!*]*$"
)
"""Behind a drug: it is not given, be it to all or to some; of a route that is not ("oral route") nothing is said."""


def ruled_out(words: str, drugs: Drugs) -> str | None:
    """Give the drug that a sentence without a dose opens with and only refuses ("Xyz in pregnancy contraindicated."):
    what follows is not of it.
    """
    mentions = drugs.find(words)
    if not mentions or re.search(r"\w", words[: mentions[0].begin]) or read_amounts(words):
        return None
    return mentions[0].drug if _REFUSED.fullmatch(uniform(words[mentions[0].end :])) else None


def for_others(words: str, before: Sequence[Regimen], drugs: Drugs) -> Regimen | None:
    """Give the dose that a sentence without a drug gives otherwise for other patients ("Children: 0.2 mg/kg").

    It opens with whom it is for, and all doses before it in the block are of one drug, grade and purpose.
    """
    opens = re.match(rf"\W*(?:(?:in|for) )?(?:{beginnings('populations.tsv').pattern})", uniform(words))
    said = {(each.drug, each.severity, each.setting, each.indication) for each in before}
    if not opens or drugs.find(words) or len(said) != 1 or any(each.evidence or not each.amount for each in before):
        return None
    return before[-1]


def as_beside(regimen: Regimen, last: Regimen) -> Regimen:
    """Let a dose for other patients be of the grade, setting and purpose of the one before it."""
    return replace(
        regimen,
        severity=regimen.severity or last.severity,
        setting=regimen.setting or last.setting,
        indication=regimen.indication or last.indication,
    )


def is_by_other_measure(regimen: Regimen, words: str, before: Sequence[Regimen], drugs: Drugs) -> bool:
    """Tell whether a sentence that names no drug nor the size of a patient gives by the m² what was flat before.

    Below "Xyz 20 mg if wet. CrCl < 10: 100 mg/m²" the second dose is of what the section is about, and not of xyz.
    """
    own = [each.amount for each in before if each.drug == regimen.drug and each.amount and not each.evidence]
    flat = own and not any(each.per for each in before if each.drug == regimen.drug)
    sized = regimen.population or any(band.quantity in SIZES for band in regimen.bands)
    other = regimen.drug not in {mention.drug for mention in drugs.find(f"{regimen.title} ; {regimen.section}")}
    return bool(flat and other and regimen.per == "m2" and not sized and not drugs.find(words))


_OF_SETTING = lazy_regex(
    r"\W*((?:(?:close|household|family|staff|ward|contacts?|exposure|post-?\s?exposure|pre-?\s?exposure|primary|"
    r"secondary|seasonal|outbreak|long-?\s?term|universal|standard|for|of|in|as|and|the|oral|iv)\s+)*"
    r"(?:prophylaxis|prophylactic|prevention|treatment|therapeutic|rescue|salvage)"
    r"(?:\s+(?:of|for|in|the|close|household|contacts?|doses?|dosing|course|therapy|regimen|use))*)\s*:\W*"
    r"(?:(?:give|dose|oral|orally|po|iv|sc|im)\s+)*(?=\d)"
)
"""A label that names a setting and nothing that might have a drug of its own, right before a dose."""


def goes_on_in_setting(words: str, before: Sequence[Regimen], named: frozenset[str], drugs: Drugs) -> str | None:
    """Give the drug of the doses above a block that gives it in another setting ("Contact prophylaxis: 75 mg OD").

    All that the section names up to there is this one drug, and the block names none. A label with a disease in it
    ("ulcer prophylaxis") may be of a drug that goes without saying.
    """
    label = _OF_SETTING.match(uniform(words))
    told = {each.drug for each in before if each.amount and not each.evidence}
    if (
        label is None
        or not read_amounts(words)
        or setting_of(label[1]) is None
        or drugs.find(words)
        or len(named) != 1
        or told != named
    ):
        return None
    return next(iter(named)) if is_near(words, before) else None


def is_near(words: str, before: Sequence[Regimen]) -> bool:
    """Tell whether the first dose is by the measure of one above and at most twice as much: else of another drug."""
    figure = read_amounts(words)[0]
    for each in before:
        if each.amount and (each.per, each.per_time) == (figure.per, figure.per_time):
            most = convert(each.amount.high, each.amount.unit, figure.amount.unit)
            if most is not None and figure.amount.high <= 2 * most:
                return True
    return False


def going_on_in_brackets(words: str, draft: Draft, given: Sequence[Regimen]) -> str | None:
    """Give the drug of the doses that a sentence gave before, where each stands in a bracket ("II (1 mg), III (2 mg)").

    Behind the last one no more than a label may stand before the next bracket.
    """
    if draft.figure is None or not given or len({each.drug for each in given}) != 1:
        return None
    opened = words.rfind("(", 0, draft.figure.begin)
    closed = words.rfind(")", 0, draft.figure.begin)
    label = words[closed + 1 : opened] if 0 < closed < opened else ""
    return given[-1].drug if _NEXT_LABEL.fullmatch(uniform(label)) else None


_NEXT_LABEL = lazy_regex(
    r"\s*(?:,|;|\bor\b|\band\b)\s*(?:and |or )?(?:grade|gr\.?|g|stage|severity)\s*"
    r"[ivx\d]+(?:\s*(?:-|to|or|and)\s*[ivx\d]+)?\s*"
)
