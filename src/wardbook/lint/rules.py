"""The registry of rules: code, one line that explains it, and the function that finds it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wardbook.lint import between, citing, doses, figures, hidden, instructed, invisible, linking, notation, structure
from wardbook.lint.finding import Finding
from wardbook.lint.view import Corpus, View

PageRule = Callable[[View], Iterator[Finding]]
CorpusRule = Callable[[Corpus], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule."""

    code: str
    """Letter of its group (S structure, R references, F figures, B between pages, N notation, H hidden or
    not for readers) and a number."""
    explanation: str
    """What it finds, in one line."""
    on_page: PageRule | None = None
    """Finds it on one page alone."""
    on_corpus: CorpusRule | None = None
    """Finds it between pages."""


RULES = (
    Rule("S00", "a page that cannot be read (not UTF-8, not text)"),
    Rule("S01", "link to a page that does not exist", on_corpus=linking.dead_link),
    Rule("S02", "link to a section that does not exist", on_corpus=linking.dead_section),
    Rule("S03", "page that no other page links to", on_corpus=linking.orphan),
    Rule("S04", "ragged table: a row with more or fewer cells than the header", structure.ragged_table),
    Rule("S05", "empty section", structure.empty_section),
    Rule("S06", "duplicate heading", structure.duplicate_heading),
    Rule("S07", "heading level jump", structure.level_jump),
    Rule("S08", "missing title", structure.missing_title),
    Rule("S09", "missing evidence level", structure.missing_evidence_level),
    Rule("S10", "missing last-updated date", structure.missing_date),
    Rule("S11", "last updated too many months ago (setting stale_months), or in the future", on_corpus=linking.stale),
    Rule("S12", "two pages with the same title or alias", on_corpus=linking.shared_name),
    Rule("S13", "index page that omits pages", on_corpus=linking.index_omits),
    Rule("S14", "heading without a blank after its hashes", structure.glued_heading),
    Rule("S15", "character of a symbol font, which many screens do not show", structure.odd_character),
    Rule("R01", "malformed DOI, or a link that shows one DOI and leads to another", citing.malformed_doi),
    Rule("R02", "one DOI under two titles", on_corpus=citing.doi_of_two_titles),
    Rule("R03", "one title under two DOIs", on_corpus=citing.title_of_two_dois),
    Rule("R04", "citation by number without an entry in the references", citing.uncited_number),
    Rule("R05", "entry of the references that nothing cites", citing.uncited_entry),
    Rule("R06", "citation by author and year without an entry in the references", citing.uncited_author),
    Rule("R07", "footnote mark without its footnote, or footnote without its mark", citing.unknown_footnote),
    Rule("F01", "range whose low end is above its high end", figures.low_above_high),
    Rule("F02", "point estimate outside its interval, or median outside its range", figures.estimate_outside),
    Rule("F03", "relative risk that is not the ratio of the percentages beside it", figures.ratio_against_rates),
    Rule("F04", "dose, or dose times frequency, above the stated maximum", doses.over_maximum),
    Rule("F05", "total that is not the daily dose times the days", doses.total_of_days),
    Rule("F06", "unit that jumps by 1000 between neighbouring rows", doses.unit_jump),
    Rule("F07", "dose cell that could not be read whole", doses.unread_piece),
    Rule(
        "B01", "same drug, indication and severity with another dose, interval or maximum", on_corpus=between.other_dose
    ),
    Rule(
        "B02", "same RR, incidence, grading limit or sentence told with other figures", on_corpus=between.other_figure
    ),
    Rule("B03", "one acronym expanded in two ways", on_corpus=between.two_expansions),
    Rule("N01", "trailing zero after a decimal point (1.0 mg)", notation.trailing_zero),
    Rule("N02", "naked decimal point (.5 mg)", notation.naked_decimal),
    Rule("N03", "U or IU for units", notation.unit_letter),
    Rule("N04", "QD or QOD for daily or every other day", notation.once_daily),
    Rule("N05", "µg for mcg", notation.microgram),
    Rule("N06", "unit glued to its figure (10mg)", notation.glued_unit),
    Rule("N07", "> or < before a dose", notation.sign_before_dose),
    Rule("H01", "comment that says something to nobody who reads the page (a sentence, a dose)", hidden.hidden_comment),
    Rule("H02", "zero-width, direction-turning or other invisible character", invisible.invisible_character),
    Rule("H03", "text styled so that no reader sees it", hidden.styled_invisible),
    Rule("H04", "words in base64 or hex digits", hidden.encoded_text),
    Rule("H05", "words addressed to a program that reads the page", instructed.instruction),
)


def rules() -> tuple[Rule, ...]:
    """Give all rules in the order of their codes' groups."""
    return RULES
