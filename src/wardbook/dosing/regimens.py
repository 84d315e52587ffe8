"""All regimens of the pages, with what lookups ask of them again and again put in order once."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from wardbook.corpus.lines import Lines
from wardbook.dosing.regimen import Regimen

Place = tuple[str, Lines]
"""A page, and lines of it."""


class Regimens(tuple[Regimen, ...]):
    """Regimens in page order, from top to bottom; thousands of them where pages are many."""

    @cached_property
    def by_drug(self) -> Mapping[str, Sequence[Regimen]]:
        """Those of each drug."""
        found: dict[str, list[Regimen]] = {}
        for each in self:
            found.setdefault(each.drug, []).append(each)
        return found

    @cached_property
    def by_place(self) -> Mapping[Place, Sequence[Regimen]]:
        """Those that stand in the same lines."""
        found: dict[Place, list[Regimen]] = {}
        for each in self:
            found.setdefault((each.page, each.lines), []).append(each)
        return found

    @cached_property
    def dosed_lines(self) -> frozenset[tuple[str, int]]:
        """(page, line) of the rows and sentences that give a dose to be given, those of studies left out."""
        return frozenset(
            (each.page, line)
            for each in self
            if each.amount and not each.evidence
            for line in range(each.lines[0], each.lines[1] + 1)
        )


def gathered(regimens: Iterable[Regimen]) -> Regimens:
    """Give regimens in order; what is in order stays as it is."""
    return regimens if isinstance(regimens, Regimens) else Regimens(regimens)


def of_drug(regimens: Iterable[Regimen], drug: str) -> Sequence[Regimen]:
    """Give the regimens of one drug."""
    if isinstance(regimens, Regimens):
        return regimens.by_drug.get(drug, ())
    return [each for each in regimens if each.drug == drug]
