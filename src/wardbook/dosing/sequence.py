"""How the doses of one text stand to each other: of one drug, one after another, or sharing what stands for all."""

import re
from collections.abc import Sequence
from itertools import pairwise

from wardbook.dosing.band import RENAL, read_bands
from wardbook.dosing.context import grade_of
from wardbook.dosing.draft import Draft
from wardbook.dosing.limit_words import opens_limit, phases_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.other_name import names_other
from wardbook.dosing.phrase import Phrase
from wardbook.dosing.route import read_routes
from wardbook.dosing.separator import SEQUENCE
from wardbook.dosing.subject import unknown_before
from wardbook.lazy_regex import lazy_regex

# "0.25 mg/kg; 0.35 mg/kg after 15 min if no response": what comes later, or for want of an effect, follows.
_TIME = r"\d+(?:\s*-\s*\d+)?\s*(?:min(?:ute)?s?|h(?:ou)?rs?|h)\b"
_LATER = lazy_regex(
    rf"\s*(?:[a-z]{{2}}\s+)?(?:more\s+)?(?:after\s+(?:another\s+|a further\s+)?{_TIME}|(?:in\s+{_TIME}\s+)?if\s+"
    r"(?:still\b|no (?:response|effect|improvement)\b|not (?:controlled|effective|converted|better|settled)\b|"
    r"ineffective|needed|required|persist))"
)


def relate(text: str, drafts: list[Draft], anchors: Sequence[Phrase], host: Draft | None = None) -> None:
    """Let doses of one text share what stands for all of them, and number those that follow one another.

    `host` is the dose before the bracket that they stand in: they are as often as it is where they do not say.
    """
    _stop_at_unknown(text, drafts, anchors)
    for last, draft in pairwise(drafts):
        inherit(last, [draft])
    gaps = [text[a.end : b.begin] for a, b in pairwise(anchors)]
    later = [_LATER.match(uniform(text[anchor.end : draft.end])) for anchor, draft in zip(anchors, drafts, strict=True)]
    _number_steps(drafts, [f"{gap} then" if after else gap for gap, after in zip(gaps, later[1:], strict=True)])
    _share_bands(text, drafts, gaps)
    _keep_bands(text, drafts)
    _keep_floor(text, drafts)
    _keep_label(text, drafts)
    one_drug = len({draft.drug for draft in drafts}) == 1
    stepped = any(draft.step for draft in drafts)
    banded = one_drug and host is None and all(draft.conditions for draft in drafts)
    if not stepped and ((banded and _often_alike(drafts)) or _parallel(drafts, gaps)):
        share(drafts[-1], drafts[:-1])
    _move_caps(drafts)
    _share_paired_caps(drafts)
    _share_series(text, drafts, anchors, gaps)
    if one_drug and not stepped and drafts[-1].conditions:
        _share_last_caps(text, drafts)
    if one_drug and not stepped:
        _share_often_of_label(text, drafts)
    # "Oral x: 1-11 months 80 mcg/kg; 1-11 years 200 mcg/kg": the words before the colon are of all bands
    labelled = banded and (re.match(r"\W*[^:;.\d]{3,60}:", text) or _is_headed_by_route(text, drafts))
    if one_drug and not stepped and (labelled or re.search(r":\s*\D{0,40}$", text[: anchors[0].begin])):
        for draft in drafts[1:]:
            draft.routes = draft.routes or list(drafts[0].routes)
            rate = draft.figure is not None and draft.figure.per_time is not None
            draft.infusion = draft.infusion or ([] if rate else list(drafts[0].infusion))


def _is_headed_by_route(text: str, drafts: Sequence[Draft]) -> bool:
    """Tell whether a route stands before bands that each have their dose right behind ("neb < 5 y 2 mg / ...")."""
    found = read_bands(text)
    spans = [(each.begin, each.figure.begin if each.figure else each.begin) for each in drafts]
    bands = [[band for band in found if begin <= band.begin and band.end <= end] for begin, end in spans]
    if not all(len(each) == 1 for each in bands):
        return False
    firsts = [each[0] for each in bands]
    beside = [text[band.end : end] for band, (_, end) in zip(firsts, spans, strict=True)]
    beside += [text[begin : band.begin] for band, (begin, _) in zip(firsts[1:], spans[1:], strict=True)]
    opens = not any(re.search(r"\w", words) for words in beside)
    return opens and bool(read_routes(text[spans[0][0] : firsts[0].begin]))


