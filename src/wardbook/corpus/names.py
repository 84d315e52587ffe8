"""Names that pages give to things: titles, aliases, and the acronyms that pages themselves define.

A name belongs to one or more keys; two spellings of one thing share a key, so that "CRS" and "cytokine release
syndrome" are the same to a lookup. An acronym with two expansions keeps a key of its own and joins neither.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from wardbook.corpus.document import Document
from wardbook.kept import OF_BOTH, OF_PARTS
from wardbook.lazy_regex import lazy_regex

_TOKEN = lazy_regex(r"[^\W_]+", re.UNICODE)
_ASCII_TOKEN = lazy_regex(r"[0-9a-z]+")
"""What `_TOKEN` finds in ASCII of small letters, in half the time."""
_SHORT_FORM = lazy_regex(r"\(\s*([A-Za-z][A-Za-z0-9./+-]{1,11})\s*(?:[,;][^()]*)?\)")
_REVERSE = lazy_regex(r"\b([A-Z][A-Za-z0-9/-]{1,9})\s+\(([A-Za-z][^()\n]{5,90})\)")
_ENGLISH = frozenset(
    "a all am an and are arm as at be but by can cat do eye fat for go had has he her him his how ice if in is it its "
    "led lip may me met my no not of off on one or our out own pet ran red sat see set she so tap ten than that the "
    "then they this to top two up us was way we were who why will with you aids care case gold hope kit lab map plan "
    "rest risk star".split()
)
"""Words of everyday English that acronyms look like; such an acronym is only known in capitals."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name on one page."""

    words: str
    """As written."""
    kind: str
    """ "title" | "alias" | "stem" | "acronym"."""
    page: str
    """Page that gives it."""
    stands_for: str = ""
    """For an acronym, its long form; for a title, alias or stem, the page's title."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name in a text."""

    key: str
    """What it stands for: the key shared by all its spellings."""
    words: str
    """As written in the text."""
    begin: int
    """Offset of its first character."""
    end: int
    """Offset behind its last."""
    pages: tuple[str, ...]
    """Pages whose title, alias or file name it is."""


@lru_cache(maxsize=OF_BOTH)
def tokens(text: str) -> tuple[str, ...]:
    """Split into runs of letters and digits, case folded: "IEC-HS" and "iec hs" are alike."""
    if text.isascii():  # the case of ASCII folds letter by letter
        return tuple(_ASCII_TOKEN.findall(text.lower()))
    return tuple(match[0].casefold() for match in _TOKEN.finditer(text))


