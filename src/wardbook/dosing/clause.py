"""Clauses: one cell or sentence cut into the doses it gives, each with the words that belong to it alone.

A dose is an amount that is neither a maximum, a total nor a threshold. The text between two doses is cut at its
strongest separator, so that what stands on one side is never given to the other dose, drug or band. Words that are no
phrase become notes; words that hold a number and were not understood become `unparsed`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from wardbook.dosing.amount import Figure
from wardbook.dosing.bracket_opening import behind_opening, clauses_before
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.excluded_other import of_another
from wardbook.dosing.exclusion import Exclusion, read_exclusions, without_exclusions
from wardbook.dosing.head_of_all import keep_head
from wardbook.dosing.interaction import doubt_companions
from wardbook.dosing.leftover import tidy
from wardbook.dosing.limit import role_of_amount
from wardbook.dosing.named_maximum import show_names, with_names_hidden
from wardbook.dosing.next_step import gone_on
from wardbook.dosing.notation import stripped, uniform
from wardbook.dosing.other_use import otherwise
from wardbook.dosing.phrase import Phrase, read_phrases
from wardbook.dosing.rhythm import changes_rhythm, opens_with_rhythm
from wardbook.dosing.rounding import roundings
from wardbook.dosing.route_change import route_changes
from wardbook.dosing.separator import SEPARATORS, within, without
from wardbook.dosing.sequence import inherit, relate, share, share_with_bands
from wardbook.dosing.stretch import fill
from wardbook.dosing.subject import AFTER_GAP, heads_next
from wardbook.dosing.substitute import bind_substitute
from wardbook.dosing.unit import convert
from wardbook.dosing.way import keep_place
from wardbook.lazy_regex import lazy_regex

_CLAUSE = lazy_regex(r"(?:^|[(;,.\n])(?!\d)[^(),;\n]*")
_BRACKET = lazy_regex(r"\([^()]*\)")


def read_clauses(
    text: str,
    mentions: Sequence[Mention],
    *,
    maximum: bool = False,
    cells: bool = False,
    routes: Sequence[str] = (),
) -> list[Draft]:
    """Cut a text into its doses; where it gives none, one draft stands for the whole of it.

    `maximum` says that the place itself (a "Maximum" column) makes every amount a cap; `cells` that a bare power of
    ten ("2 x 10^6") counts cells; `routes` are those that its header gives.
    """
    exclusions = read_exclusions(text)
    text, whole = without_exclusions(text), text
    switches = sorted([*route_changes(text, routes), *roundings(text)])
    text = without(text, switches)
    text, named = with_names_hidden(text, mentions), text
    phrases = tuple(
        phrase
        for phrase in read_phrases(text, tuple(mention.begin for mention in mentions))
        if phrase.kind == "amount" or not _is_named(phrase, mentions)
    )
    if cells or any(isinstance(p.value, Figure) and p.value.amount.unit == "cells" for p in phrases):
        phrases = tuple(_counted(phrase) for phrase in phrases)
    roles: dict[Phrase, str] = {}
    for phrase in phrases:
        if phrase.kind == "amount":
            roles[phrase] = role_of_amount(text, phrase, maximum, roles)
    others, phrases = otherwise(text, phrases, roles, [mention.begin for mention in mentions])
    asides = _asides(text, phrases, roles, mentions)
    changes = _changes(text, phrases, roles)
    changes += clauses_before(text, asides, phrases, roles)
    narrowings = [each for each in _narrowings(text, phrases, roles) if not within(each[0], changes)]
    changes += [each for each in others if not any(a < each[1] and each[0] < b for a, b in [*changes, *narrowings])]
    left_out = [*((begin, end - (text[begin] != "(")) for begin, end in asides), *changes, *narrowings]
    outer = [phrase for phrase in phrases if not within(phrase.begin, left_out)]
    drafts = _stretch(without(text, left_out), outer, roles, mentions)
    doubt_companions(text, drafts, mentions)
    _keep_changes(text, drafts, changes, narrowings)
    for begin, end in asides:
        inside = [phrase for phrase in phrases if begin <= phrase.begin < end]
        before = [draft for draft in drafts if draft.figure and draft.figure.begin < begin]
        host = max(before, key=_place)  # what earlier brackets gave stands at the end of `drafts`
        inner = _stretch(without(text, [(0, begin + 1), (end - 1, len(text))]), inside, roles, mentions, host)
        _keep_apart(before, inner, text[begin + 1 : end - 1])
        if text[begin] == "(" and (beside := _further_drug(text, begin, mentions)):
            _doubt(host, inner, beside, text[:end])
        inherit(host, inner)
        if text[begin] != "(":
            _keep_cap(host, inner)
        share(host, [draft for draft in inner if not draft.conditions and draft.drug == host.drug])
        _share_route(host, inner, text[begin + 1 : end])
        share_with_bands(host, inner)
        for draft in inner:
            draft.routes = draft.routes or (list(host.routes) if draft.or_else else [])
        _share_behind(host, inner, text, end)
        drafts += inner
    show_names(drafts, text, named)
    for exclusion in exclusions:
        _exclude(drafts, exclusion, whole, mentions)
    for begin, end in switches:
        ([draft for draft in drafts if draft.begin <= begin] or drafts)[-1].notes.append(
            whole[begin:end].strip("(); \n")
        )
    return sorted(drafts, key=_place)


def _place(draft: Draft) -> int:
    return draft.figure.begin if draft.figure else 0


def _keep_changes(
    text: str, drafts: Sequence[Draft], changes: Sequence[tuple[int, int]], narrowings: Sequence[tuple[int, int]]
) -> None:
    """Say of the doses that what changes them for a band was not understood: the last one's interval, or all before."""
    for begin, end in changes:
        [draft for draft in drafts if draft.begin <= begin][-1].unparsed.append(text[begin:end].strip("(),;. \n"))
    for begin, end in narrowings:
        for draft in drafts:
            if draft.figure and draft.figure.begin < begin:
                draft.unparsed.append(stripped(text[begin:end], "(),;. \n"))


