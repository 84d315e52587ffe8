"""Doses of one drug that a level, an age, a code, a step or another drug tells apart in the same table or sentence."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

NOTES = """# Ward drug notes

## Antifungals

Isavuconazole 200 mg PO daily; 100 mg PO daily with rifabutin.

Latent infection: isoniazid 280 mg PO daily with pyridoxine.

## Vancomycin by level

| Hour | Vancomycin mg/L | Next dose |
|---|---|---|
| 24 | < 8 | 20 mg/kg q12h |
| 24 | 8-14 | 15 mg/kg q12h |
| 48 | 8-14 | 12 mg/kg q12h |

## Intrathecal doses by age

| Age | Cytarabine IT | Thiotepa IT |
|---|---|---|
| < 1 year | 15 mg | 3 mg |
| 1 year | 22 mg | 5 mg |
| 2 years | 28 mg | 7 mg |
| ≥ 3 years | 34 mg | 9 mg |

## Local anaesthesia

Ropivacaine: max 2.5 mg/kg.

## VOD treatment

Defibrotide 5 mg/kg IV q6h. Dose on the weight before conditioning.

## BK virus

Cidofovir 2 mg/kg IV once a week (grade 3-4, load > 10^4 copies/mL).

## Adenovirus

Cidofovir 4 mg/kg IV weekly, with probenecid.

## Immunoglobulin

IVIG 0.3 g/kg IV every 4 weeks.

SCIG is an alternative: 0.1 g/kg SC weekly.

First infusion at 0.5 mL/kg/h, then double every 30 minutes.
"""
LADDER = """# TMA after transplant

## Steps

1. **Start:** eculizumab 900 mg IV weekly
2. **Escalation after 14 days:** eculizumab 1200 mg IV weekly
3. **Last line:** narsoplimab 4 mg/kg IV weekly

## In use

| Name | For | Dose |
|---|---|---|
| TBI-VP | ALL over 4 y | TBI 12 Gy; etoposide 60 mg/kg IV once |
| BEAM | lymphoma | etoposide 200 mg/m2 IV q24h |

## Conditioning by product

| Programme | Fludarabine |
|---|---|
| Autoimmune, QX-7B | 18 mg/m2 IV daily |
| Autoimmune, QX-AL2 (allogeneic) | 22 mg/m2 IV daily |
| B-ALL, children (zetacel) | 27 mg/m2 IV daily |
"""
CARD = """# Electrolyte card

## Potassium high

| Step | Drug | Adults | Children |
|---|---|---|---|
| 1 heart | Calcium chloride 10 % | 8 mL IV over 5 min | 0.15 mL/kg IV over 5 min (max 8 mL) |

## Calcium low

Adults 15 mL calcium chloride 10 % IV over 20 min.
"""
TRIAL = """# Siltuximab

## Place

Siltuximab is the third-line drug for CRS. Licensed for Castleman disease.

## Dose

| Parameter | Value |
|---|---|
| Dose | 9 mg/kg |
| Route | IV |
"""


PREVENTED = """# Tocilizumab

## CRS after the cells
| | |
|---|---|
| Dose | 7 mg/kg IV over 60 min (weight 30 kg or more) |
| Below 30 kg | 10 mg/kg IV |
| Maximum | 640 mg per dose |

## Before bispecific antibodies (prophylaxis)
One dose of 5 mg/kg IV, 2-4 h before the first step-up dose; cap 400 mg.
"""
OF_GRADE = """# Graft versus host disease

## First line
- **Grade II upper gut only**: prednisolone 1 mg/kg PO OD
- **Grade II others**: prednisolone 1.5 mg/kg PO OD
- **Grade III-IV**: methylprednisolone 2 mg/kg IV OD
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(
        tmp_path_factory.mktemp("made"),
        {"notes": NOTES, "ladder": LADDER, "card": CARD, "siltuximab": TRIAL}
        | {"tocilizumab": PREVENTED, "gvhd": OF_GRADE},
    )


def amounts(made: Assistant, question: str) -> list[str]:
    return [str(each.regimen.amount.low) for each in made.ask(question).regimens if each.regimen.amount]


def test_a_dose_in_place_of_another_beside_a_drug_is_for_those_who_take_it(made: Assistant) -> None:
    assert amounts(made, "isavuconazole dose if pt is on rifabutin") == ["100"]
    assert amounts(made, "isavuconazole dose") == ["200"]
    assert "100 mg PO daily with rifabutin" in made.ask("isavuconazole dose").text
    assert not amounts(made, "how much pyridoxine with the isoniazid")  # no dose of it, and none in its place