def _share_often_of_label(text: str, drafts: Sequence[Draft]) -> None:
    """Give how often the words before a colon say to all doses behind it ("X weekly: < 1 y 3 mg; 1-11 y 6 mg")."""
    first, *others = drafts
    head, colon, _ = text[first.begin : first.figure.begin if first.figure else first.end].partition(":")
    if not colon or not first.often or not all(words in head for words in first.often):
        return
    for draft in others:
        if not (_tells_often(draft) or draft.schedule or draft.duration):
            draft.frequencies, draft.often = list(first.frequencies), list(first.often)


def _tells_often(draft: Draft) -> bool:
    return bool(draft.frequencies or draft.once)


def _often_alike(drafts: Sequence[Draft]) -> bool:
    """Tell whether no dose says how often in other words than the last ("20 mg OD; 50-120 kg 40 mg; ... 40 mg BD")."""
    told = [draft for draft in drafts if _tells_often(draft)]
    return all(draft.interval_h == told[-1].interval_h and draft.once == told[-1].once for draft in told)


def _share_bands(text: str, drafts: Sequence[Draft], gaps: Sequence[str]) -> None:
    """Give the band that heads a dose to its alternative too ("10 kg and over 1 mg (port) or 2 mg (PICC)")."""
    for (last, draft), gap in zip(pairwise(drafts), gaps, strict=True):
        plain = uniform(gap + draft.words)
        choice = re.match(r"[^;\n]*?\bor\b", uniform(gap)) and not re.search(r"\b(?:otherwise|else|others?)\b", plain)
        head = text[last.begin : last.figure.begin] if last.figure else ""
        if choice and last.drug == draft.drug and not draft.conditions and "." not in gap and read_bands(head):
            draft.conditions = list(last.conditions)


def _keep_bands(text: str, drafts: Sequence[Draft]) -> None:
    """Give the band that heads the first of several steps to all ("CrCl < 30: 200 mg on day 1, then 100 mg daily")."""
    for last, draft in pairwise(drafts):
        head = text[last.begin : last.figure.begin] if last.figure else ""
        if last.step is None or draft.step != last.step + 1 or draft.conditions:
            continue
        if last.step > 1 or _HEADS.search(uniform(head)):
            draft.conditions = list(last.conditions)


def _keep_floor(text: str, drafts: Sequence[Draft]) -> None:
    """Give the least weight or age in a bracket behind the last step to all ("2 mg on day 1, then 1 mg (>= 40 kg)").

    Who is too light for what goes on does not begin either. A greatest one may be of the last step alone.
    """
    run: list[Draft] = []
    for at, draft in enumerate(drafts):
        run = [*run, draft] if run and draft.step == (run[-1].step or 0) + 1 else [draft]
        last = at + 1 == len(drafts) or drafts[at + 1].step != (draft.step or 0) + 1
        if not last or len(run) < 2 or draft.figure is None or any(each.conditions for each in run[:-1]):
            continue
        floors = all(each.quantity in ("weight", "age") and each.high is None for each in draft.conditions)
        bracket = _BRACKET.search(text[draft.figure.end : draft.end])
        alike = {each.figure.per for each in run if each.figure} == {draft.figure.per}
        if draft.conditions and floors and alike and bracket and read_bands(bracket[1]):
            for each in run[:-1]:
                each.conditions = list(draft.conditions)


_BRACKET = lazy_regex(r"\(([^()]*)\)?[\s.*_]*$")
"""A bracket that ends a text."""


def _keep_label(text: str, drafts: Sequence[Draft]) -> None:
    """Give the band that a clause opens with to all its doses ("Under 1 year: 75 mg bolus, 28 mg/h").

    What was not understood of that label is not understood of them either.
    """
    for last, draft in pairwise(drafts):
        if last.figure is None or draft.figure is None or draft.drug != last.drug or draft.conditions:
            continue
        between, own = text[last.figure.end : draft.figure.begin], text[last.figure.end : draft.end]
        if re.search(r"[;\n()]|\.\s", between) or OTHERS.search(_OVER_TIME.sub(" ", uniform(own))):
            continue
        head = text[last.begin : last.figure.begin]
        if last.conditions and (read_bands(head) or last.labelled):
            draft.conditions, draft.labelled = list(last.conditions), True
        if unread := [each for each in last.unparsed if re.search(rf"{re.escape(each)}\s*:", head) or last.labelled]:
            draft.unparsed, draft.labelled = [*unread, *draft.unparsed], True


