"""What all patients of the pages have had: a question asks the same without it."""

from pathlib import Path

from real_index import assistant_over
from wardbook.answering.setting_told import names_procedure, without_setting
from wardbook.answering.terms import Term


def _term(words: str, weight: float, name: bool = False) -> Term:
    return Term(words, (tuple(words.lower().replace("-", " ").split()),), weight, True, name)


def test_a_procedure_of_most_pages_is_left_out() -> None:
    terms = (_term("car t", 2.0, True), _term("driving", 4.8), _term("after", 1.5))
    assert without_setting("how long no driving after car t", terms) == "how long no driving"


def test_a_procedure_of_few_pages_stays() -> None:
    terms = (_term("car t", 3.5, True), _term("driving", 4.8))
    assert without_setting("how long no driving after car t", terms) is None


def test_a_procedure_that_no_page_is_on_is_left_out_where_it_is_common() -> None:
    assert without_setting("gel dose after car t", (_term("car t", 2.5), _term("gel", 4.0))) == "gel dose"
    assert without_setting("gel dose after car t", (_term("car t", 3.5), _term("gel", 4.0))) is None
    assert without_setting("girth post cart", (_term("cart", 0.8), _term("girth", 4.0), _term("post", 1.7))) == "girth"


def test_what_is_asked_of_the_procedure_or_of_a_drug_stays() -> None:
    assert without_setting("what happens after car t", (_term("car t", 2.0, True), _term("happens", 0.1))) is None
    assert without_setting("CRP after larimab", (_term("larimab", 2.0, True), _term("crp", 3.0))) is None
    assert without_setting("when is car t given", (_term("car t", 2.0, True), _term("given", 3.0))) is None


def test_words_that_name_a_procedure() -> None:
    assert names_procedure("prophylaxis after stem cell transplant")
    assert names_procedure("allo HSCT")
    assert not names_procedure("prophylaxis, weight 30 kg or more")


UNIT = {
    "products": "# CAR-T products\n\n## Clinic\nTwice a week after CAR-T.\n\n## Before\nCAR-T cells are thawed.\n",
    "rust": "# Rust after CAR-T\n\n## Signs\nRust after CAR-T is brown.\n\n## Course\nCAR-T patients shed it.\n",
    "sailing": "# Sailing\n\n## Boats\nNo sailing for 5 weeks once the cells are in.\n\n## Swimming\nNot in the sea.\n",
}


def test_a_line_need_not_name_what_all_patients_have_had(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, UNIT).ask
    found = ask("how long no sailing after CAR-T")
    assert "5 weeks" in found.text
    assert found.standalone_question == "how long no sailing after CAR-T"
    assert ask("how long no flying after CAR-T").status == "not_found"
