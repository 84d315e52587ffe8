"""Which regimens of a drug are left when what is for something else is dropped, one thing asked after the other."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from wardbook.dosing.adults_beside import adults_beside, is_of_children
from wardbook.dosing.against import denies, rivals
from wardbook.dosing.asked_words import (
    DoseQuery,
    TermMatcher,
    content,
    context_words,
    denied,
    holds_word,
    indication_words,
    positive,
    situation_words,
    words_of,
)
from wardbook.dosing.cell_product import fits_product
from wardbook.dosing.established import not_preventing, treating
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import (
    asked_groups,
    fits_band,
    fits_part,
    fits_population,
    fits_route,
    fits_setting,
    fits_severity,
    for_others,
    own_severity,
)
from wardbook.dosing.for_what import fits_indication, held_words, speaks_for, states_no_indication
from wardbook.dosing.general_beside import general_beside
from wardbook.dosing.graded import by_grade
from wardbook.dosing.interaction import is_dose_beside
from wardbook.dosing.lasting import is_at_other_minutes
from wardbook.dosing.not_given import excludes, fits_kidney, tells_kidney
from wardbook.dosing.notation import uniform
from wardbook.dosing.numbered import numbered
from wardbook.dosing.old_age import by_old_age
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_disease import diseases_of_row, fits_disease
from wardbook.dosing.patient_group import SPECIAL, own_groups, stated_groups
from wardbook.dosing.preventing import not_told_apart, only_titled, preventing
from wardbook.dosing.quantity import is_measured
from wardbook.dosing.refusal import refuses
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.risk import lacks_level, of_level
from wardbook.dosing.telling import names_thing, tells_nothing
from wardbook.dosing.unopposed import unopposed
from wardbook.dosing.why_not import excluded_words, reason
from wardbook.dosing.wording import describe as describe
from wardbook.lazy_regex import lazy_regex

_Compare = Callable[[Regimen, DoseQuery], Fit]


def _fits_part(row: Regimen, query: DoseQuery, regimens: Sequence[Regimen]) -> Fit:
    """Compare the part of a schedule, and the minutes of a rate that goes up with time."""
    labels = query.said(row).split(" ; ")
    return (
        Fit.AGAINST
        if any(is_at_other_minutes(each, query.part) for each in labels)
        else fits_part(row, query, regimens)
    )


def narrow(regimens: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> tuple[list[Regimen], str | None]:
    """Drop what is for something else, one thing asked after the other; say at which nothing was left.

    Where some regimens say a thing that is asked, those that leave it open are dropped, save where they alone know a
    band or group of patients: the row for a grade may not know that light children get more per kg.
    """
    left, lacking = _begin(regimens, query, same)
    if not left:
        return [], lacking
    steps: tuple[tuple[str, _Compare], ...] = (
        ("exclusion", lambda row, asked: Fit.AGAINST if excludes(row, asked, same) else Fit.SAYS),
        ("indication", lambda regimen, asked: fits_indication(regimen, asked, same)),
        ("disease", fits_disease),
        ("product", lambda row, asked: Fit.AGAINST if fits_product(row, asked) is Fit.AGAINST else Fit.SAYS),
        ("part", lambda row, asked: _fits_part(row, asked, regimens)),
        ("setting", fits_setting),
        ("severity", fits_severity),
        ("route", lambda row, asked: Fit.SAYS if fits_route(row, asked, regimens) else Fit.AGAINST),
        ("kidney", lambda row, asked: fits_kidney(row, asked, left)),
        ("old age", lambda row, asked: Fit.SAYS if row in by_old_age(left, asked) else Fit.AGAINST),
        ("population", fits_population),
        ("band", fits_band),
        ("route", lambda row, asked: fits_route(row, asked, regimens)),
    )
    for name, compare in steps:
        judged = [(regimen, compare(regimen, query)) for regimen in left]
        said = [regimen for regimen, fit in judged if fit is Fit.SAYS]
        silent = [regimen for regimen, fit in judged if fit is Fit.OPEN]
        if name == "setting":
            silent = not_told_apart(silent, said, query, regimens)
        if name == "part" and len(silent) < len(judged) and (said or numbered(query.part)):
            silent = []  # where rows are numbered, one that is not is for none of the numbers
        if name == "indication":
            said, silent = _for_this(judged, query, same)
        said = _of_children_alone(said, query) if name == "population" else said
        silent = _beside_measured(judged, silent) if name == "band" and not said else silent
        said, silent = by_grade(judged, said, silent, query) if name == "severity" else (said, silent)
        said = _of_own_group(said, query) if name == "population" else said
        if name == "band" and all(for_others(row, query) for row in said):
            said, silent = [], [*said, *silent]  # a child's band does not turn away the rows of adults
        wider = name in ("kidney", "population", "band")
        beside = _told_otherwise(silent, said, query) if name == "band" else _narrower(silent, said, query)
        rest = [*said, *([] if wider and name != "band" else beside)] if said else silent
        rest = [*said, *silent] if name == "setting" and only_titled(said, query) else rest
        rest = [*rest, *general_beside(left, said, query)] if name == "population" else rest
        rest = [*rest, *_of_other_grades(silent, said)] if name == "population" and said else rest
        rest = _dosed_by_route(rest, left) if name == "route" else rest
        if not rest and name == "indication":
            rest = [regimen for regimen in left if speaks_for(regimen, query, same)] or _of_drug_beside(left, query)
            rest = rest or treating(left, query) or unopposed(left, query, same)
        if not rest:
            return [], _why(name, query, left, regimens, same)
        if name == "kidney":
            query = replace(query, renal_told=tells_kidney(query, left))
        left = _best_covered(rest, query, same) if name == "indication" else rest
    return left, None


def _begin(regimens: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> tuple[list[Regimen], str | None]:
    """Drop what is of another code or level of risk, does not prevent what shall be, or prevents what is there; or say
    what is lacking.
    """
    left = of_code(regimens, query)
    if not left:
        return [], f"no regimen of {query.drug} could be read from the pages"
    left = not_preventing(left, query, same)
    if not left:
        return [], f"no regimen of {query.drug} is given for treatment, only for prophylaxis"
    if lacking := lacks_level(left, query):
        return [], lacking
    return preventing(of_level(left, query), query), None


def _why(name: str, query: DoseQuery, left: Sequence[Regimen], regimens: Sequence[Regimen], same: TermMatcher) -> str:
    """Say at which thing asked nothing was left; a dose for the disease that does not prevent it lacks the setting."""
    if name == "exclusion":
        return excluded_words(left, query, same)
    if name == "indication" and query.setting == "prophylaxis":
        gone = [row for row in regimens if row not in left and fits_indication(row, query, same) is Fit.SAYS]
        return reason("setting" if gone else name, query, gone or left, regimens)
    return reason(name, query, left, regimens)


def _of_other_grades(silent: Sequence[Regimen], said: Sequence[Regimen]) -> list[Regimen]:
    """Give the rows of further grades that name no patients: one grade's "10 mg (adult)" does not turn them away."""
    grades = {row.severity for row in said}
    return [row for row in silent if row.severity and row.severity not in grades and None not in grades]


