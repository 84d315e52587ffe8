"""How many patients have something, or come through it: whether that is asked, and whether words tell it."""

import re
from functools import lru_cache

from wardbook.dosing.telling import is_disease
from wardbook.lazy_regex import lazy_regex

_WHO = r"(?:pts?|patients?|people|persons?|children|kids|adults|men|women|of (?:them|these|our|the)|cases)"
_HAVE = (
    r"(?:gets?|got|ha(?:ve|s|d)|develop(?:s|ed)?|die[sd]?|respond(?:s|ed)?|relapse[sd]?|surviv\w+|lives?|fail(?:s|ed)?|"
    r"reacts?|clears?|achieve\w*|engraft\w*|bleeds?|progress\w*|become|happens?|occurs?|causes?|works?)"
)
_SUFFER = r"(?:gets?|got|develop(?:s|ed)?|die[sd]?|respond(?:s|ed)?|relapse[sd]?|surviv\w+|achieve\w*|engraft\w*)"
"""What happens to patients where none are named ("how many get X", "how many gut GVHD respond")."""
_ASKS = lazy_regex(
    rf"\bhow (?:common|frequent (?:is|are))\b|\bhow likely (?:is|are|to)\b|"
    r"\b(?:chances?|likelihood|odds) of (?!giving|getting hold|a (?:dose|repeat))\w+(?!.*\bgiv(?:e|ing)\b)|"
    rf"\bhow often (?:do|does|did|will|has|have)\b"
    rf"(?!.{{0,12}}\b(?:we|i|you|they|s?he|nurses?|staff|(?:a|the|this|my) (?:pt|patient|child|kid|baby))\b)"
    rf".{{0,50}}\b{_HAVE}\b|"
    r"\b(?:what|which) (?:percent\w*|proportion|share|fraction|%)|"
    rf"\bhow many (?:\w+ )?{_WHO}\b(?:.{{0,30}}\b{_HAVE}\b)|%\s?(?:of )?{_WHO}\b|"
    rf"\bhow many (?:(?!times|doses|days|hours|weeks|points|bags|units|vials|tablets|mls?\b)[\w-]+ ){{0,2}}{_SUFFER}\b|"
    r"\b(?:mortality|lethality|fatality|death rate|survival|prevalence)\b(?! (?:score|index|benefit))|"
    r"\b(?:response|relapse|remission|failure|success|seizure|infection) rates?\b|\bincidence\b|"
    r"(?<!infusion )(?<!flow )(?<!drip )(?<!heart )(?<!pulse )(?<!pump )(?<!what )(?<!which )\brates\b(?! (?:of|do)\b)",
    re.IGNORECASE,
)
_OFTEN = lazy_regex(r"\bhow often (?:is |are |was |were )?([a-z-]+)", re.IGNORECASE)
_RATE = lazy_regex(
    r"\b(?:rates?|incidence|prevalence|percentage) of (?!(?:the |an? )?(?:\w+ )?(?:infusions?|administration|flow|drip|"
    r"fluids?|transfusion|taper\w*|change|rise|fall))",
    re.IGNORECASE,
)
_STRENGTH = (
    r"(?: ?\((?:w/v|v/v)\))?,? (?:of )?(?:the )?(?:glucose|dextrose|saline|sodium|nacl|gel|creams?|ointments?|albumin|"
    r"solution|"
    r"mouth ?wash|eye ?drops?|drops|lidocaine|lignocaine|chlorhexidine|dmso|betamethasone|hydrocortisone|human|"
    r"maintenance|normal|baseline|predicted|ibw|abw|tbw|uln|crcl|egfr|bsa|"
    r"the dose|dose|starting|usual|weight|body|blasts?|oxygen|o2|hypertonic|"
    r"plasma|haematocrit|hematocrit|potassium|magnesium|calcium|bicarbonate|fluid|less|more|lower|higher)\b"
)
_PERCENT = lazy_regex(
    r"(?<![<>≤≥=±/-])(?<![<>≤≥=±] )(?<![\d.])\d+(?:\.\d+)?(?: ?[-–] ?\d+(?:\.\d+)?)? ?%"
    rf"(?!{_STRENGTH})(?! (?:rise|fall|drop|gain|loss|reduction|increase))",
    re.IGNORECASE,
)
_LIMITED = lazy_regex(
    r"(?:\b(?:at|by|to|below|above|over|under|than|until|nacl|sodium chloride|lignocaine|ethanol|alcohol|povidone|"
    r"bicarbonate|citrate)|[≥≤<>])\W*$",
    re.IGNORECASE,
)
"""What stands before a strength, a limit, or by how much something changes."""
_LEVEL = lazy_regex(
    r"\b(?:weight|gain|loss|sats?|saturations?|spo2|sao2|fio2|o2|oxygen|haematocrit|hematocrit|hct|l?vef|"
    r"ejection fraction|blasts?|chimerism|dlco|fev1|hba1c|eosinophils|dmso|dextrose|glucose|saline|chlorhexidine|"
    r"hydrocortisone|betamethasone|lidocaine|albumin|bsa|skin|body surface)\b[^.!?]*$",
    re.IGNORECASE,
)
"""What is measured as a percentage and is no share of patients."""
_OF_PATIENTS = lazy_regex(rf"^ ?(?:of )?(?:\w+ )?{_WHO}\b", re.IGNORECASE)
_COUNTED = lazy_regex(
    r"(?<![\d/.,-])\b[1-9][\d,]* (?:of|out of|in(?! 1,?0+\b)|per) (?:the |our |every )?[1-9][\d,]*\b"
    r"(?! ?(?:days?|d|hours?|h|hrs?|weeks?|months?|minutes?|min|mL|L|kg|mg|g|tablets?|bags?|doses?|criteria)\b)"
    r"(?![/%.]\d)|"
    r"\d per 1,?0{2,4}\b(?! ?m?l\b)|"
    rf"\(\d+/\d+(?:[;,)]| ?%)|\b\d+/\d+ {_WHO}\b|\b\d+ (?:cases?|{_WHO})\b|"
    r"\b(?:one|two|three|four|five|half|a third|a quarter|most|few|some|none|many|nearly all|almost all) "
    rf"(?:in (?:two|three|four|five|ten|twenty|a hundred|\d+)|(?:of )?(?:the |our )?{_WHO})\b",
    re.IGNORECASE,
)
_IN_WORDS = lazy_regex(
    r"\b(?:very |quite |un|extremely )?(?:rare(?:ly)?|common(?:ly)?|(?:in)?frequent(?:ly)?|unusual|usual)\b"
    r"(?! (?:terminology|toxicity|cold|causes?|dose|errors?|mistake|line|practice))|"
    r"\b(?:incidence|prevalence|mortality|fatal(?:ity)?|lethal|surviv\w+|never (?:seen|happens)|unknown how)\b|"
    r"(?-i:\b(?:[PDERL]FS|OS)\b)|"
    r"\bin (?:most|all|some|no|up to half|half)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def asks_share(question: str) -> bool:
    """Tell whether it is asked how many patients have something, or come through it."""
    often = _OFTEN.search(question)
    had = often is not None and is_disease(often[1].lower().removesuffix("s"))
    return had or _ASKS.search(question) is not None or _RATE.search(question) is not None


@lru_cache(maxsize=20_000)
def counts_patients(words: str) -> bool:
    """Tell whether words give a share of patients as a figure; the strength of a drug or a limit is none."""
    if _COUNTED.search(words):
        return True
    return any(
        _OF_PATIENTS.search(words[each.end() :])
        or not (_LIMITED.search(words[: each.start()]) or _LEVEL.search(words[: each.start()]))
        for each in _PERCENT.finditer(words)
    )


@lru_cache(maxsize=20_000)
def tells_share(words: str) -> bool:
    """Tell whether words tell how many have something, as a figure or in words ("rare")."""
    return counts_patients(words) or _IN_WORDS.search(words) is not None
