"""Sentences that go on with the drug of the sentence before them, in the same bullet or paragraph."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.dosing.context import Drugs, beginnings
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen


def named_alone(words: str, drugs: Drugs) -> str | None:
    """Give the drug that is all that a sentence says behind its label ("Spasm: oxybutynin."): what follows is of it."""
    _, colon, said = words.rpartition(": ")
    mentions = drugs.find(said)
    if not colon or len(mentions) != 1 or re.search(r"\w", said[: mentions[0].begin] + said[mentions[0].end :]):
        return None
    return mentions[0].drug


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