def _dosed_by_route(rest: list[Regimen], left: Sequence[Regimen]) -> list[Regimen]:
    """Leave none where the route asked leaves no dose but only rows that refuse one for some.

    That one grade gets none is no answer for a route by which no other does either.
    """
    return rest if any(row.amount for row in rest) or not any(row.amount for row in left) else []


def _of_own_group(said: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Drop rows that only a heading makes one for the group asked, where others below it say so themselves.

    Below "Usual dose and renal impairment" the row for renal impairment is the one that is asked for.
    """
    asked = asked_groups(query) & set(SPECIAL)
    own = [row for row in said if stated_groups(row) & asked]
    places = {(row.page, row.section) for row in own}
    return [row for row in said if row in own or (row.page, row.section) not in places or not own_groups(row) & asked]


def _for_this(
    judged: Sequence[tuple[Regimen, Fit]], query: DoseQuery, same: TermMatcher
) -> tuple[list[Regimen], list[Regimen]]:
    """Give the rows that are for what is asked, and those that leave it open."""
    said = [row for row, fit in judged if fit is Fit.SAYS]
    silent = [row for row, fit in judged if fit is Fit.OPEN]
    if not said and not silent:
        said = _fullest([row for row, fit in judged if fit is Fit.PARTLY], query, same)
    elif said:
        said = [row for row, fit in judged if fit is Fit.SAYS or _shares_lines(row, said, query)]
        saying = {id(row) for row in said}
        silent = [row for row, _ in judged if id(row) not in saying and states_no_indication(row, same)]
        saying |= {id(row) for row in _by_route_asked(judged, said, query, same)}
        saying |= {id(row) for row in adults_beside([row for row, _ in judged], said, query)}
        said = [row for row, _ in judged if id(row) in saying]
    else:
        silent = _with_labelled(silent, [row for row, _ in judged], query, same)
    return _of_drugs_named(said, [row for row, _ in judged], query, same), silent


def _by_route_asked(
    judged: Sequence[tuple[Regimen, Fit]], said: Sequence[Regimen], query: DoseQuery, same: TermMatcher
) -> list[Regimen]:
    """Give the sentences with a dose by the route asked that say themselves what for, where no row that does has it."""
    if query.route is None or any(query.route in row.route or not row.route for row in said):
        return []
    return [row for row, _ in judged if query.route in row.route and speaks_for(row, query, same)]


def _with_labelled(
    silent: Sequence[Regimen], left: Sequence[Regimen], query: DoseQuery, same: TermMatcher
) -> list[Regimen]:
    """Where a page is for what is asked, keep beside a row headed by one thing those that are labelled by others.

    On a page "Palliative care" the section "Hiccups" is no more for palliative care than the row "Nausea" is.
    """
    pages = {row.page for row in silent if any(map(names_thing, words_of(row.indication or "")))}
    kept = {id(row) for row in silent}
    asked = same.keys(query.for_text)
    return [
        row
        for row in left
        if id(row) in kept
        or (row.page in pages and row.indication and not same.keys(row.indication) - asked and not rivals(row, query))
    ]


def _fullest(partly: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> list[Regimen]:
    """Of rows that say a part of what is asked, give those that say most of it."""
    held = [len(held_words(row, query, same)) for row in partly]
    return [row for row, count in zip(partly, held, strict=True) if count == max(held)]


def _of_drugs_named(
    said: Sequence[Regimen], left: Sequence[Regimen], query: DoseQuery, same: TermMatcher
) -> list[Regimen]:
    """Drop rows that name none of the other drugs of a question where further rows of their page do.

    What reverses one drug is not given alike for another: a table of them tells its rows apart by these. Rows of
    another section whose heading names what is asked stand.
    """
    names = [words_of(name) for pair in query.other_drugs for name in pair]
    words = frozenset[str]().union(*names)

    def names_one(row: Regimen) -> bool:
        said = f"{situation_words(row)} ; {query.said(row)}"
        return any(name and all(holds_word(word, said, query) for word in name) for name in names)

    naming = [row for row in left if names_one(row)]
    kept, pages = {id(row) for row in naming}, {row.page for row in naming}
    sections = {(row.page, row.section) for row in naming}
    asked = same.keys(query.for_text) - frozenset[str]().union(*map(same.keys, words))

    def is_headed(row: Regimen) -> bool:
        heading = row.section.rpartition(" > ")[2]
        named = any(names_thing(word) and holds_word(word, heading, query) for word in content(query) - words)
        return (row.page, row.section) not in sections and bool(named or asked & same.keys(heading))

    return [row for row in said if id(row) in kept or row.page not in pages or is_headed(row)]


def _of_drug_beside(left: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Give the rows that another drug of the question alone names, whatever else the question says.

    A table of what reverses each drug, or is given with it, goes by that drug; the rest is told not to be compared. So
    does the page of that drug where nothing else is asked, or what prevents something.
    """
    alone = content(query) <= frozenset[str]().union(*(words_of(name) for pair in query.other_drugs for name in pair))
    by_page = alone or query.setting in _BESIDE
    names = {uniform(name) for pair in query.other_drugs for name in pair}
    return [
        row
        for row in left
        if row.amount
        and (
            any(uniform(part).strip(" .*") in names for part in query.said(row).split(" ; "))
            or is_dose_beside(row, names, left)
            or (by_page and row.setting in (None, query.setting) and _is_on_page_of(row, names))
            or (query.setting in _BESIDE and row.setting == query.setting and _is_on_page_with(row, names, query))
        )
        and not denies(row, query)
        and not rivals(row, query)
    ]


_BESIDE = ("prophylaxis", "premedication")


def _is_on_page_with(row: Regimen, names: Collection[str], query: DoseQuery) -> bool:
    """Tell whether the page of a row speaks of another drug, and the row stands under a heading for its own use."""
    own = row.section.rpartition(" > ")[2]
    around = uniform(query.around(row))
    return bool(own) and any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", around) for name in names)


def _is_on_page_of(row: Regimen, names: Collection[str]) -> bool:
    """Tell whether a row stands on the page of another drug than its own."""
    title = uniform(row.title)
    return row.drug not in title and any(title == name or title.startswith(f"{name} ") for name in names)


def _beside_measured(judged: Sequence[tuple[Regimen, Fit]], silent: list[Regimen]) -> list[Regimen]:
    """Where rows by a measured value are turned away by it, leave out rows of other pages that do not know it."""
    turned = {row.page for row, fit in judged if fit is Fit.AGAINST and any(map(is_measured, row.bands))}
    return [row for row in silent if not turned or row.page in turned]


def _shares_lines(row: Regimen, said: Sequence[Regimen], query: DoseQuery) -> bool:
    """Tell whether a dose without words for what it is for stands in one sentence with a dose that has them.

    "AF: 20 mg daily; CrCl 15-50: 15 mg daily": the second is for it too, where a band tells it from the first.
    """
    banded = row.condition is not None and row.from_text
    stated = row.indication and row.indication not in (row.section.rpartition(" > ")[2], row.page.rpartition("/")[2])
    beside = any((row.page, row.lines) == (each.page, each.lines) and not each.condition for each in said)
    return banded and not stated and beside and not denies(row, query) and not rivals(row, query)


def _narrower(silent: Sequence[Regimen], said: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Keep rows that do not say, where they alone know a band or the group of patients that is asked."""
    banded = any(regimen.condition for regimen in said)
    special = asked_groups(query) & set(SPECIAL)
    grouped = any(own_groups(regimen) & special and "adults" not in own_groups(regimen) for regimen in said)
    return [row for row in silent if (row.condition and not banded) or (own_groups(row) & special and not grouped)]


def _of_children_alone(said: list[Regimen], query: DoseQuery) -> list[Regimen]:
    """Where a child is asked about and rows are for children only, leave out the doses that are for adults as well.

    One with a band of its own is for the children in it.
    """
    if asked_groups(query) != {"children"}:
        return said
    aged = [row for row in said if any(each.quantity == "age" and holds(each, query.patient) for each in row.bands)]
    if any(row.amount for row in aged):  # by the age of the child: the rows of the page that know no age are of others
        known = {row.page for row in aged if row.amount}
        said = [row for row in said if row in aged or row.page not in known or refuses(row) or is_of_children(row)]
    own = [row for row in said if row.amount and is_of_children(row)]
    if not own:
        return said
    pages = {row.page for row in own}
    return [
        row for row in said if refuses(row) or row.bands or "adults" not in own_groups(row) or row.page not in pages
    ]


def _told_otherwise(silent: Sequence[Regimen], said: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Keep rows without a band where their label, or that they are for children, tells more than the bands do.

    A band of weight that says nothing of children does not turn away the row for the child that is asked.
    """
    kept = {id(row) for row in _labelled_alone(silent, said, query)}
    kept |= {id(row) for row in silent if refuses(row) and any(own_severity(row))}  # of the grade asked
    young = "children" in asked_groups(query) and not any(map(is_of_children, said))
    return [
        row
        for row in silent
        if id(row) in kept
        or (row.amount and ((young and is_of_children(row)) or _is_of_other_programme(row, said, query)))
    ]


def _is_of_other_programme(row: Regimen, said: Sequence[Regimen], query: DoseQuery) -> bool:
    """Tell whether a row is for patients of a disease that none of those with a band are for, and the reverse."""
    own = diseases_of_row(row, query).programmes
    others = [diseases_of_row(each, query).programmes for each in said]
    return bool(own) and all(each and not each & own for each in others)


def _labelled_alone(silent: Sequence[Regimen], said: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Keep rows without a band whose label holds a word asked that no banded row holds.

    The band of the dose for one product does not turn away the row of the product that is asked about.
    """

    def held(row: Regimen) -> set[str]:
        words = f"{row.indication or ''} ; {query.said(row)}"
        return {word for word in content(query) if not tells_nothing(word) and holds_word(word, positive(words), query)}

    taken = set[str]().union(*map(held, said))
    return [row for row in silent if row.amount and held(row) - taken]


def _best_covered(regimens: list[Regimen], query: DoseQuery, same: TermMatcher) -> list[Regimen]:
    """Where the question names several known things, keep the regimens that name most of them."""
    asked = same.keys(query.for_text) - same.keys(query.drug)
    covered = [len(asked & same.keys(context_words(regimen))) for regimen in regimens]
    most, said = max(covered), words_of(query.for_text)

    def by_word(row: Regimen) -> int:
        own = indication_words(row)  # "HLH" is named by "HLH/MAS in general" as well
        return len(asked & same.keys(own).union(*map(same.keys, said & words_of(own))))

    return [
        row
        for row, count in zip(regimens, covered, strict=True)
        if count == most or (row.indication is None and row.condition) or (row.amount and by_word(row) >= most)
    ]


_CODE = lazy_regex(r"(?<![\w-])(?=[A-Za-z-]*\d|[A-Z-]+\b)(?=\S*\d)[A-Z]{2,}[A-Z\d]*(?:-[A-Z\d]+)+(?![\w-])")


def of_code(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Keep the rows that name a product or protocol by the code that the question does ("XY-19A"), where some do."""
    codes = {code.lower() for code in _CODE.findall(query.words)} - set(denied(query.words).split())
    named = [
        row
        for row in regimens
        if any(re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", _said(row, query)) for code in codes)
    ]
    return named or list(regimens)


def _said(row: Regimen, query: DoseQuery) -> str:
    return uniform(f"{context_words(row)} ; {query.said(row)}")
