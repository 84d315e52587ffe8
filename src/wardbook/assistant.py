"""The one door: ask, search, dose, check and show over one opened index; used by the command line and the service."""

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from wardbook import __version__
from wardbook.answering.answer import Answer
from wardbook.answering.check_answer import answer_check
from wardbook.answering.citation import anchor
from wardbook.answering.conversation import History, standalone
from wardbook.answering.dosing_answer import answer_dose, as_decimal
from wardbook.answering.gate import gated
from wardbook.answering.question import LONGEST
from wardbook.answering.strip import of_pages
from wardbook.dosing.as_json import regimen_json
from wardbook.dosing.check import read_amount
from wardbook.dosing.lookup import DoseQuery, lookup
from wardbook.dosing.patient import read_weight
from wardbook.errors import QuestionError
from wardbook.index.generation import read_pointer
from wardbook.index.opened import Index, open_index
from wardbook.index.staleness import Staleness
from wardbook.opened import MakeRank, Opened, built_in
from wardbook.retrieval.ranking import by_section
from wardbook.spoken_of import SpokenOf
from wardbook.whole_question import answer_question

SECTIONS = 10
"""Sections whose units are weighed for an answer."""
STALE_MONTHS = 24
"""Months after which a page is old where no setting says otherwise."""
BY_WORDS_ALONE = (
    "Searched by words alone: searching by meaning fails, so that what the pages say in other words may be missed."
)
"""Stands first where vectors cannot be searched."""
_FACTS = frozenset({"answered", "needs_clarification"})
"""What states facts of the pages cited."""
Number = str | float | Decimal | None