def test_a_level_under_a_header_with_its_unit_chooses_the_row_of_its_hour(made: Assistant) -> None:
    assert amounts(made, "vanc level 11 at 24 h, next dose?") == ["15"]
    assert amounts(made, "vanc level 11 at 48 h, next dose?") == ["12"]
    assert "15 mg/kg q12h" in made.ask("vanc level 11 at 24 h, next dose?").text


def test_an_age_alone_lasts_to_the_next_birthday(made: Assistant) -> None:
    assert amounts(made, "IT cytarabine dose for a 2 year old") == ["28"]
    assert amounts(made, "thiotepa IT, 18 months old") == ["5"]
    assert amounts(made, "thiotepa IT for a 4 year old") == ["9"]


def test_an_amount_for_a_weight_is_judged_by_a_maximum_that_stands_alone(made: Assistant) -> None:
    within, above = (made.ask(f"is ropivacaine {figure} mg/kg ok").verdict for figure in (2, 3))
    assert within and within[0].result == "within"
    assert above and above[0].result == "exceeds"


@pytest.mark.parametrize("when", ["weight before conditioning", "admission weight", "pre-transplant weight"])
def test_when_a_weight_was_taken_is_nothing_that_a_dose_is_for(made: Assistant, when: str) -> None:
    assert [each[1].low for each in made.ask(f"defibrotide vod, {when} 60 kg. mg per dose?").computed] == [300]


def test_a_dose_not_wholly_understood_stands_beside_that_of_another_section(made: Assistant) -> None:
    assert made.ask("how much cidofovir iv").status == "needs_clarification"
    assert amounts(made, "how much cidofovir iv") == ["2", "4"]


def test_a_label_that_is_a_step_and_no_thing_is_for_what_its_page_is_on(made: Assistant) -> None:
    assert amounts(made, "last line narsoplimab TMA dose") == ["4"]
    assert amounts(made, "eculizumab starting dose TMA") == ["900"]
    assert amounts(made, "eculizumab escalation dose in TMA") == ["1200"]


def test_the_name_of_a_product_tells_its_route_and_how_fast_it_runs_is_no_dose(made: Assistant) -> None:
    assert amounts(made, "ivig dose") == ["0.3"]
    assert amounts(made, "scig dose") == ["0.1"]
    assert amounts(made, "how fast first ivig infusion") == ["0.5"]


def test_a_code_chooses_the_rows_that_name_it(made: Assistant) -> None:
    assert amounts(made, "fludarabine for QX-7B") == ["18"]
    assert amounts(made, "How much fludarabine before QX-AL2 in autoimmune patients?") == ["22"]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how many ml calcium chloride in hyperkalaemia, adult", "8"),
        ("CaCl2 for hyperK, child, ml/kg?", "0.15"),
        ("calcium chloride dose hypocalcaemia", "15"),
    ],
)
def test_a_heading_tells_a_finding_in_either_order_of_its_words(made: Assistant, question: str, figure: str) -> None:
    assert amounts(made, question) == [figure]


def test_an_amount_is_judged_by_the_one_dose_of_a_page_that_gives_it_for_what_is_asked(made: Assistant) -> None:
    verdict = made.ask("is siltuximab 12 mg/kg ok in CRS").verdict
    assert verdict and verdict[0].result == "exceeds"
    assert made.ask("is siltuximab 12 mg/kg ok in pneumonia").status == "not_found"


def test_initials_in_a_label_are_a_thing_and_no_step(made: Assistant) -> None:
    assert amounts(made, "etoposide dose after transplant TMA") != ["60"]


def test_what_prevents_is_never_the_dose_to_treat_whatever_weight_that_is_for(made: Assistant) -> None:
    assert amounts(made, "tocilizumab prophylaxis 90 kg") == ["5"]
    assert amounts(made, "tocilizumab crs 90 kg") == ["7"]


def test_a_grade_that_a_line_opens_with_is_its_own_though_another_line_says_it_too(made: Assistant) -> None:
    assert amounts(made, "prednisolone grade II gvhd 70 kg") == ["1", "1.5"]
    assert not amounts(made, "prednisolone grade III gvhd 70 kg")


