"""Who has a disease asks for what treats it: a dose that prevents it is no answer, and no verdict rests on it."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

CLOTS = """# Blood thinners on the unit

## Dalteparin treatment dose by platelets

| Platelets | Dalteparin | Check |
|---|---|---|
| >= 50 | 210 units/kg SC daily | anti-Xa |
| 25-49 | 110 units/kg SC daily | daily count |
| < 25 | hold; no dalteparin | restart at 30 |

## Prophylaxis

Dalteparin 5,100 units SC daily if platelets > 35.
- < 45 kg: 2,600 units SC daily
"""
TINZA = """# Tinzaparin

## To prevent clots

Tinzaparin 3,600 units SC daily from admission until discharge. Stop at platelets < 30.
"""
FONDA = """# Anticoagulants

## Prophylaxis

Fondaparinux for prophylaxis, platelets > 40:

| Weight | Dose SC OD |
|---|---|
| < 50 kg | 1.6 mg |
| >= 50 kg | 2.6 mg |

## Treatment of VTE

### Fondaparinux
7.7 mg SC once daily.
"""
LYSIS = """# Tumour lysis

## Prophylaxis

**Low**
: allopurinol 310 mg OD

**High**
: rasburicase 3.1 mg IV once, 4 h before chemo

## Treating it

1. Urate: rasburicase 0.21 mg/kg OD (max 5 days)
2. Bloods 6-hourly
"""
URATE = """# Urate

## Prevention of tumour lysis syndrome

Febuxostat 121 mg PO OD from two days before chemo for 8 days.
"""
VIRUSES = """# Viruses

## Doses

| Drug | Prophylaxis dose | Kidney |
|---|---|---|
| Valaciclovir | 510 mg PO BD | CrCl < 10: 260 mg BD |
| Aciclovir | 410 mg PO BD | CrCl < 10: 210 mg BD |
"""
KIDNEYS = """# Antimicrobials in bad kidneys

| Drug | CrCl > 50 | CrCl 10-49 | CrCl < 10 / HD |
|---|---|---|---|
| Aciclovir IV (treatment) | 11 mg/kg q8h | 11 mg/kg q12h | 5.5 mg/kg q24h |
| Colistin | 3 MU q8h | 2 MU q8h | 1 MU q12h |
"""
FITS = """# Fits

## Prevention in ICANS

Levetiracetam 760 mg PO/IV BD from day 0 to day 30.

## Prophylaxis with busulfan

Phenytoin 310 mg PO OD.

## Status epilepticus

Phenytoin 21 mg/kg IV over 30 min.
"""
MOULDS = """# Moulds

## Prophylaxis

| Patients | Drug | Dose |
|---|---|---|
| GVHD on steroids | Posaconazole | 310 mg PO OD |
"""
CMV = """# CMV

## Prophylaxis

Letermovir 481 mg PO OD from day 7.

## Pre-emptive (viraemia)

Valganciclovir 901 mg PO BD when PCR > 1,000 twice.
"""
GOUT = """# Allopurinol

Allopurinol 301 mg PO OD to prevent tumour lysis, start 24 h before. CrCl < 20: 101 mg.
"""
VOD = """# VOD prophylaxis

Ursodiol 302 mg PO BD from conditioning to day 80.
"""
FLIGHTS = """# Parnaparin

## Line clots

6,401 units SC OD for 3 months.

## Flights

Parnaparin 3,201 units SC OD to prevent clots.
"""
BLEEDING = """# Bleeding

Tranexamic acid 1.1 g PO TDS to prevent bleeding with platelets < 10.
"""
TOXO = """# Toxoplasma

## Prophylaxis

Pyrimethamine 26 mg PO weekly.

## Treatment

Pyrimethamine 76 mg PO OD for 6 weeks.
"""
MUCOSITIS = """# Mucositis