class Assistant:
    """Asked again and again, from several threads; holds no conversation."""

    def __init__(
        self,
        corpus: Path,
        index: Path,
        make_rank: MakeRank = built_in,
        *,
        searching: bool = True,
        first: Index | None = None,
        stale_months: int = STALE_MONTHS,
    ) -> None:
        """Open an index folder; IndexFault where there is none, or it is damaged.

        `searching` begins at once to load what a search needs; a lookup needs none of it. `first` is the folder's
        index where it was opened already. A page last updated more than `stale_months` ago is warned of.
        """
        self._index = index
        self._make_rank = make_rank
        self._stale_months = stale_months
        first = first or open_index(index, searching=searching)
        self._pointer = first.pointer
        self._opened = Opened(corpus, first, make_rank)
        self._spoken = SpokenOf(self._opened)
        self._stale = Staleness(self._opened.stale)

    def refresh(self) -> bool:
        """Take up a new generation of the index where there is one; questions under way keep the old one."""
        if read_pointer(self._index) == self._pointer:
            return False
        opened = Opened(self._opened.corpus, open_index(self._index, searching=True), self._make_rank)
        _ = opened.index.vectors, opened.index.encoder
        self._pointer, self._opened, self._spoken = opened.index.pointer, opened, SpokenOf(opened)
        self._stale = Staleness(opened.stale)
        return True

    def ask(
        self, question: str, *, history: History = (), k: int | None = None, session_id: str | None = None
    ) -> Answer:
        """Answer a question; `history` holds earlier turns, oldest first. QuestionError where it is empty or long."""
        started = time.perf_counter()
        opened, spoken = self._opened, self._spoken
        if not question.strip():
            raise QuestionError("the question is empty", "ask something")
        if len(question) > LONGEST:
            raise QuestionError(f"the question has {len(question):,} characters", f"ask in at most {LONGEST:,}")
        whole = standalone(
            question, history, opened.as_said, opened.drugs, opened.offered, spoken.supported, spoken.together
        )
        answer = answer_question(opened, question, whole, k or SECTIONS)
        return self._finish(answer, started, session_id)

    def _finish(self, answer: Answer, started: float, session_id: str | None = None) -> Answer:
        """Send an answer through the gate; add what is to be warned of."""
        answer = gated(answer)
        aged = of_pages(answer.citations, date.today(), self._stale_months) if answer.status in _FACTS else ()
        aged = (*self._retired(answer), *aged)
        words_alone = [BY_WORDS_ALONE] if self._opened.index.by_words_alone else []
        warnings = [*words_alone, *answer.warnings, *aged, *self._staleness()]
        took = {"total": round((time.perf_counter() - started) * 1000, 1)}
        return replace(answer, warnings=tuple(dict.fromkeys(warnings)), session_id=session_id, took_ms=took)

    def _retired(self, answer: Answer) -> tuple[str, ...]:
        """Say which cited pages no longer hold by their own words."""
        cited = {each.page: each.title for each in answer.citations}
        said = ((title, self._opened.retired(page)) for page, title in cited.items())
        return tuple(f"{title} says of itself that it no longer holds (“{words}”)." for title, words in said if words)

    def _staleness(self) -> list[str]:
        """Say that pages changed since they were indexed, see `Staleness` for when."""
        pages = self._stale.pages()
        if not pages:
            return []
        shown = "; ".join(pages[:3]) + ("; ..." if len(pages) > 3 else "")
        return [f"The pages differ from the index ({shown}): run `wardbook index`."]

    def search(self, query: str, k: int = 10) -> list[dict[str, Any]]:
        """Give the best k passages as the contract has them, no section twice."""
        if not query.strip():
            raise QuestionError("the query is empty", "say what to look for")
        opened = self._opened
        ranked = by_section(opened.rank(opened.understand(query[:LONGEST]), 10 * k))[:k]
        return [
            {
                "rank": at,
                "score": round(each.score, 6),
                "page": each.passage.page,
                "section": each.passage.section,
                "lines": list(each.passage.lines),
                "text": each.passage.text,
                "title": each.passage.title,
            }
            for at, each in enumerate(ranked, 1)
        ]

    def _query(
        self,
        drug: str,
        for_: str | None,
        grade: int | str | None,
        setting: str | None,
        route: str | None,
        weight: Number,
        bsa: Number,
        age: Number,
    ) -> tuple[DoseQuery, str]:
        """Give the query, and what was understood of the drug's name; QuestionError where it is no known drug."""
        opened = self._opened
        resolution = opened.drugs.resolve(drug)
        if resolution.drug is None:
            offered = (
                f"did you mean {' or '.join(resolution.candidates)}?" if resolution.candidates else "check its name"
            )
            raise QuestionError(f"{drug!r} is not a drug that is known", offered)
        understood = f"“{drug}” understood as {resolution.drug}." if resolution.how == "near" else ""
        said = opened.understand(for_ or "")
        kg = read_weight(str(weight)).kg if weight is not None else None
        query = DoseQuery(
            resolution.drug,
            for_ or "",
            f"grade {grade}" if grade is not None else None,
            setting or said.setting,
            said.population,
            route.upper() if route else said.route,
            kg,
            as_decimal(bsa),
            as_decimal(age),
            of_children=opened.of_children,
        )
        return query, understood

    def dose(
        self,
        drug: str,
        for_: str | None = None,
        grade: int | str | None = None,
        setting: str | None = None,
        route: str | None = None,
        weight_kg: Number = None,
        bsa_m2: Number = None,
        age_y: Number = None,
    ) -> Answer:
        """Look a dose up."""
        started = time.perf_counter()
        opened = self._opened
        query, understood = self._query(drug, for_, grade, setting, route, weight_kg, bsa_m2, age_y)
        asked = _worded(f"{drug} dose", for_, grade, setting, route, weight_kg, bsa_m2, age_y)
        answer = answer_dose(asked, asked, query, opened.regimens, opened.names, opened.citations(), opened.units)
        return self._finish(_noted(answer, understood), started)

    def check(
        self,
        drug: str,
        amount: str,
        for_: str | None = None,
        grade: int | str | None = None,
        setting: str | None = None,
        route: str | None = None,
        weight_kg: Number = None,
        bsa_m2: Number = None,
        age_y: Number = None,
    ) -> Answer:
        """Judge an amount against the row that holds for it."""
        started = time.perf_counter()
        opened = self._opened
        proposed = read_amount(amount)
        query, understood = self._query(drug, for_, grade, setting, route, weight_kg, bsa_m2, age_y)
        asked = _worded(f"check {drug} {amount}", for_, grade, setting, route, weight_kg, bsa_m2, age_y)
        answer = answer_check(
            asked, asked, proposed, query, opened.regimens, opened.names, opened.citations(), opened.units
        )
        return self._finish(_noted(answer, understood), started)

    def regimens(
        self,
        drug: str | None = None,
        for_: str | None = None,
        grade: int | str | None = None,
        setting: str | None = None,
    ) -> list[dict[str, Any]]:
        """Give the regimens that fit; without a drug, all of the pages."""
        opened = self._opened
        if drug is None:
            return [regimen_json(each) for each in opened.regimens if setting in (None, each.setting)]
        query, _ = self._query(drug, for_, grade, setting, None, None, None, None)
        if not (for_ or grade is not None or setting):
            return [regimen_json(each) for each in opened.regimens if each.drug == query.drug]
        return [regimen_json(each) for each in lookup(query, opened.regimens, opened.names).fits]

    def pages(self) -> list[dict[str, Any]]:
        """Give page, title, date, evidence level and sections of every page."""
        store = self._opened.index.store
        return [
            {
                "page": head.id,
                "title": head.title,
                "last_updated": head.metadata.last_updated,
                "evidence_level": head.metadata.evidence_level,
                "sections": list(store.section_ids(head.id)),
            }
            for head in store.heads()
        ]

    def page(self, page: str) -> dict[str, Any] | None:
        """Give one page whole, as it was indexed, or None."""
        store = self._opened.index.store
        document = store.document(page)
        if document is None:
            return None
        return {
            "page": document.id,
            "title": document.title,
            "markdown": "\n".join(document.lines),
            "last_updated": document.metadata.last_updated,
            "evidence_level": document.metadata.evidence_level,
            "sections": [
                {"section": each.id, "anchor": anchor(each.id), "lines": list(each.lines), "level": each.level}
                for each in document.sections
            ],
            "links": [{"target": each.link.target, "page": each.target} for each in store.links_from(page)],
        }

    def info(self) -> dict[str, Any]:
        """Give index, corpus hash, model, versions and the time of the build."""
        manifest = self._opened.index.manifest
        return {
            "wardbook": __version__,
            "index": self._pointer.folder.name,
            "content": manifest.content,
            "corpus": manifest.corpus,
            "model": manifest.encoder,
            "built_at": manifest.created,
            "counts": manifest.counts,
        }

    describe = info


def _worded(first: str, *rest: object) -> str:
    """Word what was asked by options as a question."""
    labels = ("for", "grade", "setting", "route", "weight", "BSA", "age")
    parts = [f"{label} {value}" for label, value in zip(labels, rest, strict=True) if value is not None]
    return ", ".join([first, *parts])


def _noted(answer: Answer, understood: str) -> Answer:
    return replace(answer, warnings=(understood, *answer.warnings)) if understood else answer


def open_assistant(
    corpus: Path,
    index: Path,
    make_rank: MakeRank = built_in,
    *,
    searching: bool = True,
    first: Index | None = None,
    stale_months: int = STALE_MONTHS,
) -> Assistant:
    """Open an index folder for asking, see `Assistant`; IndexFault where there is none, or it is damaged."""
    return Assistant(corpus, index, make_rank, searching=searching, first=first, stale_months=stale_months)
