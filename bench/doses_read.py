"""How the doses of pages that nobody tuned for are read, against a key made by hand from the pages alone.

    python bench/doses_read.py KEY PAGES [--list]

A line of the key: page, line, the beginning of the line as it stands, and the doses that it gives (drug, low, high,
unit, per, per_time, route, every_h, max, and `only`: the words that bound the dose), none where its figures are none.
A keyed dose counts as

- right: a regimen of its line, or of lines that hold it, has its drug, amount, unit and "per", and no field against it;
- of another drug, or against: as above, but the drug is another, or route, interval, time or maximum is;
- unbound: right, but half of its bounds or more are in no field or note of the regimen;
- not understood: no such regimen, but one of the line shows the amount among what it could not read;
- lost: none of these.

And "no dose" counts the keyed lines without one on which a regimen with an amount was read. `unbound` goes by words and
is rough; the others go by figures. `--list` names each dose that is not right.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from wardbook.corpus.document import Document
from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import DrugNames, drug_names
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert, ucum

KINDS = ("right", "unbound", "against", "of another drug", "not understood", "lost")
_ROUTES = {"NEB": "INH", "NEBULISED": "INH", "INHALED": "INH", "INTRAVITREAL": "IVT", "ORAL": "PO", "TOPICAL": "TOP"}
_TIMES = {"day": "d", "hour": "h", "minute": "min"}
_WORDS = re.compile(r"[a-z]{3,}|\d+(?:\.\d+)?")


def _figure(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None


def _same_amount(dose: dict[str, Any], regimen: Regimen) -> bool:
    """Tell whether a regimen gives the keyed amount, in a unit that converts into it, by the same size."""
    amount = regimen.amount
    if amount is None or (dose.get("per") or None) != regimen.per:
        return False
    low, high = _figure(str(dose["low"])), _figure(str(dose["high"]))
    unit = ucum(str(dose["unit"])) or str(dose["unit"])
    if low is None or high is None:
        return False
    mine = [convert(value, amount.unit, unit) for value in (amount.low, amount.high)]
    return mine == [low, high] or (amount.unit == unit and [amount.low, amount.high] == [low, high])


def _same_drug(dose: dict[str, Any], regimen: Regimen, names: DrugNames) -> bool:
    """Tell whether the keyed drug, as it resolves, is the regimen's; either may be named more closely."""
    keyed = str(dose["drug"]).lower().replace("-", " ")
    found = {mention.drug.replace("-", " ") for mention in names.find(str(dose["drug"]))}
    mine = regimen.drug.lower().replace("-", " ")
    return mine in found or keyed == mine or keyed in mine or mine in keyed


def _against(dose: dict[str, Any], regimen: Regimen) -> list[str]:
    """Give the fields of a regimen that are other than the keyed ones; what one side leaves out counts for nothing."""
    found = []
    route = {_ROUTES.get(each.upper(), each.upper()) for each in dose.get("route") or ()}
    if route and regimen.route and not route & {each.upper() for each in regimen.route}:
        found.append(f"route {regimen.route} for {sorted(route)}")
    hours = [_figure(each) for each in re.split(r"[-–]", str(dose.get("every_h") or "")) if each]
    if hours and None not in hours and regimen.interval_h and list(regimen.interval_h) != [hours[0], hours[-1]]:
        found.append(f"every {regimen.interval_h} for {hours}")
    time = dose.get("per_time")
    if regimen.per_time and time and _TIMES.get(time, time) != regimen.per_time:
        found.append(f"per {regimen.per_time} for {time}")
    largest = re.search(r"\d[\d,]*(?:\.\d+)?", str(dose.get("max") or ""))
    stated = [limit.value for limit in (regimen.max_single, regimen.max_daily, regimen.max_single_by_size) if limit]
    stated += [limit.value for limit in (regimen.max_daily_by_size, regimen.max_rate) if limit]
    if largest and stated and _figure(largest[0]) not in stated:
        found.append(f"maximum {stated} for {largest[0]}")
    return found


