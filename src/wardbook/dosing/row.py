"""A row of a dosing table: what its cells without a dose say of the doses beside them."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.corpus.table import Cell, Row
from wardbook.dosing.beside import listed, put_beside
from wardbook.dosing.column import Column, is_blank, is_of_companions, is_of_patients
from wardbook.dosing.context import (
    Context,
    Drugs,
    indication_of,
    is_class,
    joined,
    population_of,
    qualifies,
    setting_of,
    severity_of,
)
from wardbook.dosing.form import FORM
from wardbook.dosing.in_order import begin_of_name
from wardbook.dosing.label import put_drug_remark, put_label, put_refusals, put_remark
from wardbook.dosing.led_drug import led_drug
from wardbook.dosing.measured import names_hour, sample_hour
from wardbook.dosing.notation import uniform
from wardbook.dosing.place import RowPlace
from wardbook.dosing.route import read_routes
from wardbook.lazy_regex import lazy_regex

DOSES = ("dose", "drug dose", "banded", "text", "other")
"""Roles of columns whose cells may give doses."""
Pairs = Sequence[tuple[Column, Cell]]


def read_row(row: Row, group: str | None, pairs: Pairs, context: Context, drugs: Drugs, place: RowPlace) -> RowPlace:
    """Collect what the other cells of a row say of its doses."""
    base = replace(
        place, lines=row.lines, drug=context.drug, indication=context.indication, setting=context.setting,
        population=context.population, severity=context.severity, notes=list(context.notes),
        evidence=context.evidence or context.studies,
        schedule=[], siblings=[], excluded=[], conditions=[], unparsed=[], routes=context.routes,
    )  # fmt: skip
    if group:
        _take_group(base, group, drugs)
    if any(column.role == "drug" for column, _ in pairs):
        base.drug = None
    elif context.gives_dose and whole_drug(pairs[0][1].text, drugs) not in (None, context.drug):
        base.notes.append(f"{pairs[0][0].words.strip()}: {pairs[0][1].text.strip()}".removeprefix(": "))
    elif len(pairs) > 1 and is_of_patients(pairs[0][0].words):
        base.drug = _going_on(pairs) or base.drug
    elif len(pairs) > 1 and not is_of_companions(pairs[0][0].words):
        base.drugs = listed(pairs[0][1].text, drugs)
        own = own_drug(pairs[0][1].text, drugs)
        base.drug = own or _going_on(pairs) or (None if _names_another(pairs, base, drugs) else base.drug)
        base.routes = (tuple(each.code for each in read_routes(pairs[0][1].text)) if own else ()) or base.routes
    for column, cell in pairs:
        if column.role == "drug" and not is_blank(cell.text):
            _put_drug(base, column, cell.text, pairs, drugs)
    _put_others(base, pairs, drugs)
    for column, cell in pairs:
        if column.role == "drug" and not led_drug(cell.text, drugs):
            put_drug_remark(base, cell.text[begin_of_name(cell.text) :], drugs)
    said = [(column, cell.text) for column, cell in pairs if column.role in DOSES]
    put_refusals(base, said, drugs)
    return base


def _names_another(pairs: Pairs, base: RowPlace, drugs: Drugs) -> bool:
    """Tell whether the label of a row opens with another drug than the one whose doses would stand beside it."""
    (column, cell), *_ = pairs
    named = () if column.role in DOSES else drugs.find(cell.text)
    return bool(named) and named[0].begin <= begin_of_name(cell.text) + 2 and named[0].drug != base.drug


def _named_in_doses(pairs: Pairs, drugs: Drugs) -> bool:
    """Tell whether the doses of a row name their drug themselves."""
    return any(column.role in DOSES and drugs.find(cell.text) for column, cell in pairs)


def _put_drug(base: RowPlace, column: Column, text: str, pairs: Pairs, drugs: Drugs) -> None:
    """Put a cell of drugs; what stands before the name says what for, what is given with it is a remark."""
    led = led_drug(text, drugs)
    if not drugs.find(text) and _named_in_doses(pairs, drugs):
        base.notes.append(f"{column.words.strip()}: {text.strip()}".removeprefix(": "))  # "ask microbiology now"
    if led is None:
        begin = begin_of_name(text)
        remark = f"{column.words.strip()}: {text.strip()}".removeprefix(": ")
        if begin and remark not in base.notes:
            base.notes.append(remark)
        put_beside(base, column.role, column.words, text[begin:], drugs)
        return
    put_label(base, "", led.label, drugs, alone=True)
    put_beside(base, column.role, column.words, led.drug, drugs)
    if led.beside:
        base.drugs = listed(f"{led.drug} {led.beside}", drugs)
        base.notes.append(led.beside)


def _going_on(pairs: Pairs) -> str | None:
    """Give the one drug that heads the first column of doses, and so is what those behind it go on with ("Then")."""
    headed = [column.drug for column, _ in pairs if column.role in DOSES]
    return headed[0] if headed and len(set(headed) - {None}) == 1 else None


def _put_others(base: RowPlace, pairs: Pairs, drugs: Drugs) -> None:
    """Put the cells that are neither drug nor dose."""
    alone = not any(column.role in ("indication", "severity") for column, _ in pairs)
    hour = sample_hour([(column.words, cell.text) for column, cell in pairs if column.role == "label"])
    for column, cell in pairs:
        if is_blank(cell.text):
            continue
        if hour and names_hour(column.words):
            base.notes.append(f"{column.words.strip()}: {cell.text.strip()}")
        elif column.role == "label" and (is_of_patients(column.words) or not whole_drug(cell.text, drugs)):
            put_label(base, column.words, cell.text, drugs, alone=alone, hour=hour)
        elif column.role == "remark":
            put_remark(base, column.words, cell.text)
        elif column.role not in (*DOSES, "drug", "label"):
            put_beside(base, column.role, column.words, cell.text, drugs)


_BESIDE = lazy_regex(r"\d+(?:\.\d+)?\s*%|(?:\b(?:and|with|in|plus)|[-/+])\s*(?:glucose|dextrose|saline)\b")


def whole_drug(text: str, drugs: Drugs) -> str | None:
    """Give the drug that is all that a cell says, its strength, form and route aside ("X 10%", "X nebulised")."""
    mentions = drugs.find(text)
    if len(mentions) != 1:
        return None
    begin = min(begin_of_name(text), mentions[0].begin)
    rest = uniform(text[begin : mentions[0].begin] + " " + text[mentions[0].end :])
    for route in reversed(read_routes(rest)):
        rest = f"{rest[: route.begin]} {rest[route.end :]}"
    return mentions[0].drug if not FORM.sub(" ", _BESIDE.sub(" ", rest)).strip(" ,()*:") else None


def own_drug(text: str, drugs: Drugs) -> str | None:
    """Give the drug that is all that a label says, or all behind what it is given for ("If x is short: y IV")."""
    led = led_drug(text, drugs)
    return whole_drug(text, drugs) or (whole_drug(led.drug, drugs) if led and not led.beside else None)


_BETWEEN = lazy_regex(r"(?:[^\w]|\b(?:and|or|plus|with|add|then)\b)*")


def only_drugs(text: str, drugs: Drugs) -> bool:
    """Tell whether a cell says nothing but drugs, one or several ("x + y", "add x")."""
    rest, mentions = text, drugs.find(text)
    for mention in reversed(mentions):
        rest = f"{rest[: mention.begin]} {rest[mention.end :]}"
    return bool(mentions) and _BETWEEN.fullmatch(uniform(rest)) is not None


def _take_group(base: RowPlace, group: str, drugs: Drugs) -> None:
    named = {mention.drug for mention in drugs.find(group)}
    if len(named) == 1:
        base.drug = named.pop()
        base.routes = tuple(dict.fromkeys(route.code for route in read_routes(group))) or base.routes
    elif is_class(group, drugs):
        base.notes.append(group)
    else:
        base.group = group
        base.indication = joined(base.indication, indication_of(group, ()))
    base.setting = setting_of(group) or base.setting
    base.severity = severity_of(group) or base.severity
    base.population = population_of(group) or base.population
    if qualifies(group):
        base.notes.append(group)
