"""Paragraphs whose lines are doses of their own, one drug or label a line without a blank line between."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.corpus.block import Block
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.arrow_label import with_arrows_as_colons
from wardbook.dosing.bare_band import opens_with_bound
from wardbook.dosing.cell import has_dose
from wardbook.dosing.context import Drugs
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.measured import read_measured
from wardbook.dosing.notation import uniform
from wardbook.dosing.subject import unknown_before
from wardbook.lazy_regex import lazy_regex

_MARKS = lazy_regex(r"[*_`~\[\]<>\\]|\]\([^()]*\)")
_EMPHASIS = lazy_regex(r"[*_`~]")
# After these words a line goes on in the next one, whatever that begins with.
_GOES_ON = lazy_regex(
    r"(?:[,(/+&:=<>-]|(?<![a-z])(?:and|or|with|of|to|then|plus|by|for|from|than|in|on|after|before|the|a|an|is|are|as|at|"
    r"give|add|start|start with|use|consider|receive|received|switch to|over|max|q|every|if|when|no|not))\s*$"
)
_FIRST_WORDS = lazy_regex(r"\W*([\w.%-]+(?:\W+[\w.%-]+){0,2})")


def lines_apart(block: Block, drugs: Drugs) -> Iterator[Block]:
    """Give a paragraph's lines as blocks where each new line opens with a drug and the one before is complete.

    So are lines that are laid out as rows, each with a label, and those with a label and a dose below each other.

    A dose that is broken over two lines stays whole; words and lines are those of the page.
    """
    lines = block.source.split("\n")
    if block.kind != "paragraph" or len(lines) < 2 or len(lines) != block.lines[1] - block.lines[0] + 1:
        yield block
        return
    laid_out = all(map(_LAID_OUT.fullmatch, lines))
    rows = _labelled(lines)
    listed = sum(_names_at_once(line, drugs) for line in lines) > 1
    named = sum(bool(drugs.find(lines[at])) for at in rows)
    labelled = rows if 0 in rows and named in (0, len(rows)) else frozenset[int]()
    breaks: list[int] = []
    cuts = [(0, 0)]
    at = 0
    for number, line in enumerate(lines):
        begin = _find(block.text, line, at)
        if begin is None:
            yield block
            return
        if number and (laid_out or number in labelled or _opens(line, lines[number - 1], drugs, listed=listed)):
            cuts.append((number, begin))
        elif number and number in rows:
            breaks.append(begin)
        at = begin + 1
    for begin in breaks:  # each row is a sentence of its own
        block = replace(block, text=f"{block.text[: begin - 1]}\n{block.text[begin:]}")
    ends = [*(begin for _, begin in cuts[1:]), len(block.text)]
    last = [*(number for number, _ in cuts[1:]), len(lines)]
    opening = _opening(lines[0])
    for (number, begin), end, after in zip(cuts, ends, last, strict=True):
        first = block.lines[0]
        lead = (*block.lead, opening) if opening and number else block.lead
        text = block.text[begin:end].strip()
        source = "\n".join(lines[number:after])
        yield replace(block, text=text, lines=(first + number, first + after - 1), lead=lead, source=source)


_BEFORE = lazy_regex(r"(?:\[[ xX✓]?\]\s+)?[^\w\s.,;:]*(?:[<>≤≥]=?\s*)?\Z")
"""Signs before the first word of a line that belong to it: a box, a bracket, a comparator ("> 20: hold")."""


def _find(text: str, line: str, at: int) -> int | None:
    """Find where the plain words of a line begin in the plain words of its block."""
    match = _FIRST_WORDS.match(_MARKS.sub(" ", line))
    if match is None:
        return None
    words = r"[\W_]+".join(re.escape(word) for word in re.findall(r"[\w.%-]+", match.group(1)))
    found = re.compile(rf"(?<!\w){words}").search(text, at)
    if found is None:
        return None
    opens = _BEFORE.search(text, at, found.start())
    return opens.start() if opens else found.start()


_LAID_OUT = lazy_regex(r"\s*[^\s.:][^\n]{0,60}?(?:\s*\.{3,}:?\s*|\s{2,}|\s+:\s+|\.:\s+)\S[^\n]*")
"""A line of a label, dots or a gap, and what is said of it ("grade 3 ....... 100 mg q6h"): each is of its own."""
# A label that opens a line ("Prophylaxis: ...", "Step 2 (25 min): ..."); no time and no ratio.
_LABEL = lazy_regex(r"\W*\w[^.;:\n]{1,60}:(?!\d)")


def _names_unknown(plain: str, begin: int) -> bool:
    """Tell whether what follows a label may be another drug's name with its dose ("Step 3: xyzal 4 mg/kg")."""
    amounts = read_amounts(plain)
    return bool(amounts) and unknown_before(plain, begin, amounts[0].begin) is not None


def _opening(line: str) -> str | None:
    """Give the words of a first line that is all label ("Status epilepticus:"): it governs the lines behind it."""
    words = _MARKS.sub("", line).strip()
    return words.rstrip(": ") if _LABEL.fullmatch(words) else None