_OVER_TIME = lazy_regex(r"\bover\s+\d+(?:\.\d+)?(?:\s*-\s*\d+(?:\.\d+)?)?\s*(?:h|hrs?|hours?|min|mins|minutes?)\b")
"""How long an infusion runs, which says of no other patients."""
OTHERS = lazy_regex(
    r"\b(?:otherwise|else|others?|above|over|below|under|adults?|child(?:ren)?|infants?|elderly|if|for|in|when|unless|"
    r"without|max\w*|standard|usual|all|normal(?! saline)|any (?:age|body|one|size|weight|kidneys?)|teen\w*|"
    r"adolescents?|bigger|older|heavier)\b|[<>≤≥]"
)
"""Words by which a dose may be for others than the one before it."""


_HEADS = lazy_regex(r"\d[^:;\n]*:[^:;\n]*$")
"""A label with a figure before a dose."""


def _move_caps(drafts: Sequence[Draft]) -> None:
    """Give a maximum that names a phase ("..., max load 2 g") to the one dose of the drug that is of that phase."""
    for draft in drafts:
        for cap, words in list(draft.caps):
            named = phases_of(words)
            own = {id(each): phases_of(each.words.replace(words, " ")) for each in drafts if each.drug == draft.drug}
            of = [each for each in drafts if named & own.get(id(each), frozenset())]
            if named and of and draft not in of:
                draft.caps.remove((cap, words))
                for each in of[:1]:
                    each.caps.append((cap, words))


_PAIRED = lazy_regex(r"\d\s*/\s*\d")


def _share_paired_caps(drafts: Sequence[Draft]) -> None:
    """Give a maximum that names a figure for each step ("then 5 mg/kg (max 500/250 mg)") to the steps before too."""
    for at, last in enumerate(drafts):
        pairs = [words for words in last.unparsed if opens_limit(words) and _PAIRED.search(words)]
        for draft in drafts[:at]:
            if last.step and draft.step and draft.drug == last.drug and not draft.caps:
                draft.unparsed += pairs


def _share_series(text: str, drafts: Sequence[Draft], anchors: Sequence[Phrase], gaps: Sequence[str]) -> None:
    """Give bare numbers of a series what stands behind its unit: all of it for choices, the route for steps."""
    for at in range(len(gaps) - 1, -1, -1):
        if not re.fullmatch(r"[\d.]+", text[anchors[at].begin : anchors[at].end]):
            continue
        if re.fullmatch(r"\s*(?:,?\s*or|,)\s*", uniform(gaps[at])) and drafts[at].step is None:
            share(drafts[at + 1], [drafts[at]])
        else:
            drafts[at].routes = drafts[at].routes or list(drafts[at + 1].routes)


def _share_last_caps(text: str, drafts: Sequence[Draft]) -> None:
    """Let a maximum behind the last of several doses, which is for some patients only, hold for the plain ones too.

    One in a bracket is of the dose before the bracket alone.
    """
    caps = drafts[-1].caps
    bracketed = any(text.rfind("(", 0, cap.begin) > text.rfind(")", 0, cap.begin) for cap, _ in caps)
    for draft in [] if bracketed else drafts[:-1]:
        if not draft.conditions:
            draft.caps = draft.caps or list(caps)


_JOINS = lazy_regex(
    r"(?:(?:\b(?:or|and|plus|with|add|then)|\+|&)\s*|\b(?:step|line|option|stage)\s*\d[^:;.\n]*:[^:;.\n]*)$"
)


_OPENED = lazy_regex(r"[;+&]\s*$")
"""Before a clause of its own: a word with a capital that opens it may be a name (an acronym says what for)."""


_ALONE = lazy_regex(r";\s*$")
_SUBSTANCE = lazy_regex(r"[a-z-]+(?:ol|ole|ine|ide|one|ate|ium)\b")
"""Opens a clause of a list with a word built like the name of a substance."""


