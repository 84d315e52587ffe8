"""Which rows may prevent what is asked to be prevented: the dose for a disease is none to keep it away."""

from collections.abc import Sequence

from wardbook.dosing.asked_words import DoseQuery, content, positive, words_of
from wardbook.dosing.context import setting_of
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import fits_setting
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import SPECIAL, stated_groups
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.telling import names_thing, tells_nothing
from wardbook.dosing.why_not import is_not_to_prevent


def _is_labelled_by_thing(row: Regimen) -> bool:
    """Tell whether a row is labelled by a disease or organism: without a word on prevention its dose treats that."""
    own = (row.indication or "").removeprefix(row.title)
    return any(names_thing(word) and not tells_nothing(word) for word in words_of(positive(own)))


def preventing(left: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Where prevention is asked and rows are for that, keep these, and those for bad kidneys and the like.

    A dose for the disease itself names it, and the one to prevent it may not: it shall not turn that one away.
    """
    known = [row for row in left if not is_not_to_prevent(query, [row])] if query.setting == "prophylaxis" else []
    if not any(row.amount for row in known):
        return list(left)
    others = set(SPECIAL) - {"children"}
    return [row for row in left if row in known or stated_groups(row) & others]


def not_told_apart(
    silent: Sequence[Regimen], said: Sequence[Regimen], query: DoseQuery, regimens: Sequence[Regimen]
) -> list[Regimen]:
    """Give the rows that leave the setting open where no row beside them says it: one that does not is for another.

    Where a dose is said to prevent, none that does not say so prevents, whatever it knows of weight or age; for bad
    kidneys and the like it may.
    """
    if query.setting == "prophylaxis" and any(row.amount for row in said):
        silent = [row for row in silent if stated_groups(row) & set(SPECIAL) - {"children"}]
    telling = {(row.page, row.section) for row in said}
    if query.setting == "prophylaxis" and not said:
        telling = {(row.page, row.section) for row in regimens if fits_setting(row, query) is Fit.SAYS}
        silent = [row for row in silent if not (is_not_to_prevent(query, [row]) and _is_labelled_by_thing(row))]
    return [row for row in silent if (row.page, row.section) not in telling or _is_of_these(row, said, query, regimens)]


def _is_titled_alone(row: Regimen) -> bool:
    """Tell whether only the title of a row's page tells its setting ("GVHD treatment": what is beside is none)."""
    own = setting_of(" ; ".join((row.indication or "", row.section, row.severity or "", row.verbatim, *row.notes)))
    return own is None and row.setting is not None


def only_titled(said: Sequence[Regimen], query: DoseQuery) -> bool:
    """Tell whether treatment of nothing named is asked, and the rows that are for it are so by their titles alone."""
    return query.setting == "treatment" and not content(query) and all(map(_is_titled_alone, said))


def _is_of_these(row: Regimen, said: Sequence[Regimen], query: DoseQuery, regimens: Sequence[Regimen]) -> bool:
    """Tell whether a dose for the very patient, which says no setting, is reckoned as those of the setting asked alone.

    Below "Treatment: 1 mg/kg q12h" and beside "Prophylaxis: 40 mg", "CrCl < 30: 1 mg/kg daily" is of the treatment.
    """
    if not row.amount or not row.bands or not all(holds(band, query.patient) for band in row.bands):
        return False
    if any(each.bands and all(holds(band, query.patient) for band in each.bands) for each in said):
        return False
    place = (row.page, row.section, row.drug)
    beside = [each for each in regimens if (each.page, each.section, each.drug) == place and each.setting]
    own = {each.per for each in said if (each.page, each.section, each.drug) == place}
    others = {each.per for each in beside if each not in said}
    return row.per is not None and row.per in own - others