def _names_at_once(line: str, drugs: Drugs) -> bool:
    """Tell whether a line begins with a drug."""
    plain = _MARKS.sub("", line).strip()
    mentions = drugs.find(plain)
    return bool(mentions) and not re.search(r"\w", plain[: mentions[0].begin])


def _opens(line: str, before: str, drugs: Drugs, *, listed: bool) -> bool:
    """Tell whether a line begins anew: with a drug at once or a label before one, behind a line that does not go on.

    It begins with a capital, unless a label follows a full stop; or it is of the next band. Where lines are `listed`,
    each with its drug, one on something else ("Bathing q6h") begins anew too.
    """
    if _is_next_band(line, before) or (listed and _is_on_other(line)):
        return _GOES_ON.search(uniform(_MARKS.sub("", before)).rstrip()) is None or _is_next_band(line, before)
    plain = _MARKS.sub("", line).strip()
    mentions = drugs.find(plain)
    at_once = _names_at_once(line, drugs)
    label = _LABEL.match(plain)
    labelled = label is not None and (bool(mentions) or _names_unknown(plain, label.end()))
    stopped = _MARKS.sub("", before).rstrip().endswith(".")
    if not (at_once or labelled) or not (plain[:1].isupper() or (labelled and stopped)):
        return False
    return _GOES_ON.search(uniform(_MARKS.sub("", before)).rstrip()) is None


def _is_on_other(line: str) -> bool:
    """Tell whether a line that gives no dose tells how often something is done, which is no word of dosing."""
    plain = _MARKS.sub("", line).strip()
    opens = _THING.match(plain)
    rhythm = read_frequencies(plain)[:1]
    return bool(opens and rhythm and rhythm[0].begin >= opens.end()) and not has_dose(plain)


_THING = lazy_regex(
    r"(?!(?:Max(?:imum)?|Min(?:imum)?|Repeat(?:ed)?|Give[ns]?|Then|Over|Start(?:s|ing)?|Stop(?:s|ped)?|Taper\w*|Dilute\w*|"
    r"Continue\w*|Infus\w+|Round\w*|Hold|Reduc\w+|Increas\w+|Halve|Double|Days?|Dose[sd]?|Dosing|Total|Load\w*|"
    r"Maintenance|Initial(?:ly)?|First|Second|Third|Next|Until|Unless|Oral(?:ly)?|Intra\w+|Sub\w+|Once|Twice|Daily|"
    r"Weekly|Every|Each|Same|With(?:out)?|After|Before|From|Given|Usual(?:ly)?|Adults?|Child(?:ren)?|May|Can|Should|Must|"
    r"Treat\w*|Course|Frequency|Interval|Route|Alternat\w+|Followed|Titrat\w+|Not?|Never|Only|Also)\b)"
    r"[A-Z][a-z]{3,}\b"
)
"""The word that opens a line and is none that goes on with a dose."""


def _labelled(lines: Sequence[str]) -> frozenset[int]:
    """Give the lines of a label and a dose each ("Grade 2: 10 mg", and below it "Grade 3 - 20 mg"), if all are."""
    plain = [_EMPHASIS.sub("", line).strip() for line in lines]
    found = {
        at
        for at, line in enumerate(plain)
        if (label := _ROW_LABEL.match(line))
        and not has_dose(label[0])
        and has_dose(line[label.end() :])
        and (at == 0 or not _GOES_ON.search(uniform(plain[at - 1]).rstrip(": ")))
    }
    return frozenset(found) if len(found) == sum(map(has_dose, plain)) > 1 else frozenset()


_ROW_LABEL = lazy_regex(
    r"(?=[A-Z\d])(?:[^:;.\n]|\.(?=\d)){1,60}?(?::|\s[-–—=]|\s?(?:[→►▶⇒➔➜»]|->))\s+(?=\S)|"
    r"(?:grade|gr|g|step|day|d|week|wk|cycle|stage|level)\.? ?\d+(?:\s?[-–]\s?\d+)?\s+(?=\S)",
    re.IGNORECASE,
)
"""What opens a row: words up to a colon, a dash or an arrow, or a grade, step or day by its number."""


def _is_next_band(line: str, before: str) -> bool:
    """Tell whether a line is the dose of the next band of a patient, behind that of another or what leads them in."""
    line, before = (_EMPHASIS.sub("", words).strip() for words in (line, before))
    if not (read_amounts(line) and _is_banded(line)):
        return False
    return before.endswith(":") or _is_banded(before)


def _is_banded(line: str) -> bool:
    """Tell whether a line opens with a band of the patient or of a measured value ("K 2.5-3: 40 mmol")."""
    label = line.partition(":")[0] if ":" in line else ""
    whole = [(each.begin, each.end) for each in read_measured(label)] == [(0, len(label))]
    return whole or opens_with_bound(with_arrows_as_colons(line, "bands"))
