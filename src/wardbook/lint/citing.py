"""Rules on references: DOIs, and that text and reference list hold together."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from wardbook.corpus.names import tokens
from wardbook.dosing.drug_vocabulary import published
from wardbook.lazy_regex import lazy_regex
from wardbook.lint.bibliography import DOI, Entry, bare_doi
from wardbook.lint.finding import Finding, listed, shown
from wardbook.lint.view import Corpus, Facts, View

_EMPHASIS = lazy_regex(r"[*_]")
_CITED_YEAR = lazy_regex(r"(?:19|20)\d\d")
_SAME_TITLE = 70
"""Likeness (0-100, order of words aside) below which two titles are not two spellings of one."""
_DOI_SAID = lazy_regex(r"(?:\bdoi\.org/|\bdoi:?\s+|\bdoi:)\W{0,4}(?P<doi>[^\s\]<>\"|*]+)", re.IGNORECASE)
_DOI_LINK = lazy_regex(
    r"\[(?:doi:?\s*)?(10\.[^\]\s]+)\]\(https?://(?:dx\.)?doi\.org/([^\s]+?)\)(?=[\s.,;|]|$)", re.IGNORECASE
)
_LIST = r"\[(\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*)\](?![(:\x00])"
_NUMBERS = lazy_regex(rf"(?<![\w\]!\x00]){_LIST}|(?<=\]){_LIST}")
_INTERVAL = lazy_regex(
    r"(?:%|\bCI|interval|IQR|range|median|mean|\d|days?|weeks?|months?|years?|hours?|points?|mg)[:,]?\s*$",
    re.IGNORECASE,
)
_FOOTNOTE = lazy_regex(r"\[\^([^\]\s]+)\]")
_YEAR = r"(?P<year>(?:19[5-9]|20[0-4])\d)[a-z]?"
_NAME = r"(?P<name>[A-ZÀ-Þ][a-zà-ÿ]+(?:[-'’][A-ZÀ-Þ]?[a-zà-ÿ]+)?)"
_ET_AL = lazy_regex(rf"(?<![\w-]){_NAME} et al\b\.?,?[^.;|()\n\d]{{0,25}}\(?{_YEAR}(?!\d|-\d)")
_PLAIN = lazy_regex(
    rf"(?P<before>(?:[\w.-]+\s)?)(?<![\w-]){_NAME}(?:,? | \(){_YEAR}(?!\d|-\d)"
    r"(?P<after>\)?(?:\s\w+)?)"
)
_NOT_NAMES = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec spring summer autumn fall winter monday tuesday wednesday thursday friday saturday "
    "sunday in since by until from during after before early late mid year updated update revised version edition "
    "guideline guidelines copyright label study trial registry consensus criteria conference protocol report and or "
    "the of on at to as for with published approved reviewed effective accessed date dated table figure section "
    "chapter issue page code definition classification grading scale score statement recommendation recommendations "
    "position paper policy plan programme program project strategy standard standards handbook manual annual blood "
    "lancet nature science cell cancer leukemia haematologica circulation chest brain gut heart thorax neurology "
    "pediatrics radiology stroke anesthesia anaesthesia diabetes drugs lupus sepsis vaccine infection medicine "
    "surgery around about circa fiscal season cohort survey census olympics between last next "
    "meta-analysis metaanalysis review".split()
)
"""Words that stand before a year and are no surname."""


def malformed_doi(view: View) -> Iterator[Finding]:
    """Something called a DOI that is none, or a link whose words and address are two DOIs."""
    for line, text in enumerate(view.document.lines, start=1):
        if "doi" not in text.lower():
            continue
        for match in _DOI_SAID.finditer(text):
            said = match["doi"].lstrip("[(")
            if _looks_like_doi(said) and not DOI.match(said.split("](")[0]):
                message = f'{shown(said.rstrip(".,;)"))} is no DOI: mend it, a DOI is "10.", 4-9 digits, "/" and a name'
                yield Finding(view.page, line, "R01", message)
        for match in _DOI_LINK.finditer(text):
            words, address = bare_doi(match[1]), bare_doi(match[2].replace("%28", "(").replace("%29", ")"))
            if words != address:
                message = f"the link shows {shown(words)} and leads to {shown(address)}: make them one DOI"
                yield Finding(view.page, line, "R01", message)


def _looks_like_doi(said: str) -> bool:
    return bool(re.match(r"1[0Oo]?[.,]|https?:|1\d+[./]|[lI]0\.", said)) or said.startswith("10")


def uncited_number(view: View) -> Iterator[Finding]:
    """Find a citation by number without an entry of that number."""
    numbers = {entry.number for entry in view.references.entries if entry.number is not None}
    missing: dict[int, list[int]] = {}
    for line, number in _cited_numbers(view):
        if number not in numbers:
            missing.setdefault(number, []).append(line)
    if not numbers and missing:
        line = min(lines[0] for lines in missing.values())
        names = listed([f"[{number}]" for number in sorted(missing)])
        yield Finding(view.page, line, "R04", f"the text cites {names} and there is no numbered reference list: add it")
        return
    for number, lines in missing.items():
        message = f"the text cites [{number}] and the references have no entry {number}: add it or mend the number"
        yield Finding(view.page, lines[0], "R04", message)


def _cited_numbers(view: View) -> Iterator[tuple[int, int]]:
    highest = max((entry.number or 0 for entry in view.references.entries), default=0)
    for line, text in view.raw:
        if line in view.references.lines or "[" not in text:
            continue
        for match in _NUMBERS.finditer(text):
            numbers = list(_spread(match[1] or match[2]))
            lone = len(numbers) == 1 and not re.search(r"[-–,;]", match[0])
            if lone or not (_INTERVAL.search(text[: match.start()]) and max(numbers, default=0) > highest):
                yield from ((line, number) for number in numbers)


def _spread(words: str) -> Iterator[int]:
    """Give the numbers of "1,3-5"."""
    for part in re.split(r"\s*[,;]\s*", words):
        first, _, last = re.sub(r"\s", "", part).replace("–", "-").partition("-")
        yield from range(int(first), int(last or first) + 1) if int(last or first) - int(first) < 100 else (int(first),)


def unknown_footnote(view: View) -> Iterator[Finding]:
    """Find a footnote mark without its footnote, or a footnote that nothing marks."""
    defined: dict[str, int] = {}
    marked: dict[str, int] = {}
    for line, text in ((line, text) for line, text in view.raw if "[^" in text):
        definition = re.match(r"\[\^([^\]\s]+)\]:", text)
        if definition:
            defined.setdefault(definition[1], line)
        for match in _FOOTNOTE.finditer(text, definition.end() if definition else 0):
            marked.setdefault(match[1], line)
    for name, line in marked.items():
        if name not in defined:
            yield Finding(view.page, line, "R07", f'the footnote "[^{name}]" is marked and stands nowhere: add it')
    for name, line in defined.items():
        if name not in marked:
            yield Finding(
                view.page, line, "R07", f'nothing marks the footnote "[^{name}]": mark its place or remove it'
            )


def uncited_author(view: View) -> Iterator[Finding]:
    """Find a citation by author and year without an entry."""
    reported: set[tuple[str, str]] = set()
    for line, text in view.figures:
        if not _CITED_YEAR.search(text):
            continue
        for name, year in _cited_authors(view, _EMPHASIS.sub("", text)):
            if (name, year) not in reported and not _is_entry(view, name, year) and not _own_source(view, line):
                reported.add((name, year))
                years = sorted({y for e in view.references.entries if e.author == name for y in e.years})
                hint = f"; the entry of {name} says {listed(years)}" if years else ""
                message = f"the text cites {shown(f'{name} {year}')} and no entry of the references is it{hint}: add it"
                yield Finding(view.page, line, "R06", message)


def _cited_authors(view: View, text: str) -> Iterator[tuple[str, str]]:
    for match in _ET_AL.finditer(text):
        yield match["name"], match["year"]
    for match in _PLAIN.finditer(text):
        if match["name"].casefold() not in _NOT_NAMES and _is_surname(view, match):
            yield match["name"], match["year"]


def _is_surname(view: View, match: re.Match[str]) -> bool:
    """Tell a surname before a year from an organisation, a journal, a brand, or a word that opens a sentence."""
    name, before, after = match["name"], match["before"].strip(), match["after"]
    if any(entry.author == name for entry in view.references.entries):
        return True
    if re.match(r"[A-Z&]", before) and not before.endswith((".", ":")) and before.casefold() not in _NOT_NAMES:
        return False
    if re.search(r"(?:label|guid|protocol|edition|criteria|version|update|algorithm|recommend|statement)", after or ""):
        return False
    return name.casefold() not in published().names and not view.is_plain_word(name)


def _is_entry(view: View, name: str, year: str) -> bool:
    return any(
        year in entry.years and re.search(rf"\b{re.escape(name)}\b", entry.text) for entry in view.references.entries
    )


def _own_source(view: View, line: int) -> bool:
    """Tell whether the line itself gives the whole reference."""
    text = view.document.lines[line - 1]
    return bool(DOI.search(text) or re.search(r"\bPMID\b|\bPMC\d|https?://|\d{4};\s?\d+", text))


def uncited_entry(view: View) -> Iterator[Finding]:
    """Find an entry of the reference list that nothing cites."""
    entries = view.references.entries
    numbers = {number for _, number in _cited_numbers(view)}
    body = "\n".join(text for line, text in view.raw if line not in view.references.lines)
    addresses = "\n".join(
        text for line, text in enumerate(view.document.lines, start=1) if line not in view.references.lines
    ).lower()
    unused = [entry for entry in entries if not _is_cited(entry, numbers, body, addresses)]
    if entries and len(unused) == len(entries) and view.references.heading:
        message = f"nothing in the text cites any of the {len(entries)} references: put [1] beside what each bears out"
        yield Finding(view.page, view.references.heading, "R05", message)
        return
    for entry in unused:
        yield Finding(
            view.page, entry.line, "R05", f"nothing cites the reference {shown(entry.text)}: cite or remove it"
        )


def _is_cited(entry: Entry, numbers: set[int], body: str, addresses: str) -> bool:
    """Tell whether the text names an entry: by number, DOI, author and year; or by name where numbers are not used."""
    if entry.number in numbers or any(doi in addresses for doi in entry.dois):
        return True
    if entry.author and re.search(rf"\b{re.escape(entry.author)}\b", body):
        return not numbers or any(
            re.search(rf"\b{re.escape(entry.author)}\b.{{0,40}}{year}", body) for year in entry.years
        )
    if numbers or entry.author:
        return False
    named = re.findall(r"\b(?:[A-Z]{3,}[\w-]*|[A-Z][a-z]{4,})\b", entry.text[:80])
    return any(re.search(rf"\b{re.escape(name)}\b", body) for name in named)


def doi_of_two_titles(corpus: Corpus) -> Iterator[Finding]:
    """One DOI under two titles."""
    first: dict[str, tuple[Facts, Entry]] = {}
    for facts, entry in _entries(corpus):
        for doi in entry.dois[:1]:
            other, known = first.setdefault(doi, (facts, entry))
            if not _same_title(known, entry):
                message = (
                    f"the DOI {doi} stands under {shown(entry.title or '', 60)} here and under "
                    f"{shown(known.title or '', 60)} in {other.page}.md:{known.line}: one of the two is wrong"
                )
                yield Finding(facts.page, entry.line, "R02", message)


def _same_title(one: Entry, other: Entry) -> bool:
    """Tell whether two titles are spellings of one, or one of them the other cut short."""
    first, second = _plain(one.title), _plain(other.title)
    words = sorted((set(first.split()), set(second.split())), key=len)
    return words[0] <= words[1] or fuzz.token_sort_ratio(first, second) >= _SAME_TITLE


def title_of_two_dois(corpus: Corpus) -> Iterator[Finding]:
    """One title under two DOIs."""
    first: dict[str, tuple[Facts, Entry]] = {}
    for facts, entry in _entries(corpus):
        if len(entry.dois) != 1:
            continue
        other, known = first.setdefault(_plain(entry.title), (facts, entry))
        if known.dois != entry.dois:
            message = (
                f"the title {shown(entry.title or '', 60)} has the DOI {entry.dois[0]} here and {known.dois[0]} in "
                f"{other.page}.md:{known.line}: one of the two is wrong"
            )
            yield Finding(facts.page, entry.line, "R03", message)


def _entries(corpus: Corpus) -> Iterator[tuple[Facts, Entry]]:
    return ((facts, entry) for facts in corpus.pages for entry in facts.entries if entry.title)


def _plain(title: str | None) -> str:
    return " ".join(tokens(title or ""))
