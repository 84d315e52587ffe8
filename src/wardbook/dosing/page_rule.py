"""Sentences that say of doses elsewhere on the page what takes from them: by the kidneys, how often, for whom not.

"If eGFR < 30 halve everything", "No more than 3 doses in 24 hours", "Contraindicated in active bleeding": such a
sentence gives no amount of its own that could be worked out, but nobody may give the dose without it. It is shown with
the doses that it is about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document
from wardbook.corpus.lines import Lines
from wardbook.corpus.section import Section
from wardbook.corpus.unit import sentences
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.cell import has_dose
from wardbook.dosing.comparator import comparator_pattern
from wardbook.dosing.context import Drugs, says
from wardbook.dosing.draft import Mention
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen, Stated
from wardbook.lazy_regex import lazy_regex

LONGEST = 240
"""Characters; a longer sentence is an account and no rule."""
SHORTEST = 4
"""Characters of a dose's words that tell whether a sentence is the one that gives it."""
MOST = 4
"""Sentences shown with one dose; those that say for whom a drug is not are shown beyond that."""
_KIDNEY = r"(?:cr ?cl|clcr|e?gfr|creatinine|renal|kidneys?)"
_WEIGHT = r"\b(?:actual|ideal|adjusted|dosing|lean|baseline|dry) (?:body )?weight\b|\baibw\d*\b"
_RULE = lazy_regex(
    rf"\b{_KIDNEY}\b[^.;]{{0,60}}(?:\bhal(?:f|ve\w*)\b|(?:\b(?:give|to|by)|(?<![<>])[:=→]|->)\s*\d+\s*%|\d\s*% of|"
    r"\breduc\w+|\b(?:\d+|six|eight|twelve)[ -]hourly\b|"
    r"\bcontra-?indicated|\bnot recommended|\bavoid\b|\bomit\b|\bdo not (?:use|give)\b)"
    rf"|\b(?:hal(?:f|ve\w*)|reduc\w+|avoid|omit|not)\b[^.;]{{0,40}}\b{_KIDNEY}\s*(?:function|clearance)?\s*[<≤]"
    r"|\b(?:no more than|not more than|max(?:imum)?(?: of)?|at most|up to)\s+(?:\d|one|two|three|four|five|six) doses\b"
    r"|\bmax(?:imum)?\s+\d\s+in\s+(?:\d+ ?h\b|total|all|this)"
    r"|\brepeat(?:ed)?\b[^.;]{0,30}\b(?:no sooner than|not before|once(?: only)?\b|at most|after (?:at least )?\d)"
    r"|\bno sooner than\b"
    r"|(?:^|[.:;]\s*)contra-?indicat(?:ed|ions?)\b|\b(?:is|are) contra-?indicated (?:in|with|if|when|during|below)\b"
    r"|^\W*(?:not|never) (?:in|with|within|if|for|together|when)\b"
    r"|^\W*only (?:if|in|with|when|for)\b"
    rf"|{_WEIGHT}"
    r"|\bfirst dose (?:is |must be |should be )?(?:always |never )"
)
_STEMS = "cl|gfr|creat|renal|kidney|dose|max|repeat|sooner|contra|not |never|only|weight|aibw".split("|")
# What may stand before the drug that a rule is about ("No x if eGFR < 30", "Max of x").
_BEFORE = lazy_regex(
    r"\W*(?:\d+(?:\.\d+)*\W+)?(?:(?:no|not|never|avoid|stop|hold|repeat|max(?:imum)?|do|give|use|the|of|for|all|recommended|renal|doses?|"
    r"dosing|contra-?indicated|contra-?indications?|in|only|and)\b\W*)*"
)
_JOINED = lazy_regex(r"\s*(?:,|/|\+|&|\band\b|\bor\b|,\s*and\b)\s*")
_EVERY = lazy_regex(r"\b(?:everything|every dose|all (?:doses|drugs|of (?:them|these)))\b")
_ELSEWHERE = lazy_regex(
    r"^\W*(?:see|refs?\b|references?\b)|cockcroft|:$|\bno(?:t a)? reason\b|"
    r"^(?!.*\b(?:hal(?:f|ve)|reduc|contra-?indicat|avoid|omit)).*\b(?:target|aim|level|trough)s?\b"
)
_GRAVE = lazy_regex(r"\bcontra-?indicat|\bnever\b|\bdo not\b|\bnot in\b", re.IGNORECASE)
"""For whom a drug is not: told before how often it may be repeated, where there is no room for all."""
_EXCEPT = lazy_regex(r"\b(?:except|apart from|other than|but not)\b")
_GENERAL = lazy_regex(r"\W*(?:general |safety )?(?:rules?|notes?|principles|warnings?|cautions?|important|safety)\W*")
_BY_WEIGHT = lazy_regex(_WEIGHT)
_BESIDE = lazy_regex(r"\b(?:with|on|together|plus|use|change to|switch to|instead of)\b")
"""Before a drug that is given beside the one that a rule is about, or in its place."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One such sentence."""

    stated: Stated
    subjects: frozenset[str]
    """The drugs that it is about by name; empty where it names none."""
    before: frozenset[str]
    """Those that a sentence before it in its block is about, where it names none."""
    named: tuple[tuple[str, bool], ...]
    """The drugs that it names, and whether each is one given beside, or in place of, that which it is about."""
    opens: bool
    """True where nothing but such sentences stands before it in its block."""
    lead: tuple[str, ...]
    """Words that govern its block."""
    text: str
    """What stands before it in its block."""
    place: tuple[int, int]
    """Number of its section, and of its block in it."""


