"""Paragraphs that open with a bold label behind a wholly bold line: whether they stand beside that line, or under it.

"**Tablet**", a table, "**Suspension** (with food)", a list: the list is of the suspension. Under "**Asthma**", a
"**Dose:** 5 mg" is of asthma.
"""

from collections.abc import Sequence

from wardbook.corpus.block import Block
from wardbook.dosing.cell import has_dose
from wardbook.lazy_regex import lazy_regex

_LABEL = lazy_regex(r"\s*(?:\*\*|__)(?P<label>[^*_\n]{2,60}?):?(?:\*\*|__):?(?P<rest>[^\n]*)")
_REMARK = lazy_regex(r"\s*[(\[–—,-]")
"""Begins what is only remarked on a label; a sentence that goes on from it ("**X** is stopped first.") is no label."""
_CONTENT = frozenset({"item", "table"})


def bold_labels(blocks: Sequence[Block]) -> dict[int, str]:
    """Give, by its index, the label of each block that stands beside the wholly bold line over it.

    So does one that leads in a list or table as that line does, with a list or table of that line before it; so do all
    where such labels stand before that line as well; and so does what follows them up to the next wholly bold line.
    """
    found: dict[int, str] = {}
    label: str | None = None
    heading: tuple[str, ...] = ()
    listed = False
    for at, block in enumerate(blocks):
        own = block.lead[:1]
        if own != heading:
            heading, label, listed = own, None, False
        opens = _LABEL.match(block.source) if own and block.kind == "paragraph" and len(block.lead) == 1 else None
        if opens and opens["rest"].strip() and (label or _is_beside(blocks, at, listed)):
            label = block.text.strip(" :") if _leads(blocks, at) else opens["label"].strip(" :")
        if label is not None:
            found[at] = label
        listed = listed or (bool(own) and block.kind in _CONTENT)
    return found


def _leads(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a block without a dose stands right over a list or table."""
    return not has_dose(blocks[at].text) and at + 1 < len(blocks) and blocks[at + 1].kind in _CONTENT


def _is_beside(blocks: Sequence[Block], at: int, listed: bool) -> bool:
    """Tell whether a label is the first behind a wholly bold line that stands beside it."""
    opens = _LABEL.match(blocks[at].source)
    if listed and opens and _REMARK.match(opens["rest"]) and _leads(blocks, at):
        return True
    before = [each for each in blocks[:at] if not each.lead and each.kind == "paragraph"]
    return sum(1 for each in before if (label := _LABEL.match(each.source)) and label["rest"].strip()) > 1
