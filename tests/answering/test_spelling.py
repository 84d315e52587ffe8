"""Shorthand written out and typing errors mended, each by its own narrow rule."""

import pytest

from answering.made import DRUGS, NAMES, ask
from wardbook.answering.question_words import written_out
from wardbook.answering.spelling import drug_shorthand, mended, named_as_on_pages, other_spellings, spelled_out


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("pt w/ gr3 ICANS", "patient with grade 3 ICANS"),
        ("ppx b4 tx?", "prophylaxis before treatment?"),
        ("toci c/i, SE, MOA and t1/2", "toci contraindications, side effects, mechanism of action and half-life"),
        ("s/p axi-cel, f/u?", "after axi-cel, follow-up?"),
        ("se", "se"),
        ("definiton and incidnce", "definition and incidence"),
        ("the 2nd dose w/o steroids", "the second dose without steroids"),
        ("px, CI, d/c, MS", "px, CI, d/c, MS"),
        ("dose n timming, igg taget", "dose and timing, igg target"),
        ("how do i garde it", "how do i grade it"),
        ("grace, n = 4, type n", "grace, n = 4, type n"),
    ],
)
def test_words_of_asking_are_written_out(short: str, full: str) -> None:
    assert spelled_out(short) == (full, [])


def test_what_pages_may_write_either_way_is_written_as_they_do_and_shown() -> None:
    held = {"neutropenic", "fever"}
    assert spelled_out("abx for NF", held.__contains__) == ("abx for neutropenic fever", [("NF", "neutropenic fever")])
    assert spelled_out("abx for NF", (held | {"NF"}).__contains__) == ("abx for NF", [])
    assert spelled_out("abx for NF", lambda word: False) == ("abx for NF", [])


def test_plain_words_for_a_finding_are_written_as_the_pages_name_it() -> None:
    held = {"hypokalaemia", "low", "potassium"}
    said = spelled_out("KCl for low potassium", held.__contains__)
    assert said == ("KCl for hypokalaemia", [("low potassium", "hypokalaemia")])
    assert spelled_out("KCl for low potassium", lambda word: False) == ("KCl for low potassium", [])


def test_shorthand_is_listed_once_and_is_no_drug() -> None:
    assert all(words and words == words.strip() for words, _ in written_out().values())
    assert not [short for short in written_out() if DRUGS.canonical(short)]


@pytest.mark.parametrize(
    ("word", "meant"), [("anakinera", "anakinra"), ("tociliz", "tocilizumab"), ("tocilizumba", "tocilizumab")]
)
def test_a_misspelt_drug_is_resolved(word: str, meant: str) -> None:
    found = mended(f"{word} dose", NAMES, DRUGS, frozenset(), lambda _: False, lambda _: None)
    assert (found.drugs, found.understood) == ((meant,), ((word, meant),))


@pytest.mark.parametrize(
    ("word", "begun", "meant", "asked"),
    [
        ("anak", ("anakinra",), ("anakinra",), ()),
        ("levo", ("levofloxacin",), (), ()),  # other drugs in use begin so too
        ("toci", ("tocilizumab", "tocilone"), (), (("tocilizumab", "tocilone"),)),
        ("anak", (), (), ()),  # other words of the pages begin so too
    ],
)
def test_a_clipped_name_is_the_one_drug_that_it_begins_and_is_asked_about_where_several_do(
    word: str, begun: tuple[str, ...], meant: tuple[str, ...], asked: tuple[tuple[str, ...], ...]
) -> None:
    found = mended(f"max of {word}", NAMES, DRUGS, frozenset(), lambda _: False, lambda _: None, lambda _: begun)
    assert found.drugs == meant
    assert found.understood == tuple((word, drug) for drug in meant)
    assert tuple(each.candidates for each in found.doubtful) == asked


def test_half_of_joined_letters_is_no_shorthand_of_a_drug() -> None:
    text = "busulfan dose HCT-CI 5"
    assert drug_shorthand(text, DRUGS) == (text, [])
    assert drug_shorthand("mel dose", DRUGS)[1] == [("mel", "melphalan")]


