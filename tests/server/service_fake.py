"""A small assistant over pages given as text: real enough to drive every part of the service."""

import re
import threading
import time
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wardbook.answering.answer import Answer, Citation, CitedRegimen, Clarification, Conflict, Side
from wardbook.dosing.check import Asked, Bound, Verdict
from wardbook.dosing.compute import Computed
from wardbook.dosing.regimen import Amount, Limit, Regimen
from wardbook.errors import QuestionError

PAGE = """# Examplinib

## Overview

Examplinib is used in [[rash]] and in the [[drugs/examplinib#Dosing|doses below]]. See [[nowhere]].

## Dosing

| Setting | Dose | Maximum |
|---------|------|---------|
| Treatment | 8 mg/kg IV every 8 hours | 800 mg per dose |
| Prophylaxis | 100-200 mg SC daily | 400 mg/day |

<table>
<tr><th>Level</th><td>&lt;5 mg/L</td></tr>
<tr><th>Hold</th>
<td>above 10 mg/L, see [[rash|the rash page]]</td></tr>
</table>

## Monitoring

- Check the level <48 hours after the first dose, and if >75 years again.
- Weekly afterwards.
"""
RASH = """# Rash

A rash is red. It is graded 1 to 4.

> [!warning] Careful
> Blisters are not a rash.
"""