def test_a_drug_in_bold_behind_a_list_stands_beside_the_bold_line_above_and_not_under_it(tmp_path: Path) -> None:
    page = (
        "# Fungi\n\n## Treatment\n\n**Anidulafungin**\n\n- 200 mg day 1\n\n**Monitoring:** weekly.\n\n"
        "**Isavuconazole**: 200 mg q8h for 6 doses.\n\n## Prophylaxis\n\n**If no co-trimoxazole**\n\n"
        "1. atovaquone 750 mg BD\n\n**Posaconazole** 300 mg daily.\n\n**If no azole**\n\n**Micafungin** 50 mg daily.\n"
    )
    asked = assistant_over(tmp_path, {"fungi": page})
    assert "Anidulafungin" not in asked.ask("isavuconazole dose").text
    assert "no co-trimoxazole" not in asked.ask("posaconazole dose").text
    assert "If no co-trimoxazole" in asked.ask("atovaquone dose").text
    assert "If no azole" in asked.ask("micafungin dose").text


def test_a_lead_that_speaks_against_another_drug_stays_with_the_dose_behind_it(tmp_path: Path) -> None:
    page = "# Lungs\n\n## Doses\n\n**Not with co-trimoxazole:**\n\nDapsone 100 mg daily.\n"
    assert "Not with co-trimoxazole" in assistant_over(tmp_path, {"lungs": page}).ask("dapsone dose").text


def test_what_changes_a_dose_under_the_nearer_lead_is_of_its_drug_alone(tmp_path: Path) -> None:
    page = (
        "# Fungi\n\n## Treatment\n\n**Anidulafungin**\n\n- 3 mg/kg IV OD\n\n**Voriconazole** (mould)\n\n"
        "- load 6 mg/kg IV\n- oral: 200 mg BD, over 40 kg; 100 mg BD if under 40 kg\n"
    )
    answer = assistant_over(tmp_path, {"fungi": page}).ask("anidulafungin dose 55 kg")
    assert "oral" not in answer.text
    assert [str(each.low) for _, each in answer.computed] == ["165"]


def test_a_drug_in_bold_without_a_dose_takes_no_list_from_the_drug_above(tmp_path: Path) -> None:
    page = (
        "# Urate\n\n## Lysis\n\n**Rasburicase**\n\n- 0.2 mg/kg IV OD\n\n**Allopurinol** is stopped first.\n\n"
        "- G6PD deficiency: 0.1 mg/kg OD\n\n## Moulds\n\n**Anidulafungin**\n\n- 200 mg day 1\n\n"
        "**Isavuconazole** 200 mg daily.\n\n- CrCl < 30: 90 mg daily\n\n**Micafungin**\n\n- 70 mg daily\n"
    )
    asked = assistant_over(tmp_path, {"urate": page})

    def amounts(question: str) -> set[str]:
        return {str(row.regimen.amount.low) for row in asked.ask(question).regimens if row.regimen.amount}

    assert not amounts("allopurinol dose")
    assert "0.2" in amounts("rasburicase dose")
    assert "0.1" in amounts("rasburicase dose g6pd deficiency")
    assert amounts("isavuconazole dose") == {"200"}
    assert amounts("micafungin dose") == {"70"}
    assert "90" not in amounts("anidulafungin dose crcl 20")


AUTO = """# Conditioning: BUXAM Mel Flu

## BUXAM
| Day | Drug | Dose |
|---|---|---|
| -2 | Melphalan | 141 mg/m2 |

## Melphalan (myeloma)
- Melphalan 199 mg/m2 D-1

## Doses
- Melphalan 13 mg/m2 IV before collection
"""
GRAFT = """# GVHD treatment

## Beside the steroid
Aciclovir 810 mg PO BD.
"""
BRAIN = """# Fits

## Afterwards
Aciclovir 11 mg/kg IV TDS till the virus is gone.
"""


def test_a_heading_that_is_just_what_is_asked_goes_before_others_of_its_page(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, {"auto": AUTO}).ask("melphalan dose buxam")
    assert "141 mg/m2" in answer.text
    assert "199 mg/m2" not in answer.text
    assert "13 mg/m2" in answer.text  # below a heading that names nothing it may be for all


def test_the_title_of_a_page_makes_what_is_given_beside_no_treatment(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"graft": GRAFT, "brain": BRAIN})
    answer = asked.ask("aciclovir treatment dose 80 kg")
    assert answer.status == "needs_clarification"
    assert "11 mg/kg" in answer.text
