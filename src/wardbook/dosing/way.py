"""Routes and bands of a dose: which of those in its words are its own."""

import re
from collections.abc import Sequence
from itertools import pairwise

from wardbook.dosing.amount import Figure
from wardbook.dosing.band import Band, read_bands
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase
from wardbook.dosing.quantity import is_measured, joins
from wardbook.dosing.route import NEVER_UNSAID, Route, read_routes
from wardbook.lazy_regex import lazy_regex

# What goes on with "or" behind a band up to the end of its clause; amounts and further doses end it.
_OR_ELSE = lazy_regex(
    r"\s*,?\s*(or\s+(?!\d|[<>≤≥])(?:[^:;,.()\n]|[,.](?=\d)){3,60}?)(?=\s*(?:$|[:;()\n]|[,.](?!\d)|\s{3}))",
    re.IGNORECASE,
)


_BARE_DOSE = lazy_regex(
    r"\s*[:=]?\s*\d+(?:\.\d+)?\s*(?:$|[;,.)\n](?!\d)|(?:od|bd|bid|tds|tid|qds|qid|daily|nightly|nocte|once|twice|q\d+h?)\b)"
)
"""Behind a band: the figure of a dose of its own that leaves out its unit ("40 mg OD; < 50 kg 20 OD")."""


_FIGURE_OF_ITS_OWN = lazy_regex(
    r"\s*[:=]?\s*(?P<figure>\d+(?:\.\d+)?(?:\s*-\s*\d+(?:\.\d+)?)?)\s*(?:[/;,|](?!\d)|\bor\b)"
)
"""Behind a band: the figure of its dose, and what parts that from the next one."""
_DENIED = lazy_regex(r"\b(?:no|not|without|lost|lacks?|never|can(?:not|'t) have)\s+(?:(?:an?|any|yet)\s+)?$")
"""Before a route that there is not ("No IV: ...") or by which the dose is not given."""
_AFTER_DOSES = lazy_regex(r"\bafter\s+(?:the\s+)?(?:(?:\d+|two|three|four|first|initial|last)\s+)*$")
"""Before the route of other doses, after which this one is given ("weekly after 3 IV doses")."""


def take_route(draft: Draft, text: str, phrase: Phrase, last: Phrase | None, code: str) -> tuple[int, int] | None:
    """Keep a route; what stands in another clause, in a remark or behind "if" tells of something else."""
    before = uniform(text[last.end if last else draft.begin : phrase.begin])
    start = text[draft.begin : phrase.begin]
    if _AFTER_DOSES.search(uniform(start)) and re.match(
        r"\s+(?:doses?|loading|infusions?|course)\b", text[phrase.end :]
    ):
        return None
    if draft.figure and phrase.begin < draft.figure.begin and _renewed(text, phrase, draft.figure.begin):
        return None
    later = re.search(r"[;\n]|\.\s", before) and draft.figure and phrase.begin > draft.figure.begin
    if before.endswith("if ") or _DENIED.search(before) or (draft.routes and _is_remark(text, phrase)):
        return None
    if later and not _opens(text, phrase, last):
        return None
    draft.routes.append(code)
    return phrase.begin, phrase.end


_JOINED = lazy_regex(r"\s*(?:\([^()]*\)\s*)?(?:[,/+&]|(?:and|or|plus|with)\b)", re.IGNORECASE)


def is_of_drug_beside(
    text: str, route: Phrase | Route, mentions: Sequence[Mention], subject: Mention | None, dose: Phrase | Figure | None
) -> bool:
    """Tell whether a route before a dose is that of another drug, which stands right behind it.

    "Recent IT x (2 days): y 1 mg" gives y by no route; "IT x and y: 1 mg" gives both by it.
    """
    named = next(
        (each for each in mentions if each.begin >= route.end and not text[route.end : each.begin].strip()), None
    )
    if named is None or subject is None or dose is None or named.end > dose.begin or named.drug == subject.drug:
        return False
    return not (named.end <= subject.begin and _JOINED.match(text, named.end))


def _renewed(text: str, phrase: Phrase, end: int) -> bool:
    """Tell whether a new clause before the dose has a route of its own ("double oral if hot; IV x 100 mg")."""
    stops = [match.end() for match in re.finditer(r";|\.\s", text[phrase.end : end])]
    return bool(stops) and bool(read_routes(text[phrase.end + stops[-1] : end]))