class FakeAssistant:
    """Answers by keyword; `delay_s` makes it slow, `block` holds answers until it is set."""

    def __init__(self, pages: dict[str, str] | None = None, delay_s: float = 0.0) -> None:
        self.texts = pages or {"drugs/examplinib": PAGE, "rash": RASH}
        self.delay_s = delay_s
        self.block: threading.Event | None = None
        self.generation = 1
        self.pending = 0
        self.asked: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.broken: Exception | None = None

    def ask(
        self,
        question: str,
        *,
        history: Sequence[tuple[str, str]] = (),
        k: int | None = None,
        session_id: str | None = None,
    ) -> Answer:
        if question == "ready?":  # asked by the service itself
            return Answer("not_found", question, question, "The pages do not answer this.")
        time.sleep(self.delay_s)
        if self.block:
            self.block.wait(20)
        if self.broken:
            raise self.broken
        self.asked.append((question, tuple(history)))
        words = question.lower()
        if "prophylaxis" in words or "treatment" in words:
            return self._one(question, "Prophylaxis" if "prophylaxis" in words else "Treatment", words)
        if "disagree" in words:
            return self._conflict(question)
        if "dose" in words:
            return self._both(question)
        if "why" in words and history:
            said = [words for role, words in history if role == "user"]
            return self._text(question, f"{said[-1]}: why?" if said else question)
        if "rash" in words or "level" in words or "echo" in words:
            return self._text(question, question)
        return Answer("not_found", question, question, "The pages do not answer this.", took_ms={"total": 1.5})

    def _text(self, question: str, standalone: str) -> Answer:
        text = "A rash is red. [1] It is graded 1 to 4. [1]\n\n- Check the level again. [2]"
        cited = (
            self.cite(1, "rash", "", (3, 3), "A rash is red."),
            self.cite(2, "drugs/examplinib", "Monitoring", (22, 22), "again"),
        )
        if "echo" in question:
            text = f"{question} [1]"
        return Answer(
            "answered",
            question,
            standalone,
            text,
            cited,
            warnings=("The page is older than a year.",),
            took_ms={"total": 12.0},
        )

    def cite(self, n: int, page: str, section: str, lines: tuple[int, int], quote: str) -> Citation:
        title = re.search(r"# (.*)", self.texts.get(page, "# ?")).group(1)  # type: ignore[union-attr]
        return Citation(n, page, title, section, lines, quote, f"/pages/{page}", "Moderate", "2026-01-02")

    def _regimen(self, setting: str) -> CitedRegimen:
        if setting == "Treatment":
            regimen = Regimen(
                "examplinib",
                Amount(Decimal(8), Decimal(8), "mg"),
                "8 mg/kg IV every 8 hours",
                "drugs/examplinib",
                "Dosing",
                (11, 11),
                indication="severe rash",
                setting="treatment",
                per="kg",
                route=("IV",),
                interval_h=(Decimal(8), Decimal(8)),
                max_single=Limit(Decimal(800), "mg"),
            )
            return CitedRegimen(regimen, 1)
        regimen = Regimen(
            "examplinib",
            Amount(Decimal(100), Decimal(200), "mg"),
            "100-200 mg SC daily",
            "drugs/examplinib",
            "Dosing",
            (12, 12),
            indication="rash",
            setting="prophylaxis",
            route=("SC",),
            interval_h=(Decimal(24), Decimal(24)),
            duration="7 days",
            max_daily=Limit(Decimal(400), "mg"),
            unparsed=("x3",) if setting == "odd" else (),
        )
        return CitedRegimen(regimen, 2)

    def _cited(self) -> tuple[Citation, Citation]:
        return (
            self.cite(1, "drugs/examplinib", "Dosing", (11, 11), "8 mg/kg IV every 8 hours"),
            self.cite(2, "drugs/examplinib", "Dosing", (12, 12), "100-200 mg SC daily"),
        )

    def _one(self, question: str, setting: str, words: str = "") -> Answer:
        found = self._regimen(setting)
        computed: tuple[tuple[int, Computed], ...] = ()
        weight = re.search(r"(\d+) ?kg", words)
        if weight and setting == "Treatment":
            value = Decimal(weight[1]) * 8
            capped = min(value, Decimal(800))
            line = f"8 mg/kg × {weight[1]} kg = {value} mg" + (
                " → 800 mg, the maximum single dose" if capped < value else ""
            )
            computed = (
                (0, Computed((("weight_kg", Decimal(weight[1])),), capped, capped, "mg", capped < value, line)),
            )
        return Answer(
            "answered",
            question,
            question,
            f"DOSE **{found.regimen.verbatim}** [{found.citation}]",
            self._cited(),
            (found,),
            computed,
            took_ms={"total": 20.0},
        )

    def _both(self, question: str) -> Answer:
        return Answer(
            "needs_clarification",
            question,
            question,
            "- 8 mg/kg IV every 8 hours [1]\n- 100-200 mg SC daily [2]",
            self._cited(),
            (self._regimen("Treatment"), self._regimen("Prophylaxis")),
            clarification=Clarification(
                "Treatment or prophylaxis?", ("examplinib treatment", "examplinib prophylaxis")
            ),
            took_ms={"total": 20.0},
        )

    def _conflict(self, question: str) -> Answer:
        sides = (Side("8 mg/kg every 8 hours", 1), Side("100-200 mg daily", 2))
        return Answer(
            "answered",
            question,
            question,
            "The pages disagree. [1][2]",
            self._cited(),
            regimens=(self._regimen("Treatment"), self._regimen("Prophylaxis")) if "dose" in question else (),
            conflicts=(Conflict("the dose", sides),),
            took_ms={"total": 20.0},
        )

    def search(self, query: str, k: int) -> list[dict[str, Any]]:
        found = [
            {"rank": 0, "score": 1.0, "page": page, "section": "", "lines": [1, 3], "text": text[:200]}
            for page, text in self.texts.items()
            if any(word in text.lower() for word in query.lower().split())
        ]
        return [hit | {"rank": rank} for rank, hit in enumerate(found[:k], 1)]

    def dose(self, drug: str, *, weight_kg: float | None = None, **more: Any) -> Answer:
        if not drug.isalpha():
            raise QuestionError("the drug's name holds no letters", "give the generic name")
        if drug != "examplinib":
            return Answer("not_found", f"dose of {drug}", f"dose of {drug}", "No page gives a dose of it.")
        weight = f"{weight_kg:g} kg" if weight_kg else ""
        return self._one(f"dose of {drug}", "Treatment", weight)

    def check(self, drug: str, amount: str, **more: Any) -> Answer:
        answer = self._one(f"{drug} {amount}?", "Treatment")
        verdict = Verdict(
            "exceeds", Asked(Decimal(900), Decimal(900), "mg"), Bound(Decimal(800), "mg"), answer.regimens[0].regimen
        )
        return Answer(
            "answered",
            answer.question,
            answer.question,
            answer.text,
            answer.citations,
            answer.regimens,
            verdict=(verdict, 1),
        )

    def regimens(self, **asked: Any) -> list[dict[str, Any]]:
        listed = [
            {"drug": "examplinib", "indication": "rash", "setting": setting} for setting in ("treatment", "prophylaxis")
        ]
        return [
            row
            for row in listed
            if asked.get("drug") in (None, row["drug"]) and asked.get("setting") in (None, row["setting"])
        ]

    def pages(self) -> list[dict[str, Any]]:
        return [{key: value for key, value in self._page(page).items() if key != "markdown"} for page in self.texts]

    def page(self, page: str) -> dict[str, Any]:
        return self._page(page)

    def _page(self, page: str) -> dict[str, Any]:
        text = self.texts[page]
        heads = [
            (at, match[2]) for at, line in enumerate(text.splitlines(), 1) if (match := re.match(r"(#+) (.*)", line))
        ]
        last = len(text.splitlines())
        sections = [
            {"section": "" if at == 1 else name, "anchor": re.sub(r"\W+", "-", name.lower()), "lines": [at, end - 1]}
            for (at, name), (end, _) in zip(heads, [*heads[1:], (last + 1, "")], strict=True)
        ]
        return {
            "page": page,
            "title": heads[0][1] if heads else page,
            "markdown": text,
            "sections": sections,
            "last_updated": "2026-01-02",
            "evidence_level": "Moderate",
        }

    def info(self) -> dict[str, Any]:
        return {
            "index": f"gen-{self.generation}",
            "corpus": f"corpus-{self.generation}",
            "model": "tiny",
            "versions": {"wardbook": "0.1.0"},
            "built_at": "2026-11-22T12:00:00+00:00",
        }

    def refresh(self) -> bool:
        if self.pending:
            self.generation, self.pending = self.generation + self.pending, 0
            return True
        return False
