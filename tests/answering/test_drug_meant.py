"""Shorthand of several drugs, and salts, told by what the pages give."""

from answering.made import names_of, read
from wardbook.answering.drug_meant import by_use, without_salt
from wardbook.answering.question import understand
from wardbook.dosing.reading import read_regimens

PAGES = {
    "croup": "# Croup\n\n| Drug | Dose |\n|---|---|\n| Dexamethasone | 0.6 mg/kg PO once |\n",
    "sedation": "# Sedation\n\n| Drug | Dose |\n|---|---|\n| Dexmedetomidine | 0.2 mcg/kg/h IV |\n",
    "confusion": "# Confusion\n\n## Steroid\n\n| For | Drug | Dose |\n|---|---|---|\n"
    "| Confusion | Dexamethasone | 8 mg IV |\n\n"
    "## Agitation\n\nDexmedetomidine 0.3 mcg/kg/h IV.\n",
    "graft": "# Graft\n\nMycophenolate mofetil (MMF) comes last.\n\n## Mycophenolate\n\n"
    "| Drug | Dose |\n|---|---|\n| Mycophenolate | 15 mg/kg PO twice daily |\n",
    "salts": "# Salts\n\n| Drug | Dose |\n|---|---|\n| Potassium phosphate | 15 mmol IV once |"
    "\n| Potassium chloride | 20 mmol IV |\n",
}
NAMES, DRUGS = names_of(PAGES)
REGIMENS = tuple(regimen for page in read(PAGES) for regimen in read_regimens(page, DRUGS))


def test_the_use_tells_which_drug_a_shorthand_is() -> None:
    croup, sedation, neither = (
        understand(text, NAMES, DRUGS) for text in ("dex dose croup", "dex rate for sedation", "dex dose")
    )
    assert by_use(croup, REGIMENS, DRUGS, NAMES) == ("dex", "dexamethasone")
    assert by_use(sedation, REGIMENS, DRUGS, NAMES) == ("dex", "dexmedetomidine")
    assert by_use(neither, REGIMENS, DRUGS, NAMES) is None
    assert by_use(understand("dexamethasone dose croup", NAMES, DRUGS), REGIMENS, DRUGS, NAMES) is None

    beside = understand("dex dose for croup with mycophenolate", NAMES, DRUGS)
    assert by_use(beside, REGIMENS, DRUGS, NAMES) == ("dex", "dexamethasone")


def test_the_drug_labelled_with_the_use_goes_before_one_that_only_stands_on_its_page() -> None:
    labelled, both = (understand(text, NAMES, DRUGS) for text in ("dex for confusion", "dex, confusion and agitation"))
    assert by_use(labelled, REGIMENS, DRUGS, NAMES) == ("dex", "dexamethasone")
    assert by_use(both, REGIMENS, DRUGS, NAMES) is None


def test_a_salt_is_the_drug_that_the_pages_dose_without_it() -> None:
    found = without_salt(understand("MMF dose", NAMES, DRUGS), DRUGS, REGIMENS)
    assert found == ("MMF", "mycophenolate")


def test_a_salt_of_an_element_is_a_drug_of_its_own() -> None:
    assert without_salt(understand("potassium chloride dose", NAMES, DRUGS), DRUGS, REGIMENS) is None
