"""Drug names: in text, exactly, and by the narrow rule for typing errors."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import DrugNames, drug_names, edits_allowed
from wardbook.dosing.drug_vocabulary import published

EMPTY = DrugNames({}, {}, frozenset())


def names_of(**pages: str) -> DrugNames:
    """Names of pages given as id (with `__` for `/` and `_` for `-`) and Markdown."""
    return drug_names(
        read_document(text.encode(), page.replace("__", "/").replace("_", "-")) for page, text in pages.items()
    )


def found(text: str, names: DrugNames = EMPTY) -> list[tuple[str, str]]:
    return [(mention.drug, mention.words) for mention in names.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Give tocilizumab 8 mg/kg", [("tocilizumab", "tocilizumab")]),
        ("see [[mitigations/tocilizumab]]", [("tocilizumab", "tocilizumab")]),
        ("TOCILIZUMAB, then Actemra", [("tocilizumab", "TOCILIZUMAB"), ("tocilizumab", "Actemra")]),
        ("tocilizumab's effect", [("tocilizumab", "tocilizumab")]),
        ("both heparins", [("heparin", "heparins")]),
        ("hydrALAZINE or hydrOXYzine", [("hydralazine", "hydrALAZINE"), ("hydroxyzine", "hydrOXYzine")]),
        ("liposomal amphotericin B 3 mg/kg", [("liposomal amphotericin b", "liposomal amphotericin B")]),
        ("amphotericin B", [("amphotericin b", "amphotericin B")]),
        ("pip-tazo 4.5 g", [("piperacillin-tazobactam", "pip-tazo")]),
        ("Trimethoprim / sulfamethoxazole", [("trimethoprim-sulfamethoxazole", "Trimethoprim / sulfamethoxazole")]),
        ("Solu-Medrol 1 g", [("methylprednisolone", "Solu-Medrol")]),
        ("axi-cel and tisa‑cel", [("axicabtagene ciloleucel", "axi-cel"), ("tisagenlecleucel", "tisa‑cel")]),
        ("Flu/Cy", [("fludarabine", "Flu"), ("cyclophosphamide", "Cy")]),
        ("Flu 30 mg/m2", [("fludarabine", "Flu")]),
        ("toci 18kg child crs", [("tocilizumab", "toci")]),
        ("flu vaccine in autumn", [("influenza vaccine", "flu vaccine")]),
        ("a flu season", []),
        ("antibiotics and steroids", []),
        ("the reprednisoned word", []),
        ("prednisone/prednisolone", [("prednisone", "prednisone"), ("prednisolone", "prednisolone")]),
    ],
)
def test_drugs_are_found_in_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_offsets_are_those_of_the_text() -> None:
    text = "Give **toci** or Kineret®, not IVIG."
    assert [text[m.begin : m.end] for m in EMPTY.find(text)] == [m.words for m in EMPTY.find(text)]
    assert [m.words for m in EMPTY.find(text)] == ["toci", "Kineret", "IVIG"]


@pytest.mark.parametrize(
    ("title", "drug"),
    [
        ("Anakinra (IL-1 Receptor Antagonist)", "anakinra"),
        ("Tocilizumab", "tocilizumab"),
        ("Kineret (anakinra)", "anakinra"),
        ("G-CSF (Filgrastim)", "filgrastim"),
        ("Vancomycin Dosing", "vancomycin"),
        ("IV Vancomycin: Dosing and Monitoring", "vancomycin"),
        ("Tocilizumab for CRS", "tocilizumab"),
        ("Corticosteroids", None),
        ("Corticosteroids (Dexamethasone, Methylprednisolone)", None),
        ("Cytokine Release Syndrome (CRS)", None),
        ("Acetaminophen Overdose", None),
        ("Heparin-Induced Thrombocytopenia", None),
        ("Vancomycin-Resistant Enterococcus", None),
        ("Digoxin Toxicity", None),
        ("Lithium and Valproate", None),
    ],
)
def test_a_page_is_about_a_drug_only_if_its_title_says_so(title: str, drug: str | None) -> None:
    names = names_of(page=f"# {title}\n\n## Dosing\n\nSome words.\n")
    assert names.page_drug.get("page") == drug


def test_a_new_drug_is_known_from_its_page() -> None:
    text = "# Zelvotide (GLP-9 Agonist)\n\nZelvotide (Brandiva) is a synthetic GLP-9 agonist.\n"
    names = names_of(drugs__zelvotide=text)
    assert names.page_drug == {"drugs/zelvotide": "zelvotide"}
    assert found("Brandiva 5 mg, [[drugs/zelvotide]]", names) == [("zelvotide", "Brandiva"), ("zelvotide", "zelvotide")]


def test_a_new_drug_is_known_by_the_end_of_its_name() -> None:
    names = names_of(page="# Fever\n\n- Consider qanolimab 4 mg/kg IV once.\n")
    assert found("qanolimab", names) == [("qanolimab", "qanolimab")]
    assert found("qanolimab") == []


def test_a_new_drug_is_known_from_a_drug_column_and_a_class_there_is_none() -> None:
    table = "| Drug | Dose |\n|---|---|\n| Zorbinate | 5 mg |\n| Corticosteroids | 1 mg/kg |\n| None | - |\n"
    names = names_of(page=f"# Sepsis\n\n## Doses\n\n{table}")
    assert found("Zorbinate, corticosteroids, none", names) == [("zorbinate", "Zorbinate")]


def test_brand_and_generic_in_one_cell_are_one_drug() -> None:
    table = "| Agent | Dose |\n|---|---|\n| Tocilizumab (Tocibrand) | 8 mg/kg |\n| Anabrand (anakinra) | 100 mg |\n"
    names = names_of(page=f"# Storm\n\n## Doses\n\n{table}")
    assert names.canonical("tocibrand") == "tocilizumab"
    assert names.canonical("Anabrand") == "anakinra"


def test_an_alias_of_the_front_matter_names_the_drug_and_a_class_word_does_not() -> None:
    names = names_of(page="---\naliases: [Kinny, IL-1 blocker, prednisone]\n---\n# Anakinra\n\nWords.\n")
    assert names.canonical("kinny") == "anakinra"
    assert names.canonical("IL-1 blocker") is None
    assert names.canonical("prednisone") == "prednisone"


def test_an_alias_that_two_pages_claim_belongs_to_neither() -> None:
    front = "---\naliases: [Wonderdrug]\n---\n"
    names = names_of(a=f"{front}# Anakinra\n", b=f"{front}# Tocilizumab\n")
    assert names.canonical("wonderdrug") is None


def test_the_order_of_pages_does_not_matter() -> None:
    pages = {
        "a": "# Anakinra (Kineret)\n\nWords on zelvotamab.\n",
        "b": "# Zelvotamab\n\nZelvotamab (Zelbra) is a monoclonal antibody.\n",
        "c": "# Doses\n\n| Drug | Dose |\n|---|---|\n| Zelbra | 5 mg |\n| Flimzo | 2 mg |\n",
    }
    listed = list(pages.items())
    first = names_of(**dict(listed))
    for seed in range(5):
        random.Random(seed).shuffle(listed)
        assert names_of(**dict(listed)) == first


def test_a_shorthand_shared_by_drugs_stands_for_the_one_that_the_pages_name() -> None:
    assert EMPTY.canonical("pred") is None
    assert EMPTY.resolve("pred").candidates == ("prednisone", "prednisolone")
    names = names_of(page="# Steroids\n\n- prednisone 1 mg/kg\n")
    assert names.canonical("pred") == "prednisone"


@pytest.mark.parametrize(
    ("word", "one", "other"),
    [
        ("ciclo", "cyclosporine", "cyclophosphamide"),
        ("romi", "romiplostim", "romidepsin"),
        ("spiro", "spironolactone", "spiramycin"),
    ],
)
def test_a_shorthand_of_two_drugs_is_none_where_no_page_names_one(word: str, one: str, other: str) -> None:
    assert EMPTY.canonical(word) is None
    assert names_of(page=f"# Round\n\n- {one} 1 mg/kg\n").canonical(word) == one
    assert names_of(page=f"# Round\n\n- {other} 1 mg/kg\n").canonical(word) == other
    assert names_of(page=f"# Round\n\n- {one} 1 mg/kg\n- {other} 1 mg/kg\n").canonical(word) is None


@pytest.mark.parametrize(
    ("word", "drug"),
    [
        ("tociluzumab", "tocilizumab"),
        ("anakira", "anakinra"),
        ("vancomicin", "vancomycin"),
        ("methylpredisolone", "methylprednisolone"),
        ("dexametasone", "dexamethasone"),
        ("kinerett", "anakinra"),
    ],
)
def test_a_typing_error_is_understood_and_marked(word: str, drug: str) -> None:
    resolution = EMPTY.resolve(word)
    assert (resolution.drug, resolution.how) == (drug, "near")
    assert resolution.name is not None


@pytest.mark.parametrize("word", ["fever", "protein", "doses", "severe", "infusion", "toc", "", "12345", "steroids"])
def test_an_ordinary_word_is_no_misspelt_drug(word: str) -> None:
    resolution = EMPTY.resolve(word)
    assert (resolution.drug, resolution.how, resolution.candidates) == (None, "unknown", ())


def test_a_word_that_is_another_drug_is_that_drug() -> None:
    names = names_of(page="# Prednisone\n\nWords.\n")
    assert names.resolve("prednisolone").drug == "prednisolone"
    assert names.resolve("amfenac").drug == "amfenac"


def test_a_farther_drug_with_another_first_letter_is_not_meant() -> None:
    names = names_of(page="# Levetiracetam (Keppra)\n\nNot with co-trimoxazole (Septra).\n")
    assert names.resolve("kepra").drug == "levetiracetam"
    assert EMPTY.resolve("zofrn").candidates  # "zosyn" begins alike


def test_a_word_as_near_to_two_drugs_is_asked_about() -> None:
    resolution = EMPTY.resolve("cefazidime")
    assert resolution.drug is None or resolution.drug == "ceftazidime"
    doubtful = EMPTY.resolve("vinclastine")
    assert doubtful.drug is None
    assert set(doubtful.candidates) <= {"vinblastine", "vincristine"}


def test_a_word_of_the_pages_is_no_misspelt_drug() -> None:
    names = names_of(page="# Zelvotamib\n\nZelvotamib is an inhibitor. The Zelvotamin scale is something else.\n")
    assert names.resolve("zelvotamin").drug is None
    assert names.resolve("zelvotamob").drug == "zelvotamib"


@given(
    st.sampled_from(sorted(published().common)), st.sampled_from(["{}", "Give {} now", "({})", "[[x/{}]]", "**{}**"])
)
def test_every_drug_of_the_vocabulary_is_found_whole(drug: str, frame: str) -> None:
    assert [mention.drug for mention in EMPTY.find(frame.format(drug))] == [drug]


@given(st.text(max_size=60))
def test_any_text_is_searched_and_spans_never_overlap(text: str) -> None:
    ends = 0
    for mention in EMPTY.find(text):
        assert mention.begin >= ends
        assert text[mention.begin : mention.end] == mention.words
        ends = mention.end


def test_most_single_typing_errors_of_common_names_are_understood() -> None:
    rng = random.Random(7)
    long_names = [name for name in sorted(published().common) if re.fullmatch("[a-z]{9,}", name)]
    right = wrong = 0
    for name in rng.sample(long_names, 200):
        at = rng.randrange(1, len(name) - 1)
        word = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        drug = EMPTY.resolve(word).drug
        right += drug == name
        wrong += drug not in (name, None)
    assert wrong == 0
    assert right >= 170


def test_edits_allowed_follow_the_length() -> None:
    assert [edits_allowed("a" * length) for length in (4, 5, 7, 8, 20)] == [0, 1, 1, 2, 2]


def test_a_drug_is_called_as_the_pages_call_it() -> None:
    british = names_of(page="# Aciclovir\n\nAciclovir (Zovirax) and salbutamol.\n")
    assert british.page_drug == {"page": "aciclovir"}
    assert [british.canonical(name) for name in ("acyclovir", "Zovirax", "aciclovir")] == ["aciclovir"] * 3
    assert found("Zovirax, albuterol", british) == [("aciclovir", "Zovirax"), ("salbutamol", "albuterol")]
    assert british.resolve("acyclovr").drug == "aciclovir"
    assert names_of(page="# Acyclovir\n\nAciclovir.\n").canonical("aciclovir") == "acyclovir"


def test_a_drug_called_otherwise_keeps_its_look_alikes() -> None:
    british = names_of(page="# Ciclosporin\n\nCiclosporin and cycloserine.\n")
    assert british.canonical("cyclosporine") == "ciclosporin"
    assert british.resolve("cyclosorine").drug != "cycloserine"


def test_the_brand_of_a_product_of_two_drugs_is_neither_of_them() -> None:
    names = names_of(page="# Diabetes\n\nGlipizide and metformin (Metabrand) is taken twice daily.\n")
    assert names.canonical("metabrand") is None


def test_a_disease_is_no_drug_though_its_page_speaks_of_drugs() -> None:
    names = names_of(page="# Melanosis\n\nMelanosis is a disease for which an antibody drug is used.\n")
    assert names.page_drug == {}


def test_products_of_one_class_that_are_not_interchangeable_are_drugs_of_their_own() -> None:
    names = names_of(page="# GVHD\n\nAtgam, Thymoglobulin and Grafalon.\n")
    products = {names.canonical(name) for name in ("Atgam", "Thymoglobulin", "Grafalon", "ATG")}
    assert len(products) == 4
    assert names.canonical("ATLG") == names.canonical("Grafalon") == "anti-t-lymphocyte globulin"


def test_one_letter_off_a_long_name_of_the_pages_is_that_name_beside_a_drug_that_no_page_has() -> None:
    document = read_document(b"# Clots\n\nEnoxaparin 40 mg SC daily.\n", "clots")
    found = drug_names([document]).resolve("enoxparin")
    assert (found.drug, found.how) == ("enoxaparin", "near")
    both = read_document(b"# Both\n\nEnoxaparin 40 mg SC daily.\n\nEnoxacin 400 mg PO BD.\n", "both")
    assert drug_names([both]).resolve("enoxparin").how == "unsure"