- Palifermin 61 mcg/kg IV daily before conditioning, as prevention in TBI
"""
PAGES = {
    "Flights": FLIGHTS,
    "Bleeding": BLEEDING,
    "Toxo": TOXO,
    "Mucositis": MUCOSITIS,
    "CMV": CMV,
    "Gout": GOUT,
    "VOD": VOD,
    "Clots": CLOTS,
    "Tinzaparin": TINZA,
    "Anticoagulants": FONDA,
    "Lysis": LYSIS,
    "Urate": URATE,
    "Viruses": VIRUSES,
    "Kidneys": KIDNEYS,
    "Fits": FITS,
    "Moulds": MOULDS,
}


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("ward"), PAGES)


@pytest.mark.parametrize(
    ("question", "preventing"),
    [
        ("dalteparin for PE platelets 40", "5,100"),
        ("dalteparin platelets 40 pe 5 days ago", "5,100"),
        ("how much dalteparin for a man with a proximal DVT, platelets 60", "5,100"),
        ("tinzaparin dose pe", "3,600"),
        ("tinzaparin confirmed clot what dose", "3,600"),
        ("tinzaparin treatment dose", "3,600"),
        ("fondaparinux pe 80 kg", "2.6"),
        ("rasburicase established tls 70 kg", "3.1"),
        ("rasburicase clinical tumour lysis dose", "3.1"),
        ("febuxostat dose for active tumour lysis", "121"),
        ("valaciclovir treatment dose crcl 8", "260"),
        ("aciclovir treatment crcl 8 60 kg", "210"),
        ("aciclovir iv crcl 8 60 kg", "210"),
        ("levetiracetam seizing now dose", "760"),
        ("phenytoin dose in status", "310"),
        ("letermovir cmv disease dose", "481"),
        ("letermovir cmv viraemia dose", "481"),
        ("allopurinol has tumour lysis crcl 15", "101"),
        ("ursodiol established vod", "302"),
        ("parnaparin dvt", "3,201"),
        ("tranexamic acid active bleeding platelets 5", "1.1"),
        ("pyrimethamine confirmed toxoplasmosis", "26 mg"),
        ("palifermin established mucositis 70 kg", "61"),
    ],
)
def test_what_prevents_is_not_given_for_who_has_it(ward: Assistant, question: str, preventing: str) -> None:
    assert preventing not in ward.ask(question).text


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("dalteparin for PE platelets 40", "110 units/kg"),
        ("fondaparinux pe 80 kg", "7.7 mg"),
        ("aciclovir treatment crcl 8 60 kg", "5.5 mg/kg"),
        ("aciclovir iv treatment on dialysis 60 kg", "5.5 mg/kg"),
        ("phenytoin seizing dose", "21 mg/kg"),
    ],
)
def test_what_treats_is_given(ward: Assistant, question: str, dose: str) -> None:
    answer = ward.ask(question)
    assert answer.status in ("answered", "needs_clarification")
    assert dose in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "dalteparin 5100 units ok pe yesterday platelets 40?",
        "tinzaparin 3600 units ok for dvt",
        "tinzaparin 5000 units ok for a clot",
        "rasburicase 3.1 mg ok in established tls",
        "febuxostat 200 mg ok for active tumour lysis",
        "levetiracetam 760 mg ok, seizing",
        "allopurinol 301 mg ok in established tumour lysis",
        "tranexamic acid 1.1 g tds ok to stop bleeding",
        "palifermin 61 mcg/kg ok for established mucositis",
    ],
)
def test_no_verdict_rests_on_what_prevents(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    verdict = answer.verdict[0].result if answer.verdict else None
    assert verdict not in ("within", "exceeds", "below"), answer.text


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("dalteparin prophylaxis platelets 40 dose", "5,100"),
        ("tinzaparin dose", "3,600"),
        ("tinzaparin prophylaxis dose", "3,600"),
        ("rasburicase tls prophylaxis dose", "3.1"),
        ("rasburicase high risk tls", "3.1"),
        ("febuxostat tumour lysis dose", "121"),
        ("valaciclovir prophylaxis crcl 8", "260"),
        ("levetiracetam dose to prevent icans", "760"),
        ("posaconazole dose active GVHD on steroids", "310"),
        ("valganciclovir cmv viraemia dose", "901"),
        ("letermovir prophylaxis", "481"),
        ("ursodiol vod prophylaxis dose", "302"),
        ("tranexamic acid dose platelets 5", "1.1"),
        ("palifermin dose in tbi", "61"),
    ],
)
def test_what_prevents_answers_who_asks_for_it(ward: Assistant, question: str, dose: str) -> None:
    assert dose in ward.ask(question).text


def test_a_verdict_on_prevention_rests_on_what_prevents(ward: Assistant) -> None:
    answer = ward.ask("dalteparin 5100 units ok for prophylaxis platelets 40?")
    assert answer.verdict
    assert answer.verdict[0].result == "within"


@pytest.mark.parametrize("question", ["colistin crcl 8 dose", "colistin dose crcl 30"])
def test_a_band_with_dialysis_is_read(ward: Assistant, question: str) -> None:
    assert ("1 MU" if " 8 " in question else "2 MU") in ward.ask(question).text