def _stop_at_unknown(text: str, drafts: Sequence[Draft], anchors: Sequence[Phrase]) -> None:
    """Keep a dose from the drug before it where a word that may be another drug's name stands in a drug's place.

    There it is the only word of a new clause of a list of several drugs ("Step 3: xyzal 4 mg/kg"), or one that "or",
    "and", "then" joins ("or xyzal 4 mg/kg"), or that is a step of its own.
    """
    several = len({draft.drug for draft in drafts if draft.drug}) > 1
    for draft, anchor in zip(drafts, anchors, strict=True):
        if draft.drug is None and draft is not drafts[0]:
            at = unknown_before(text, draft.begin, anchor.begin)
            head = uniform(text[:at]) if at is not None else ""
            own = at is not None and text[at : at + 2].istitle() and _OPENED.search(head)
            alone = at is not None and _ALONE.search(head) and _SUBSTANCE.match(uniform(text[at : anchor.begin]))
            if at is not None and (several or own or alone or _JOINS.search(head)):
                draft.unsure = True
            if names_other(text, draft.begin, anchor.begin):
                draft.unsure = True


def inherit(giver: Draft, takers: Sequence[Draft]) -> None:
    """Let a dose without a drug be of the drug before it, unless its own words may name another."""
    for draft in takers:
        other = draft.drug is None and _is_other(giver, draft)
        if other and (words := draft.words.strip(" ,;.\n")):
            # in units it may be the drug's own after all, but for insulin beside sugar
            known = draft.figure is None or draft.figure.amount.unit != "[iU]" or giver.drug in _SUGARS
            (giver.notes if known else giver.unparsed).append(words)
        apart = giver.unsure or draft.unsure or other
        if draft.drug is None and (apart or draft.others - {giver.drug}):
            draft.unsure = True
        elif draft.drug is None:
            draft.drug = giver.drug


_SUGARS = frozenset({"glucose", "dextrose"})
_INJECTED = frozenset({"IV", "SC", "IM"})
_IONS = lazy_regex(r"\b(?:potassium|magnesium|phosphate)\b")
"""Of these, what is swallowed and what is injected are other salts."""


def _is_other(giver: Draft, draft: Draft) -> bool:
    """Tell whether a dose is of another salt than the tablets before it ("phosphate 2 tablets; or IV 0.2 mmol/kg").

    What is told in units is not of a drug that is weighed or measured out ("glucose 25 g; CrCl < 30: 5 units").
    """
    units = [each.figure.amount.unit if each.figure else "" for each in (giver, draft)]
    if units[1] == "[iU]" and units[0] in ("g", "mg", "mL", "L"):
        return True
    salts = _IONS.search(giver.drug or "") and units[1] == "mmol"
    return bool(salts and units[0].startswith("{") and _INJECTED & set(draft.routes))


def _number_steps(drafts: Sequence[Draft], gaps: Sequence[str]) -> None:
    """Give numbers to the doses of one drug that follow one another; a semicolon or a full stop ends a run."""
    runs: list[list[int]] = [[0]]
    for at, gap in enumerate(gaps, 1):
        grades = {grade_of(drafts[at - 1].words), grade_of(drafts[at].words)}
        apart = None not in grades and len(grades) > 1
        ends = re.search(r"[;\n]|\.\s", gap) and (apart or not SEQUENCE.search(gap))
        if ends or drafts[at].drug != drafts[at - 1].drug:
            runs.append([])
        runs[-1].append(at)
    for run in runs:
        follows = any(SEQUENCE.search(gaps[at - 1]) or _is_load(drafts[at - 1], drafts[at]) for at in run[1:])
        if follows or _is_taper([drafts[at] for at in run], [gaps[at - 1] for at in run[1:]]):
            for number, at in enumerate(run, 1):
                drafts[at].step = number
            _keep_route([drafts[at] for at in run], [gaps[at - 1] for at in run[1:]])


def _is_taper(run: Sequence[Draft], gaps: Sequence[str]) -> bool:
    """Tell whether doses behind commas, each for a time and none greater than the one before, go down one by one.

    ("10 mg BD x 1 day, 10 mg daily x 1 day, 4 mg daily x 1 day, stop")
    """
    figures = [draft.figure for draft in run if draft.figure and draft.duration and not draft.conditions]
    if len(figures) != len(run) or len(run) < 2 or any(re.search(r"[;\n()]|\.\s|\bor\b", gap) for gap in gaps):
        return False
    falls = all(
        one.amount.unit == other.amount.unit and one.per == other.per and one.amount.high >= other.amount.high
        for one, other in pairwise(figures)
    )
    lower = figures[-1].amount.high < figures[0].amount.high
    if any(_names_another(gap, draft.drug) for gap, draft in zip(gaps, run[1:], strict=True)):
        return False
    return falls and lower and all("," in gap for gap in gaps)