def take_band(draft: Draft, text: str, phrase: Phrase, band: Band) -> tuple[int, int]:
    """Keep a band; a second one, or one of two reasons, is not understood.

    The other reason beside a band ("uric acid ≥12 or BMI >40") is kept: who is within the band needs it not.
    """
    words = text[phrase.begin : phrase.end]
    behind = draft.figure is not None and phrase.begin > draft.figure.begin
    if behind and _BARE_DOSE.match(uniform(text[phrase.end :])):
        draft.unparsed.append(words)
        return phrase.begin, phrase.end
    if end := _end_of_figure(text, draft, phrase):
        draft.unparsed.append(text[phrase.begin : end].strip())
        return phrase.begin, end
    other = _OR_ELSE.match(text, phrase.end, draft.end)
    if other and not draft.conditions and not draft.or_else:
        draft.conditions.append(band.condition)
        draft.or_else.append(" ".join(other[1].split()))
        return phrase.begin, other.end()
    if draft.or_else and words in draft.or_else[0]:
        return phrase.begin, phrase.end
    if _has_alternative(text, draft, phrase):
        draft.unparsed.append(words)
        return phrase.begin, phrase.end
    if draft.conditions and not joins(band.condition, draft.conditions):
        draft.unparsed.append(words)
    elif (signs := _listed_signs(text, phrase, band, draft)) is not None:
        draft.conditions.pop()  # one of them may be enough, or all must be so
        draft.unparsed.append(signs)
    else:
        draft.conditions.append(band.condition)
    return phrase.begin, phrase.end


def _end_of_figure(text: str, draft: Draft, phrase: Phrase) -> int | None:
    """Give where the bare figure ends that a band before another one has for a dose ("2-5 y: 2 / 6-9 y 400 mg")."""
    last = draft.figure.begin if draft.figure else 0
    figure = _FIGURE_OF_ITS_OWN.match(uniform(text), phrase.end, last) if phrase.end < last else None
    behind = figure and any(figure.end() <= band.begin and band.end <= last for band in read_bands(text))
    return figure.end("figure") if figure and behind else None


_SIGN_BEFORE = lazy_regex(r"\d[^,;()]*(?:,|\s/)\s*$")
_ALL_OF_THEM = lazy_regex(r"\b(?:and|plus|all|both|with|but)\b|[&+]")


def _listed_signs(text: str, phrase: Phrase, band: Band, draft: Draft) -> str | None:
    """Give the words of a list of findings that a comma or slash parts, of which this band is a further one, or None.

    "Shocked (lactate > 3, systolic < 85): add xyz 5 mg" does not say whether all must be so.
    """
    if not draft.conditions or not all(is_measured(each) for each in (draft.conditions[-1], band.condition)):
        return None
    begin = max(text.rfind(mark, draft.begin, phrase.begin) for mark in "(;:\n") + 1 or draft.begin
    stop = re.search(r"[);:\n]", text[phrase.end : draft.end])
    words = text[begin : phrase.end + stop.start() if stop else draft.end]
    listed = _SIGN_BEFORE.search(text[begin : phrase.begin]) and not _ALL_OF_THEM.search(uniform(words))
    return words.strip() if listed else None


def keep_place(text: str, drafts: Sequence[Draft]) -> None:
    """Say of a dose behind one to one place of the body ("intrathecal x 5 mg + y 2 mg") that its route is not known."""
    for last, draft in pairwise(drafts):
        if not last.figure or not draft.figure or draft.routes or not set(last.routes) & NEVER_UNSAID:
            continue
        gap = uniform(text[last.figure.end : draft.figure.begin])
        routes = read_routes(text[last.begin : last.figure.begin])
        if (
            routes
            and draft.drug != last.drug
            and re.fullmatch(r"\s*(?:\+|&|,|and\b|plus\b)[a-z ,-]*(?:and [a-z -]*)?", gap)
        ):
            draft.unparsed.append(text[last.begin + routes[0].begin : last.begin + routes[0].end])


def _opens(text: str, phrase: Phrase, last: Phrase | None) -> bool:
    """Tell whether a route stands right behind the mark that ends the clause before it ("8 mg q8h; IV")."""
    between = text[last.end : phrase.begin] if last else text[: phrase.begin]
    return re.fullmatch(r"\s*[;\n.]\s*(?:or\s+)?", between) is not None and not _has_more(text, phrase)


def _has_more(text: str, phrase: Phrase) -> bool:
    """Tell whether words or figures follow a route in its clause."""
    return re.match(r"\s*(?:$|[;.\n])", text[phrase.end :]) is None


def _is_remark(text: str, phrase: Phrase) -> bool:
    """Tell whether a route stands in a bracket that says more than routes ("(IV to PO 1:4)")."""
    begin, end = text.rfind("(", 0, phrase.begin), text.find(")", phrase.end)
    if begin < 0 or end < 0 or ")" in text[begin : phrase.begin]:
        return False
    rest = text[begin + 1 : end]
    for route in reversed(read_routes(rest)):
        rest = rest[: route.begin] + rest[route.end :]
    return re.search(r"\d|\bto\b|=", rest) is not None


def _has_alternative(text: str, draft: Draft, phrase: Phrase) -> bool:
    """Tell whether a band is only one of two reasons ("age > 65 or liver disease"): alone it does not decide."""
    after = re.match(r"\s*,?\s*or\s+(?!\d|[<>≤≥])([a-z-]{2,})", uniform(text[phrase.end : draft.end]))
    before = re.search(r"[a-z)]\s+or\s+(?:[a-z]+\s+){0,2}$", uniform(text[draft.begin : phrase.begin]))
    return after is not None or before is not None
