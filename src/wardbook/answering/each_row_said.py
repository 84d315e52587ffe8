"""What each of several rows says of a proposed amount, in words beside the row."""

from collections.abc import Mapping, Sequence

from wardbook.dosing.each_row import Judged
from wardbook.dosing.regimen import Regimen

SAID: Mapping[str, str] = {"within": "within", "exceeds": "exceeds it", "below": "below it"}


def said_of_each(each: Sequence[Judged], shown: Sequence[Regimen]) -> dict[int, str]:
    """Give what rows say of the amount, by the place of the row in those that are shown."""
    verdicts = [(row, verdict.result) for row, verdict in each if verdict is not None]
    found: dict[int, str] = {}
    for at, row in enumerate(shown):
        result = next((result for other, result in verdicts if other == row), None)
        if result is not None:
            found[at] = f"what is asked, by this row alone: {SAID[result]}"
    return found