def long_form(short: str, before: str) -> str | None:
    """Find the long form of an acronym at the end of the words before it (Schwartz and Hearst, PSB 2003)."""
    words = re.findall(r"\S+", before)
    letters = [char for char in short.lower() if char.isalnum()]
    if len(letters) < 2 or 2 * sum(map(str.isupper, short)) < sum(map(str.isalpha, short)):
        return None
    text = " ".join(words[-min(len(letters) + 5, len(letters) * 2) :])
    at = len(text) - 1
    for place in range(len(letters) - 1, -1, -1):
        while at >= 0 and (text[at].lower() != letters[place] or (place == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    found = text[at + 1 :].strip(" ,;:*\"'“”([")
    return found if len(found) > len(short) and len(found.split()) > 1 else None


def acronyms(text: str) -> Iterator[tuple[str, str]]:
    """Give the acronyms that a text defines, as (short, long): "Long Form (LF)" and "LF (long form)"."""
    for match in _SHORT_FORM.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in ".;:\n|()") + 1
        found = long_form(match[1], text[start : match.start()])
        if found:
            yield match[1], found
    for match in _REVERSE.finditer(text):
        if long_form(match[1], match[2]) == match[2].strip() and sum(map(str.isupper, match[1])) > 1:
            yield match[1], match[2].strip()


def _title_parts(title: str) -> tuple[str, ...]:
    """Give the title's main words, and what stands in parentheses where one abbreviates the other."""
    match = re.fullmatch(r"(.+?)\s*\(([^()]+)\)\s*", title)
    if not match:
        return (title,)
    main, other = match[1], match[2]
    if long_form(other, main) or long_form(main, other):
        return (main, other)
    return (main, *(short for short in re.split(r"\s*[/,;]\s*", other) if _of_initials(short, main)))


def _of_initials(short: str, main: str) -> bool:
    """Tell whether a short form is made of initials of a title's words, in any order ("MAS-L")."""
    left = [word[0].upper() for word in tokens(main)]
    capitals = [char for char in short if char.isupper()]
    if len(capitals) < 2 or len(short) > 12 or " " in short:
        return False
    for capital in capitals:
        if capital not in left:
            return False
        left.remove(capital)
    return True


def names_in(document: Document) -> tuple[Name, ...]:
    """Collect the names that one page gives."""
    title = _title_parts(document.title)
    stem = re.sub(r"[-_]+", " ", document.id.rpartition("/")[2])
    found = [Name(part, "title", document.id, title[0]) for part in title]
    if tokens(stem) and document.title_from != "file name" and tokens(stem)[0] not in ("readme", "index"):
        found.append(Name(stem, "stem", document.id, title[0]))
    found += [Name(alias, "alias", document.id, title[0]) for alias in document.metadata.aliases]
    found += [Name(short, "alias", document.id, title[0]) for short in _called(document, title)]
    texts = [
        document.title,
        *(words for section in document.sections for words in _texts(section.path, section.blocks)),
    ]
    for text in texts:
        found += [Name(short, "acronym", document.id, long) for short, long in acronyms(text)]
    return tuple(dict.fromkeys(found))


_CALLED = lazy_regex(
    r"\b(?:(?:also|otherwise|formerly|previously|elsewhere|now|often|sometimes|once) (?:called|known as|named|termed)|"
    r"what (?:the (?:rest of the )?(?:world|others|literature)|others|everyone else|most (?:units|people)|"
    r"(?:the )?older (?:papers|notes|texts)) (?:now )?calls?|(?:older|other) (?:papers|notes|texts|units) call it)\s+"
    r"(?:the |an? )?([A-Z][A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*)"
)
"""What its page says a thing is called otherwise, by letters."""


def _called(document: Document, title: tuple[str, ...]) -> Iterator[str]:
    """Give the letters by which the first words of a page say that what it is on is called otherwise.

    Only in a sentence that names the page's own subject: another thing's other name is none of it.
    """
    names = [tokens(part) for part in title]
    for section in document.sections[:1] if document.sections and not document.sections[0].path else ():
        for text in _texts((), section.blocks):
            for sentence in re.split(r"(?<=[.!?])\s+", text):
                own = tokens(sentence)
                if any(own[at : at + len(name)] == name for name in names for at in range(len(own))):
                    yield from (match[1] for match in _CALLED.finditer(sentence))


def _texts(path: tuple[str, ...], blocks: Iterable[object]) -> Iterator[str]:
    yield from path[-1:]
    for block in blocks:
        kind, text = getattr(block, "kind", ""), getattr(block, "text", "")
        if kind != "code":
            yield text


def _singular(words: tuple[str, ...]) -> tuple[str, ...]:
    last = words[-1]
    return (*words[:-1], last[:-1]) if len(last) > 4 and last.endswith("s") and not last.endswith("ss") else words


_BRITISH = lazy_regex(r"(?<=[^\W\d])(?:ae|oe)(?=[a-z]{3}|a\b)|^(?:ae|oe)(?=[a-z]{4})|(?<=[a-z]{3})our(?=s?$)")


def _american(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give a name as it is spelt in American English ("tumour", "haematology", "oedema")."""
    return tuple(_BRITISH.sub(lambda match: "or" if match[0] == "our" else "e", word) for word in words)


_ON_THING = lazy_regex(
    r"(?P<thing>.+?)[\s:,–-]+(?:agents?|drugs?|medications?|medicines?|management|treatments?|therapy|therapies|protocols?|"
    r"guidelines?|guidance|regimens?|dosing|doses|pathway|policy|overview|summary)",
    re.IGNORECASE,
)


def _thing(name: str) -> str:
    """Give what a page is on that is named after what it holds on it ("Chronic GVHD Agents"); "" for other names."""
    match = _ON_THING.fullmatch(name)
    return match["thing"] if match else ""


class Names:
    """The names of a corpus, merged: which spellings are one thing."""

    def __init__(self, names: Iterable[Name], substances: Mapping[str, str] | None = None) -> None:
        """Take the names of all pages, in page order.

        `substances` maps drug names (case folded) to their generic: an alias that is a drug of its own, as on a page
        about a class of drugs, joins its generic and not the class.
        """
        self._substances = substances or {}
        self._parent: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._pages: dict[tuple[str, ...], dict[str, None]] = {}
        self._shown: dict[tuple[str, ...], str] = {}
        self._capitals: dict[tuple[str, ...], str] = {}
        listed = list(names)
        self._expansions = self._long_forms(listed)
        for name in listed:
            self._add(name)
        self._join_substances()
        self._keys = lru_cache(maxsize=OF_PARTS)(self._keys_in)  # lookups ask for the same rows' words again and again
        self._named: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._sizes: dict[str, int] = {}
        for form in self._parent:
            self._sizes[form[0]] = max(self._sizes.get(form[0], 0), len(form))
        self._members: dict[tuple[str, ...], list[str]] = {}
        for form in self._parent:
            self._members.setdefault(self._root(form), []).append(self._shown[form])

    @staticmethod
    def _long_forms(names: list[Name]) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
        forms: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for name in names:
            if name.kind == "acronym":
                forms.setdefault(_singular(tokens(name.words)), set()).add(_singular(tokens(name.stands_for)))
        return forms

    def _add(self, name: Name) -> None:
        if not tokens(name.words) or not tokens(name.stands_for):
            return
        form, target = _singular(tokens(name.words)), _singular(tokens(name.stands_for))
        for words, shown in ((form, name.words), (target, name.stands_for)):
            self._parent.setdefault(words, words)
            self._shown.setdefault(words, shown)
        if len(form) == 1 and form[0] in _ENGLISH:
            self._capitals[form] = name.words
        if name.kind != "acronym":
            self._pages.setdefault(form, {})[name.page] = None
        if self._same_thing(name, form, target):
            self._parent[self._root(form)] = self._root(target)
        for words in (form, target):
            if (other := _american(words)) not in self._parent:
                self._parent[other] = self._root(words)
                self._shown[other] = " ".join(other)

    def _join_substances(self) -> None:
        """Make the names of one drug one thing, on whichever page each stands (a brand here, the short name there)."""
        first: dict[str, tuple[str, ...]] = {}
        for form in list(self._parent):
            words = " ".join(form)
            drug = self._substances.get(words) or self._substances.get(f"{words}s")  # forms are cut of a plural "s"
            if drug is not None and form not in self._expansions:
                self._parent[self._root(form)] = self._root(first.setdefault(drug, form))

    def _same_thing(self, name: Name, form: tuple[str, ...], target: tuple[str, ...]) -> bool:
        """Tell whether a name and what it stands for are one thing, so that a fact on one is a fact on the other."""
        if name.kind == "acronym":
            return len(self._expansions[form]) == 1
        own = self._substances.get(" ".join(tokens(name.words)))
        if own is not None and own != self._substances.get(" ".join(tokens(name.stands_for))):
            return False
        longs = self._expansions.get(form, {target})
        return name.kind != "alias" or longs <= {target}

    def _root(self, form: tuple[str, ...]) -> tuple[str, ...]:
        while self._parent[form] != form:
            form = self._parent[form]
        return form

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Find the known names in a text, the longest first where they overlap, left to right."""
        found: list[Mention] = []
        matches = list(_TOKEN.finditer(text))
        at = 0
        while at < len(matches):
            size = min(self._most(matches[at][0]), len(matches) - at)
            while size and not (mention := self._mention(text, matches[at : at + size])):
                size -= 1
            if size and mention:
                found.append(mention)
            at += max(size, 1)
        return tuple(found)

    def _most(self, first: str) -> int:
        """Give the most words of a name that begins so; a lone word may be written as a plural."""
        word = (first.casefold(),)
        return max(self._sizes.get(way[0], 0) for way in (word, _singular(word), _american(word)))

    def _mention(self, text: str, run: list[re.Match[str]]) -> Mention | None:
        form = tuple(match[0].casefold() for match in run)
        ways = (form, _singular(form), _american(form), _american(_singular(form)))
        form = next((way for way in ways if way in self._parent), ())
        if not form:
            return None
        begin, end = run[0].start(), run[-1].end()
        words = text[begin:end]
        if form in self._capitals and words != self._capitals[form]:
            return None
        root = self._root(form)
        return Mention(" ".join(root), words, begin, end, self._pages_of(root))

    def _pages_of(self, root: tuple[str, ...]) -> tuple[str, ...]:
        """Give the pages whose title, alias or file name any spelling of a name is."""
        if root not in self._named:
            same = [_singular(tokens(words)) for words in self._members[root]]
            self._named[root] = tuple(dict.fromkeys(page for form in same for page in self._pages.get(form, ())))
        return self._named[root]

    def keys(self, text: str) -> frozenset[str]:
        """Give the keys of all known names in a text, and of those within the name of a page on one of them."""
        return self._keys(text)

    def _keys_in(self, text: str) -> frozenset[str]:
        found = [(mention.key, _thing(mention.words)) for mention in self.mentions(text)]
        within = [self.keys(thing) for _, thing in found if thing]
        return frozenset(key for key, _ in found).union(*within)

    def spellings(self, key: str) -> tuple[str, ...]:
        """Give all spellings that share a key, as pages write them."""
        return tuple(self._members.get(tuple(key.split(" ")), ()))

    def expansions(self, acronym: str) -> tuple[str, ...]:
        """Give the long forms that pages give for an acronym, as they write them."""
        return tuple(sorted(self._shown[form] for form in self._expansions.get(_singular(tokens(acronym)), ())))

    def single_words(self) -> frozenset[str]:
        """Give all names that are one word, case folded."""
        return frozenset(form[0] for form in self._parent if len(form) == 1)
