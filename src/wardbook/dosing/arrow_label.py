"""Arrows behind a band: "CrCl > 60 → 300 mg" says of whom the dose is, as a colon would, and no step to it."""

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.band import RENAL, SIZES, read_bands
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_LABELLED = lazy_regex(
    r"(?:^|(?<=[;:,(\n])|(?<=\. ))\s*(?:(?:if|for|in) )?(?P<label>(?:[a-z]+ ){0,3}(?:[<>≤≥]=?\s*)?\d+(?:\.\d+)?"
    r"(?:\s*(?:-|to)\s*\d+(?:\.\d+)?)?(?:\s*(?:ml/min\S*|kg|y|years?))?(?: or (?:less|more))?)"
    r"\s*(?P<arrow>→|⇒|[-=]>)\s*(?=\d)"
)
"""A bound or a range that opens a clause, and the arrow between it and the figure of its dose."""


def with_arrows_as_colons(words: str, by: str = "") -> str:
    """Write a colon for each arrow behind a band of the patient; `by` is the line that says what bare bounds are of.

    A bare bound is one of these where a band opens the words too. Offsets stay what they are.
    """
    plain = uniform(words)
    arrows = _LABELLED.finditer(plain) if "→" in plain or "⇒" in plain or ">" in plain else ()
    found = [each for each in arrows if not each["label"].replace(".", "").isdigit()]  # "300 → 600 mg" goes up
    if not found:
        return words
    bands = read_bands(found[0]["label"])
    known = bands and bands[0].condition.quantity in (*RENAL, *SIZES)
    if not known and not (by and not any(each.isalpha() for each in found[0]["label"])):
        return words
    for match in found:
        begin, end = match.span("arrow")
        words = f"{words[:begin]}:{' ' * (end - begin - 1)}{words[end:]}"
    return words


_HEADED = lazy_regex(
    r"(?P<label>\W*[a-z](?:[^:;.→]|\.(?=\d)){1,50}?)\s*(?P<arrow>→|[-=]>)\s*(?:(?:add|give|start|then|iv|po|plus)\s+)*"
)


def with_arrow_behind_label(words: str, drugs: Drugs) -> str:
    """Write a colon for the arrow between the situation that opens a sentence and the drug given for it.

    "Seizure → lorazepam 4 mg"; of "x 5 mg → y 2 mg" and "x → y 2 mg" the arrow is a step, and stays.
    """
    plain = uniform(words)
    headed = _HEADED.match(plain) if "→" in plain or ">" in plain else None
    if headed is None or drugs.find(words[: headed.end("label")]) or read_amounts(words[: headed.end("label")]):
        return words
    if not any(mention.begin == headed.end() for mention in drugs.find(words)):
        return words
    begin, end = headed.span("arrow")
    return f"{words[:begin]}:{' ' * (end - begin - 1)}{words[end:]}"
