"""Gold files to gold questions; a bad line is named with its number and nothing else is lost."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from wardbook.dosing.route import read_routes
from wardbook.evaluation.gold import (
    FIELDS,
    STATUSES,
    VERDICTS,
    GoldComputed,
    GoldDose,
    GoldError,
    GoldFault,
    GoldItem,
)


def read_gold(paths: Sequence[Path]) -> tuple[tuple[GoldItem, ...], tuple[GoldFault, ...]]:
    """Read gold files (a folder stands for its `*.jsonl`, sorted, those of its subfolders too).

    Returns the good items in order and one fault for each bad line. Raises GoldError where a file is missing or
    no line of all can be used.
    """
    items: dict[str, GoldItem] = {}
    faults: list[GoldFault] = []
    for path in _files(paths):
        for number, line in enumerate(_lines(path), start=1):
            if not line.strip():
                continue
            try:
                item = _item(_object(line), f"{path}:{number}")
                if item.id in items:
                    raise ValueError(f"id {item.id!r} stands already in {items[item.id].place}")
                items[item.id] = item
            except ValueError as fault:
                faults.append(GoldFault(str(path), number, str(fault)))
    if not items:
        why = f"; first fault: {faults[0]}" if faults else ""
        raise GoldError(f"no gold question in {', '.join(map(str, paths))}{why}", "give JSON lines, one question each")
    return tuple(items.values()), tuple(faults)


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(path.rglob("*.jsonl"))
        elif path.is_file():
            files.append(path)
        else:
            raise GoldError(f"gold file {path} is not there", "name a .jsonl file or a folder of them")
    return list(dict.fromkeys(files))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise GoldError(f"gold file {path} is not UTF-8 at byte {error.start}", "save it as UTF-8") from error


def _object(line: str) -> Mapping[str, Any]:
    try:
        raw = json.loads(line, parse_float=Decimal, parse_int=Decimal)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from error
    if not isinstance(raw, dict):
        raise ValueError("not a JSON object")
    if "\\ud" in line.lower():
        json.dumps(raw, ensure_ascii=False, default=str).encode()  # half a character is a ValueError here, not later
    return raw


def _item(raw: Mapping[str, Any], place: str) -> GoldItem:
    answerable = _flag(raw, "answerable", default=None)
    status = _text(raw, "expect_status", default="answered" if answerable else "not_found")
    sections = tuple(_pair(pair, "gold_sections") for pair in _list(raw, "gold_sections"))
    also = _words(_list(raw, "also_status"), "also_status")
    for word in (status, *also):
        if word not in STATUSES:
            raise ValueError(f"expect_status is {word!r}: one of {', '.join(STATUSES)}")
    verdict = raw.get("verdict")
    if isinstance(verdict, Mapping):
        verdict = verdict.get("result")
    if verdict is not None and verdict not in VERDICTS:
        raise ValueError(f"verdict is {verdict!r}: one of {', '.join(VERDICTS)}")
    return GoldItem(
        id=_text(raw, "id"),
        kind=_text(raw, "kind", default="unspecified"),
        question=_text(raw, "question"),
        answerable=answerable,
        expect_status=status,
        history=tuple(_turn(turn) for turn in _list(raw, "history")),
        gold_sections=sections,
        need_all=_flag(raw, "need_all", default=False),
        must_include=tuple(_words(group, "must_include") for group in _list(raw, "must_include")),
        must_not_include=_words(_list(raw, "must_not_include"), "must_not_include"),
        dose=_dose(raw["dose"]) if raw.get("dose") else None,
        computed=_computed(raw["computed"]) if raw.get("computed") else None,
        verdict=verdict,
        also_status=also,
        note=_text(raw, "note", default=""),
        place=place,
        unknown=tuple(sorted(set(raw) - FIELDS)),
    )


def _text(raw: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = raw.get(name)
    if value is None and default is not None:
        return default
    if isinstance(value, Decimal) and name == "id":
        return str(value)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise ValueError(f"{name} is missing or not text")
    return value


def _flag(raw: Mapping[str, Any], name: str, default: bool | None) -> bool:
    value = raw.get(name, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, bool):
        raise ValueError(f"{name} is missing or not true or false")
    return value


def _list(raw: Mapping[str, Any], name: str) -> list[Any]:
    value = raw.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{name} is not a list")
    return value


def _pair(value: object, name: str) -> tuple[str, str]:
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)):
        raise ValueError(f"{name} holds {value!r}: give [page, section]")
    return value[0], value[1]


def _words(value: object, name: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise ValueError(f"{name} holds {value!r}: give words")
    return tuple(value)


def _turn(value: object) -> tuple[str, str]:
    if not isinstance(value, Mapping) or value.get("role") not in ("user", "assistant"):
        raise ValueError("history holds a turn without role user or assistant")
    content = value.get("content") or ""
    if not isinstance(content, str):
        raise ValueError("history holds a turn whose content is not text")
    return value["role"], content


def _number(value: object, name: str) -> Decimal:
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"{name} is {value!r}: give a figure") from error
    if not number.is_finite():
        raise ValueError(f"{name} is {value!r}: give a figure")
    return number


def _range(value: object, name: str) -> tuple[Decimal, Decimal]:
    low, high = value if isinstance(value, list) and len(value) == 2 else (value, value)
    return _number(low, name), _number(high, name)


def _route(words: str) -> str:
    """Give the code of a route; one written out ("buccal") is the same."""
    found = {route.code for route in read_routes(words)}
    return found.pop() if len(found) == 1 else words.upper()


def _dose(raw: object) -> GoldDose:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("drug"), str):
        raise ValueError("dose has no drug")
    low = None if raw.get("low") is None else _number(raw["low"], "dose.low")
    high = low if raw.get("high") is None else _number(raw["high"], "dose.high")
    limit, limit_unit = _limit(raw.get("max"))
    routes: Iterable[str] = _words(raw.get("route") or [], "dose.route")
    interval = raw.get("interval_h")
    return GoldDose(
        drug=tuple(name.strip() for name in raw["drug"].casefold().split("|")),
        low=low,
        high=high,
        unit=_text(raw, "unit", default=""),
        per=_text(raw, "per", default="") or None,
        indication=_text(raw, "indication", default="") or None,
        route=tuple(_route(words) for words in routes),
        interval_h=None if interval is None else _range(interval, "dose.interval_h"),
        limit=limit,
        limit_unit=limit_unit or _text(raw, "unit", default=""),
        duration=_text(raw, "duration", default="") or None,
    )


def _limit(raw: object) -> tuple[Decimal | None, str]:
    if raw is None:
        return None, ""
    if isinstance(raw, Mapping):
        return _number(raw.get("value"), "dose.max"), str(raw.get("unit") or "")
    if isinstance(raw, str):
        value, _, unit = raw.partition(" ")
        return _number(value.replace(",", ""), "dose.max"), unit.split("/")[0]
    return _number(raw, "dose.max"), ""


def _computed(raw: object) -> GoldComputed:
    if not isinstance(raw, Mapping) or raw.get("value") is None or not isinstance(raw.get("unit"), str):
        raise ValueError("computed needs value and unit")
    low, high = _range(raw["value"], "computed.value")
    return GoldComputed(low, high, raw["unit"], bool(raw.get("capped", False)))