def bind_rules(document: Document, regimens: Sequence[Regimen], drugs: Drugs) -> list[Regimen]:
    """Show with each dose the rules of the page that are about it.

    One that names its drugs is about all their doses on the page. One that names none is about the dose before it in
    its own block, the rows of the table right above it, the doses of its section where these are all of one drug, or,
    where it stands before all doses of the page, about every one of them.
    """
    found = list(regimens)
    taken: dict[int, int] = {}
    for rule in sorted(_rules(document, regimens, drugs), key=lambda each: not _GRAVE.search(each.stated.words)):
        for at in _governed(rule, document, found, drugs):
            known = " ".join((found[at].verbatim, *found[at].notes, *(each.words for each in found[at].limited_by)))
            full = taken.get(at, 0) >= MOST and not _GRAVE.search(rule.stated.words)
            if rule.stated.words in known or known in rule.stated.words or full:
                continue
            found[at] = replace(found[at], limited_by=(*found[at].limited_by, rule.stated))
            taken[at] = taken.get(at, 0) + 1
    return found


def _rules(document: Document, regimens: Sequence[Regimen], drugs: Drugs) -> Iterator[_Rule]:
    own = {regimen.verbatim.strip() for regimen in regimens if regimen.from_text and len(regimen.verbatim) > SHORTEST}
    for number, section in enumerate(document.sections):
        if any(says("skip", level) for level in section.path):
            continue
        for at, block in enumerate(section.blocks):
            if block.table is not None or block.kind in ("code", "metadata", "footnote"):
                continue
            yield from _of_block(block, section, (number, at), own, drugs)


def _of_block(block: Block, section: Section, place: tuple[int, int], own: set[str], drugs: Drugs) -> Iterator[_Rule]:
    plain = uniform(block.text)
    if not any(stem in plain for stem in _STEMS):
        return
    before: frozenset[str] = frozenset()
    opens = True
    for begin, end in sentences(block.text):
        words = block.text[begin:end].strip()
        mentions = drugs.find(words)
        subjects = _subjects(words, mentions)
        said = uniform(words)
        gives = any(words in each or each in words for each in own)
        rule = len(words) <= LONGEST and not gives and _RULE.search(said) and not _ELSEWHERE.search(said)
        if rule:
            named = tuple((each.drug, bool(_BESIDE.search(said[: each.begin]))) for each in mentions)
            stated = Stated(section.id, block.lines, words, rule=True)
            yield _Rule(
                stated,
                subjects,
                frozenset() if subjects else before,
                named,
                opens,
                block.lead,
                block.text[:begin],
                place,
            )
        opens = opens and bool(rule)
        before = subjects or before