def _share_behind(host: Draft, inner: Sequence[Draft], text: str, end: int) -> None:
    """Give what stands behind a bracket to the doses in it too: it is said of the whole."""
    for draft in inner:
        draft.unparsed += [words for words in host.unparsed if text.find(words, end) >= 0]
        draft.caps = draft.caps or [(figure, words) for figure, words in host.caps if figure.begin >= end]


def _exclude(drafts: Sequence[Draft], exclusion: Exclusion, text: str, mentions: Sequence[Mention]) -> None:
    """Give an exclusion to the doses that it holds for.

    These are the one that its bracket is in; else all before it of the same drug; else the first behind it.
    """
    words = text[exclusion.begin : exclusion.end]
    before = [draft for draft in drafts if draft.figure is None or draft.figure.begin < exclusion.begin]
    if exclusion.whom and (other := of_another(text, exclusion, drafts[0], mentions)):
        drafts[0].notes.append(other.words)
        drafts[0].unparsed += [] if other.named else [other.words]
        return
    held = before or drafts[:1]
    if (before and not exclusion.whom) or (
        before and text.rfind("(", 0, exclusion.begin) > text.rfind(")", 0, exclusion.begin)
    ):
        held = before[-1:]
    for draft in held:
        if draft.drug != held[-1].drug:
            continue
        draft.notes.append(words)
        if exclusion.whom:
            draft.excluded.append(words)
        if exclusion.outside and not draft.conditions:
            draft.conditions.append(exclusion.outside)
    bind_substitute(drafts, exclusion, before, text)


def _share_route(host: Draft, inner: Sequence[Draft], words: str) -> None:
    """Give another drug that is given instead ("(or xyzal 5 mg)") the route alone: how often may differ."""
    for draft in inner if re.match(r"\s*or\b", words) else ():
        draft.routes = draft.routes or list(host.routes)


def _keep_apart(before: Sequence[Draft], inner: Sequence[Draft], words: str) -> None:
    """Give a bracket in the unit of an earlier dose, not in its host's, to neither ("10 units with 25 g (5 units)").

    The earlier dose says then that it was not understood.
    """
    for draft in inner:
        unit = draft.figure.amount.unit if draft.figure else None
        units = [each.figure.amount.unit for each in before if each.figure]
        if draft.drug is None and unit and unit in units[:-1] and convert(Decimal(1), unit, units[-1]) is None:
            draft.unsure = True
            before[units.index(unit)].unparsed.append(words)


def _asides(
    text: str, phrases: Sequence[Phrase], roles: Mapping[Phrase, str], mentions: Sequence[Mention]
) -> list[tuple[int, int]]:
    """Give the brackets that hold a dose of their own behind a dose outside ("2 g q8h (1 g if CrCl < 30) x7d")."""
    doses = [phrase.begin for phrase in phrases if roles.get(phrase) == "dose"]
    brackets = [(match.start(), match.end()) for match in _BRACKET.finditer(text)]
    brackets = [each for each in brackets if not _opens_for_another(text, each[0], mentions)]
    return [
        (behind_opening(text, begin, end, phrases, roles), end)
        for begin, end in brackets
        if any(begin < dose < end for dose in doses)
        and any(d < begin and not within(d, brackets) for d in doses)
        and not opens_with_rhythm(text, begin, min(d for d in doses if begin < d < end), phrases)
    ]