def test_a_name_without_its_last_letter_is_a_drug_though_pages_share_its_stem() -> None:
    def on_pages(word: str) -> bool:
        return True

    found = mended("tocilizuma dose for imunne fever", NAMES, DRUGS, frozenset(), on_pages, lambda _: None)
    assert found.drugs == ("tocilizumab",)


def test_a_word_that_is_no_drug_is_taken_for_one_of_the_pages() -> None:
    found = mended("confusoin", NAMES, DRUGS, frozenset(), lambda _: False, {"confusoin": "confusion"}.get)
    assert found.understood == (("confusoin", "confusion"),)
    assert not found.drugs


def test_a_drug_by_a_name_that_no_page_has_is_named_as_the_pages_do() -> None:
    pages = {"tocilizumab", "anakinra"}
    assert named_as_on_pages("Actemra, then Kineret", DRUGS, pages.__contains__) == "tocilizumab, then anakinra"
    assert named_as_on_pages("Actemra", DRUGS, (pages | {"Actemra"}).__contains__) == "Actemra"
    assert named_as_on_pages("aspirin", DRUGS, pages.__contains__) == "aspirin"


def test_which_of_two_routes_names_none() -> None:
    assert ask("anakinra IV or SC?").route is None
    assert ask("anakinra IV").route == "IV"


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("oedema", "edema"),
        ("haemorrhage", "hemorrhage"),
        ("necrotizing", "necrotising"),
        ("tumor", "tumour"),
        ("oesophageal", "esophageal"),
        ("hypoglycemia", "hypoglycaemia"),
    ],
)
def test_a_word_as_the_other_side_writes_it(written: str, other: str) -> None:
    assert other in other_spellings(written)


def test_a_liver_score_is_no_child() -> None:
    found = ask("tocilizumab dose in child pugh B")
    assert (found.text, found.population) == ("tocilizumab dose in Child-Pugh B", None)
    assert ask("tocilizumab dose in a child").population == "child"


def test_how_often_to_test_is_not_how_often_to_give() -> None:
    assert "interval" not in ask("what labs with tocilizumab and how often").kinds
    assert "interval" in ask("how often is tocilizumab given").kinds
    assert "interval" in ask("tocilizumab dose, how often, and what labs").kinds


def test_a_class_in_figures_is_read_as_the_roman_one_of_the_pages() -> None:
    assert spelled_out("forrest 2b", lambda word: word == "IIb") == ("forrest IIb", [("2b", "IIb")])
    assert spelled_out("forrest 2b", lambda word: False) == ("forrest 2b", [])


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("fever after d14", "fever after day 14"),
        ("platelets d+28", "platelets day +28"),
        ("at d90", "at day 90"),
        ("give d10", "give d10"),
        ("after d10 bolus", "after d10 bolus"),
        ("vit d3 level", "vit d3 level"),
    ],
)
def test_a_day_is_written_out_and_a_sugar_is_no_day(short: str, full: str) -> None:
    assert spelled_out(short)[0] == full


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a seven year old", "a 7 year old"),
        ("weighs sixty-two kilos", "weighs 62 kilos"),
        ("weighs twenty two kilos", "weighs 22 kilos"),
        ("a man of one hundred and five kg", "a man of 105 kg"),
        ("weighs a hundred kilos", "weighs 100 kilos"),
        ("weighs twenty two point five kilos", "weighs 22.5 kilos"),
        ("seventy to eighty kilos", "70 to 80 kilos"),
        ("grade two twenty two kilos", "grade two twenty two kilos"),
        ("one or two months later", "one or two months later"),
        ("twelve-month-old", "12-month-old"),
        ("for two days", "for two days"),
        ("two years ago", "two years ago"),
    ],
)
def test_an_age_or_weight_in_words_is_read_as_its_figure(written: str, read: str) -> None:
    assert spelled_out(written)[0] == read


def test_a_class_of_the_liver_by_its_first_name_is_written_out() -> None:
    assert spelled_out("x dose Child C")[0] == "x dose Child-Pugh C"
    assert spelled_out("x dose for a child c. diff")[0] == "x dose for a child c. diff"
    assert spelled_out("x dose for the child a fever")[0] == "x dose for the child a fever"