def _subjects(words: str, named: Sequence[Mention]) -> frozenset[str]:
    """Give the drugs that a sentence opens with, as those that it is about."""
    if not named or not _BEFORE.fullmatch(uniform(words[: named[0].begin])):
        return frozenset()
    found = {named[0].drug}
    for last, mention in pairwise(named):
        if not _JOINED.fullmatch(uniform(words[last.end : mention.begin])):
            break
        found.add(mention.drug)
    return frozenset(found)


def _governed(rule: _Rule, document: Document, regimens: Sequence[Regimen], drugs: Drugs) -> list[int]:
    """Give the regimens that a rule is about, by their place in the list."""
    doses = [at for at, each in enumerate(regimens) if each.amount and not each.evidence]
    if _BY_WEIGHT.search(uniform(rule.stated.words)):
        doses = [at for at in doses if regimens[at].per]
    if rule.subjects:
        return [at for at in doses if regimens[at].drug in rule.subjects]
    held = _about(rule, document, regimens, doses, drugs)
    left_out = _EXCEPT.search(uniform(rule.stated.words))
    if left_out and rule.named:
        return [at for at in held if regimens[at].drug not in {drug for drug, _ in rule.named}]
    own = {drug for drug, _ in rule.named} & {regimens[at].drug for at in held}
    if own:
        return [at for at in held if regimens[at].drug in own]
    return held if all(beside for _, beside in rule.named) else []


def _about(
    rule: _Rule, document: Document, regimens: Sequence[Regimen], doses: Sequence[int], drugs: Drugs
) -> list[int]:
    """Give the doses that a rule without a drug of its own stands beside."""
    number, block = rule.place
    section = document.sections[number]
    (first, last), words = rule.stated.lines, rule.stated.words
    here = [at for at in doses if regimens[at].section == section.id]
    if rule.before:
        here = [at for at in here if regimens[at].drug in rule.before]
    same = [at for at in here if first <= regimens[at].lines[0] and regimens[at].lines[1] <= last]
    if same:
        same = [at for at in same if regimens[at].verbatim in rule.text]
        return [at for at in same if regimens[at].verbatim == regimens[same[-1]].verbatim]
    if rule.before:
        return here
    if gives_amount(words):
        return []
    general = all(_GENERAL.fullmatch(uniform(level)) for level in rule.lead)
    if not section.path and general and not any(regimens[at].lines[0] < first for at in doses):
        return list(doses)
    above = section.blocks[block - 1] if block else None
    rows = [at for at in here if above and above.table and _lies_in(regimens[at].lines, above.lines)]
    if rows and rule.opens:
        return rows
    if _EVERY.search(uniform(words)):
        return here
    heads = {mention.drug for mention in drugs.find(" ; ".join([document.title, *section.path[-1:]]))}
    told = {regimens[at].drug for at in here}
    if len(told) != 1 or (heads and not heads & told) or not rule.opens:
        return []
    return here if heads or not _has_others(section, [regimens[at].lines for at in here]) else []


def gives_amount(words: str) -> bool:
    """Tell whether a sentence holds an amount that is no bound ("urine < 0.5 mL/kg/h")."""
    plain = uniform(words)
    return any(
        figure.is_dose and not re.search(rf"(?:{comparator_pattern()})\s*$", plain[: figure.begin])
        for figure in read_amounts(words)
    )


def _lies_in(inner: Lines, outer: Lines) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _has_others(section: Section, read: Sequence[Lines]) -> bool:
    """Tell whether a section holds amounts beside those of its doses: of a drug that is not known, it may be."""
    return any(
        has_dose(block.text) and not any(_lies_in(lines, block.lines) for lines in read) for block in section.blocks
    )