_JOINS = lazy_regex(r"(?:\b(?:or|and|plus|then|alternatively|otherwise)|\+|&|;|/)\s*$", re.IGNORECASE)

_GIVEN_BESIDE = lazy_regex(r"\b(?:with|on|taking)\s*$", re.IGNORECASE)


def _further_drug(text: str, begin: int, mentions: Sequence[Mention]) -> Mention | None:
    """Give the drug whose name stands right before a bracket, where another one stands before it."""
    named = next((each for each in mentions if each.end <= begin and not text[each.end : begin].strip()), None)
    others = named and any(each.drug != named.drug for each in mentions if each.end <= named.begin)
    return named if others else None


def _opens_for_another(text: str, begin: int, mentions: Sequence[Mention]) -> bool:
    """Tell whether a bracket stands behind a further drug of a list: its doses are of that one.

    "x 2 mg/kg OD or y (60 mg, then 40 mg)"; of a drug that x is given beside ("with y (1 mg/kg)") it is not told.
    """
    named = _further_drug(text, begin, mentions)
    return named is not None and _JOINS.search(text[: named.begin]) is not None


def _doubt(host: Draft, inner: Sequence[Draft], beside: Mention, text: str) -> None:
    """Say of the doses behind the name of a drug that the host is given beside that they may be of either."""
    if beside.drug == host.drug or any(draft.drug for draft in inner) or not _GIVEN_BESIDE.search(text[: beside.begin]):
        return
    host.unparsed.append(text[beside.begin :])
    for draft in inner:
        draft.unsure = True


def _keep_cap(host: Draft, inner: Sequence[Draft]) -> None:
    """Say of the doses behind a maximum that opens their bracket that it is not known whether it bounds them too."""
    for draft in inner:
        if not draft.caps and not draft.others:
            draft.unparsed += [words for _, words in host.caps]


def _changes(text: str, phrases: Sequence[Phrase], roles: Mapping[Phrase, str]) -> list[tuple[int, int]]:
    """Give what changes how often for some only ("weekly (< 100 kg: every 2 weeks)", "daily; qod if CrCl < 30")."""
    found: list[tuple[int, int]] = []
    often = [phrase for phrase in phrases if phrase.kind == "frequency"]
    if not often or (len(often) < 2 and not any(phrase.kind == "band" for phrase in phrases)):
        return found
    for match in re.finditer(r"\([^()]*\)|;[^;\n()]*", text):
        inside = {phrase.kind for phrase in phrases if match.start() < phrase.begin < match.end()}
        before = {phrase.kind for phrase in phrases if phrase.begin < match.start()}
        own = [p.begin for p, role in roles.items() if role == "dose" and match.start() < p.begin < match.end()]
        dosed = bool(own) and not opens_with_rhythm(text, match.start(), min(own), phrases)
        banded = {"band", "frequency"} <= inside and "frequency" in before
        if not dosed and (banded or changes_rhythm(text, match.span(), often)):
            found.append((match.start(), match.end()))
    return found


_CAP_WITHIN = lazy_regex(
    r"\d\s*[a-z]+(?:/\w+)*\s+(?:daily |per day |a day )?(?:in|with|for|during|if|when)\b[^\d<>≤≥]*[<>≤≥]=?\s*\d"
)
"""A maximum for those alone whose values lie within a bound ("max 2 g/day in hepatitis or bilirubin > 60")."""
_SHARE = lazy_regex(
    r"\b(?:half|halve[sd]?|halving|double[sd]?|a third|one[ -]third|two[ -]thirds|a quarter|one[ -]quarter|"
    r"three[ -]quarters)\b(?!\s*-?\s*(?:life|lives|dose vial|tablet|hour|an hour))|"
    r"\b\d+\s*% (?:of|less|more|if|when|in|for)\b"
)
"""What another dose is to this one ("over 70 y: half of it")."""


def _narrowings(text: str, phrases: Sequence[Phrase], roles: Mapping[Phrase, str]) -> list[tuple[int, int]]:
    """Give the clauses that say of patients in a band what share of the doses they have, or what these may add up to.

    Their band is none of the doses before them ("...; under 65 kg the total must not exceed 1.5 mg/kg").
    """
    found = []
    first = min((phrase.end for phrase, role in roles.items() if role == "dose"), default=len(text))
    for match in _CLAUSE.finditer(text):
        inside = [phrase for phrase in phrases if match.start() <= phrase.begin < match.end()]
        if match.start() < first or not inside:
            continue
        told = {roles.get(phrase) for phrase in inside}
        words = uniform(match.group())
        behind = _CAP_WITHIN.search(words) and match.group().startswith(";") and inside[0].kind == "amount"
        if not any(phrase.kind == "band" for phrase in inside) and not behind:
            continue
        whole = told & {"total", "cap"} and re.search(r"\btotal\b(?! daily)|\bin all\b|\boverall\b", words)
        share = _SHARE.search(words) and "cap" not in told
        cap = "cap" in told and match.group().startswith(";") and (inside[0].kind == "band" or behind)
        if (share or whole or cap) and "dose" not in told:
            found.append((match.start(), match.end()))
    return found