def _told(regimen: Regimen) -> str:
    """Give all words by which a regimen says when it holds."""
    fields = (
        *(
            regimen.indication,
            regimen.setting,
            regimen.population,
            regimen.severity,
            regimen.schedule,
            regimen.duration,
        ),
        *(regimen.infusion, regimen.exception, regimen.or_else, *regimen.notes, *regimen.excluded, *regimen.unparsed),
        *(words for band in regimen.bands for words in (band.quantity, str(band.low), str(band.high), band.unit)),
        *(stated.words for stated in regimen.limited_by),
        *(str(limit.value) for limit in (regimen.max_single, regimen.max_daily) if limit),
        *("prophylaxis prevention" for _ in (1,) if regimen.setting == "prophylaxis"),
        *(words for band in regimen.bands for words in ("adult child" if band.quantity == "age" else "",)),
        regimen.section,
        regimen.title,
    )
    return " ".join(each for each in fields if each).lower()


def _unbound(dose: dict[str, Any], regimen: Regimen) -> list[str]:
    """Give the keyed bounds of which no figure and no half of the words stands in the regimen; often is no bound."""
    told = set(_WORDS.findall(_told(regimen)))
    missing = []
    for words in dose.get("only") or ():
        parts = _WORDS.findall(str(words).lower())
        figures = [part for part in parts if part[0].isdigit()]
        stems = {each[:4] for each in told}
        held = sum(part in told or (not part[0].isdigit() and part[:4] in stems) for part in parts)
        if parts and not read_frequencies(str(words)) and (held * 2 < len(parts) or not set(figures) <= told):
            missing.append(str(words))
    return missing


def judged(dose: dict[str, Any], regimens: list[Regimen], names: DrugNames) -> tuple[str, str]:
    """Give the kind of a keyed dose, see above, and what is wrong with it."""
    dose = {**dose, "per": None if dose.get("per") in ("dose", "") else dose.get("per")}
    same = [each for each in regimens if _same_amount(dose, each)]
    own = [each for each in same if _same_drug(dose, each, names)]
    if own:
        best = min(own, key=lambda each: (len(_against(dose, each)), len(_unbound(dose, each))))
        if wrong := _against(dose, best):
            return "against", "; ".join(wrong)
        bounds = list(dose.get("only") or ())
        missing = _unbound(dose, best)
        return ("unbound", f"without {missing}") if bounds and len(missing) * 2 >= len(bounds) else ("right", "")
    if same:
        return "of another drug", f"as {sorted({each.drug for each in same})}"
    figure = rf"(?<![\d.]){re.escape(str(dose['low']))}(?![\d])"
    if any(re.search(figure, piece) for each in regimens for piece in each.unparsed):
        return "not understood", ""
    return "lost", f"beside {sorted({each.drug for each in regimens})}" if regimens else ""


def doses(key: Path, pages: Path) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Give each keyed dose as (kind, what is wrong, line, dose); a line without one that was read gives "no dose"."""
    documents: dict[str, Document] = {}
    for path in sorted(pages.rglob("*.md")):
        page = path.relative_to(pages).with_suffix("").as_posix()
        documents[page] = read_document(path.read_bytes(), page, [])
    names = drug_names([each for each in documents.values() if each.searchable])
    read = {page: read_regimens(each, names) if each.searchable else () for page, each in documents.items()}
    for line in map(json.loads, key.read_text(encoding="utf-8").splitlines()):
        here = [each for each in read[line["page"]] if each.lines[0] <= line["line"] <= each.lines[1]]
        for dose in line["doses"]:
            yield *judged(dose, here, names), line, dose
        orders = [each for each in here if each.amount and not each.evidence and not each.unparsed]
        given = [each for each in orders if each.lines[0] == line["line"]]
        if not line["doses"] and given:
            yield "no dose", f"read as {sorted({each.drug for each in given})}", line, {}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("key", type=Path)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--list", action="store_true", help="name each dose that is not right")
    asked = parser.parse_args()
    found = list(doses(asked.key, asked.pages))
    counts = Counter(kind for kind, *_ in found)
    keyed = sum(counts[kind] for kind in KINDS)
    print(f"{keyed} doses keyed: " + ", ".join(f"{kind} {counts[kind]}" for kind in KINDS), end="; ")
    print(f"read where there is none {counts['no dose']}")
    for kind, wrong, line, dose in found if asked.list else ():
        if kind != "right":
            given = f"{dose['drug']} {dose['low']}-{dose['high']} {dose['unit']}/{dose.get('per')}" if dose else ""
            print(f"{kind} | {line['page']}:{line['line']} | {given} | {wrong} | {line['text']}")


if __name__ == "__main__":
    main()
