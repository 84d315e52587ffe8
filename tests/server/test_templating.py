"""Words of pages put into the pages of the service."""

from wardbook.server.templating import with_dose

ROW = "FDA label 8 mg/kg, maximum 800 mg per dose 12 mg/kg 8 hours [13]"


def test_the_cell_of_the_dose_stands_out_from_its_row() -> None:
    assert with_dose(ROW, "12 mg/kg") == ROW.replace("12 mg/kg", "<strong>12 mg/kg</strong>")


def test_a_cell_that_stands_twice_or_alone_or_not_at_all_is_not_marked() -> None:
    for words, cell in (("5 mg once, 5 mg later", "5 mg"), ("5 mg", "5 mg"), ("5 mg", "6 mg")):
        assert with_dose(words, cell) == words


def test_words_of_pages_stay_words() -> None:
    assert with_dose("age <5 & >2: 5 mg", "5 mg") == "age &lt;5 &amp; &gt;2: <strong>5 mg</strong>"