def _stretch(
    text: str,
    phrases: Sequence[Phrase],
    roles: dict[Phrase, str],
    mentions: Sequence[Mention],
    host: Draft | None = None,
) -> list[Draft]:
    """Cut a text without asides into its doses; `host` is the dose before where it is itself an aside."""
    mentions = [mention for mention in mentions if text[mention.begin : mention.end].strip()]
    anchors = [phrase for phrase in phrases if roles.get(phrase) == "dose"]
    cuts = [0, *(_cut(text, phrases, mentions, a, b) for a, b in pairwise(anchors)), len(text)]
    drafts = []
    for at, (begin, end) in enumerate(pairwise(cuts)):
        draft = Draft(begin, end, words=text[begin:end])
        if anchors:
            figure = anchors[at].value
            assert isinstance(figure, Figure)
            draft.figure = figure
        fill(draft, text, [phrase for phrase in phrases if begin <= phrase.begin < end], roles, mentions)
        drafts.append(draft)
    if len(drafts) > 1:
        relate(text, drafts, anchors, host)
        keep_head(text, drafts, mentions)
        keep_place(text, drafts)
    for last, draft in pairwise(drafts):
        if draft.fluid:  # it is told with the dose before it
            last.notes.append(tidy(text[draft.begin : draft.end]))
            last.unparsed += draft.unparsed
    return [each for draft in drafts for each in (draft, gone_on(draft, text, phrases)) if each]


def _is_named(phrase: Phrase, mentions: Sequence[Mention]) -> bool:
    """Tell whether a phrase is part of a drug's name ("D50")."""
    return any(mention.begin <= phrase.begin < mention.end for mention in mentions)


def _counted(phrase: Phrase) -> Phrase:
    """Give a bare power of ten the unit of its place."""
    figure = phrase.value
    if not isinstance(figure, Figure) or not figure.bare_scale or figure.per not in (None, "kg"):
        return phrase
    counted = replace(figure, amount=replace(figure.amount, unit="cells"), bare_scale=False)
    return replace(phrase, value=counted)


def _cut(text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention], first: Phrase, second: Phrase) -> int:
    """Find where the words of one dose end and those of the next begin."""
    begin, end = first.end, second.begin
    named = [mention for mention in mentions if begin <= mention.begin < end]
    gone = [m for m in named if AFTER_GAP.fullmatch(uniform(text[begin : m.begin]))]
    after = next((m for m in gone if not heads_next(text, begin, m)), None)
    own = next((m for m in reversed(named) if m is not after and not _ends_first(text, m, second.begin)), None)
    limit = own.begin if own else end
    places = _separators(text, phrases, begin, limit, second.begin)
    if places:
        rank = max(place[0] for place in places)
        return max(place[1] for place in places if place[0] == rank)
    return limit if own else max([begin, *(p.end for p in phrases if begin <= p.begin < end and p.kind != "band")])


_WITH = lazy_regex(r"(?:\bwith|\bw/)\s*$")


def _ends_first(text: str, mention: Mention, second: int) -> bool:
    """Tell whether a drug is what the first of two doses is given with ("9 mg with abc; 7 mg with xyz")."""
    return ";" in text[mention.end : second] and _WITH.search(uniform(text[: mention.begin])) is not None


def _separators(text: str, phrases: Sequence[Phrase], begin: int, end: int, anchor: int) -> list[tuple[int, int]]:
    """Give (rank, offset) of each separator in a stretch, those within phrases or a closed bracket left out."""
    inside = [(p.begin, p.end) for p in phrases]
    joined = [(a.end, b.begin) for a, b in pairwise(phrases) if a.kind == b.kind != "amount"]
    inside += [(a, b) for a, b in joined if not re.search(r"[;\n]|\.\s", text[a:b])]
    open_bracket = text[begin:anchor].rfind("(")
    if open_bracket >= 0 and ")" in text[begin + open_bracket : anchor]:
        open_bracket = -1
    inside += [(m.start() + begin, m.end() + begin) for m in _BRACKET.finditer(text[begin:end])]
    found = []
    for rank, pattern in SEPARATORS:
        for match in pattern.finditer(text, begin, end):
            if not any(a <= match.start() and match.end() <= b for a, b in inside):
                found.append((rank, match.end() if rank in (2, 4, 5, 6) else match.start()))
    return found
