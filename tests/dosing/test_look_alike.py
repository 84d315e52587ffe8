"""A look-alike drug never stands in: every listed pair, many typing errors, no wrong drug."""

import random
import string

import pytest

from wardbook.dosing.drug import DrugNames, look_alikes
from wardbook.dosing.drug_vocabulary import key, published
from wardbook.dosing.vocabulary import rows

PAIRS = [(row[0], row[1]) for row in rows("look_alike.tsv")]


def names_knowing(*drugs: str) -> DrugNames:
    """Names as a folder gives them whose pages name these drugs."""
    return DrugNames({}, {}, frozenset(drugs))


def misspelt(word: str, edits: int, rng: random.Random) -> str:
    """Give a word with so many typing errors, each of another letter, a lost, doubled or swapped one."""
    letters = list(word)
    for _ in range(edits):
        at = rng.randrange(len(letters))
        kind = rng.choice(("change", "lose", "add", "swap"))
        if kind == "change":
            letters[at] = rng.choice(string.ascii_lowercase)
        elif kind == "lose" and len(letters) > 1:
            del letters[at]
        elif kind == "add":
            letters.insert(at, rng.choice((letters[at], rng.choice(string.ascii_lowercase))))
        elif at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def wrong_picks(tries: int, edits: int, seed: int) -> list[tuple[str, str, str | None]]:
    """Misspell both names of every pair and list where a drug other than the one meant was taken as sure."""
    known = published().names
    rng = random.Random(seed)
    wrong: list[tuple[str, str, str | None]] = []
    for left, right in PAIRS:
        meant_drugs = {known.get(key(name), key(name)) for name in (left, right)}
        names = names_knowing(*meant_drugs)
        for name in (left, right):
            meant = known.get(key(name), key(name))
            for _ in range(tries):
                word = misspelt(name, edits, rng)
                found = names.resolve(word)
                if key(word) not in known and found.drug not in (None, meant):
                    wrong.append((name, word, found.drug))
    return wrong


def test_the_list_is_long_and_symmetric() -> None:
    assert len(PAIRS) >= 150
    assert len({frozenset(pair) for pair in PAIRS}) == len(PAIRS)
    assert all(drug in look_alikes()[other] for drug, others in look_alikes().items() for other in others)


def test_tall_man_letters_spell_the_same_name() -> None:
    for row in rows("look_alike.tsv"):
        name, other, tall, other_tall = (*row, "", "", "")[:4]
        assert tall.lower() in ("", name)
        assert other_tall.lower() in ("", other)


def test_no_listed_pair_is_taken_for_one_another() -> None:
    assert wrong_picks(tries=5, edits=1, seed=1) == []


def test_two_typing_errors_in_one_name_do_not_make_it_another() -> None:
    assert wrong_picks(tries=1, edits=2, seed=2) == []


@pytest.mark.long
def test_no_listed_pair_is_taken_for_one_another_in_many_tries() -> None:
    assert [wrong_picks(30, edits, seed=100 + edits) for edits in (1, 2)] == [[], []]


def test_a_name_of_a_pair_is_itself() -> None:
    known = published().names
    for left, right in PAIRS:
        for name in (left, right):
            if key(name) in known:
                assert names_knowing(left, right).resolve(name).drug == known[key(name)]