def _names_another(gap: str, drug: str | None) -> bool:
    """Tell whether words between two doses may say that they are for different things ("28 days, cystitis 250 mg")."""
    plain = uniform(gap)
    head = plain.rpartition(",")[2].replace(drug or " ", " ")
    return bool(_FOR_WHAT.search(plain) or any(not _OF_TAPER.fullmatch(word) for word in _WORD.findall(head)))


_WORD = lazy_regex(r"[a-z]{3,}")
_OF_TAPER = lazy_regex(
    r"then|and|reduc\w+|decreas\w+|lower\w*|taper\w*|wean\w*|drop\w*|down|followed|for|from|the|next|last|further|"
    r"another|after|days?|weeks?|months?|once|twice|daily|weekly|oral(?:ly)?|give|step|dose|mane|nocte|morning|night"
)
"""Words that stand before a step of a taper and say nothing of what it is for."""
_FOR_WHAT = lazy_regex(
    r"\bfor (?!an?\b|the\b|one|two|three|four|five|six|seven|eight|nine|ten\b|another|up\b|at\b)[a-z]{3,}"
)


def _keep_route(run: Sequence[Draft], gaps: Sequence[str]) -> None:
    """Give steps that name no route that of the step before, where both go by weight or surface, or one repeats it."""
    for (last, draft), gap in zip(pairwise(run), gaps, strict=True):
        alike = last.figure and draft.figure and last.figure.per == draft.figure.per is not None
        if not draft.routes and (alike or re.search(r"\brepeat", uniform(gap))):
            draft.routes = list(last.routes)


def _is_load(first: Draft, second: Draft) -> bool:
    return bool(re.search(r"\bload", uniform(first.words)) and re.search(r"\bmaintenance\b", uniform(second.words)))


def _parallel(drafts: list[Draft], gaps: Sequence[str]) -> bool:
    """Tell whether doses of several drugs are given in one breath, all by surface ("x 30 mg/m2 and y 500 mg/m2")."""
    shapes = {(d.figure.amount.unit, d.figure.per, d.figure.per_time) for d in drafts if d.figure}
    joined = all(re.search(r"\band\b|\bplus\b|\+|&", gap) and not re.search(r"\bor\b|[;\n]", gap) for gap in gaps)
    return joined and len(shapes) == 1 and next(iter(shapes))[1] == "m2" and all(d.drug for d in drafts)


def _is_renal(one: Draft, other: Draft) -> bool:
    """Tell whether two doses are for different bands of kidney function."""
    return one.conditions != other.conditions and any(each.quantity in RENAL for each in one.conditions)


_OF_SIZE = frozenset({"weight", "age", "body surface area", "BMI"})


def share_with_bands(host: Draft, inner: Sequence[Draft]) -> None:
    """Give a dose of a bracket that is for a weight or an age how often the dose before the bracket is given.

    It says nothing of its own of how often or by which route ("40 mg OD (< 50 kg 20 mg; > 120 kg 40 mg BD)"). Behind
    one of the bracket by weight or surface that does, it is as often as that ("(child 30 mg/kg daily, ... 45 mg/kg)").
    """
    for at, draft in enumerate(inner):
        size = draft.conditions and all(each.quantity in _OF_SIZE for each in draft.conditions)
        if size and draft.drug == host.drug and not draft.routes:
            share(next((each for each in reversed(inner[:at]) if _goes_so(each, draft)), host), [draft])
            draft.routes = list(host.routes)


def _goes_so(one: Draft, other: Draft) -> bool:
    """Tell whether a dose says how often, and is by weight or surface just as another one of the same drug."""
    by = one.figure.per if one.figure else None
    alike = by is not None and other.figure is not None and other.figure.per == by
    return alike and one.drug == other.drug and _tells_often(one)


def share(giver: Draft, takers: Sequence[Draft]) -> None:
    """Give routes, frequency, duration and infusion time to doses that say nothing of how often or how long.

    Kidneys are spared by longer intervals, so each of their bands has its own.
    """
    for taker in takers:
        if taker.frequencies or taker.duration or taker.schedule or _is_renal(taker, giver):
            continue
        taker.routes = taker.routes or list(giver.routes)
        taker.infusion = taker.infusion or list(giver.infusion)
        taker.frequencies, taker.often = list(giver.frequencies), list(giver.often)
        taker.duration = list(giver.duration)
        taker.schedule = list(giver.schedule)
        taker.max_doses = taker.max_doses or giver.max_doses
