"""What a question says of someone else than the patient, of an earlier time or of a thing: the age of a child at home,
a husband's dialysis, the age at diagnosis, how old a clot is.

Read as the patient's it chooses another dose. Only what is told so and of nobody else is left out, and never where the
weight is that of such a child. Whose it is may still be doubted, so the answer always says so.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from wardbook.answering.measures import age_of, weight_of
from wardbook.answering.spelling import NUMBER_WORDS
from wardbook.dosing.life_stage import may_weigh
from wardbook.dosing.patient import read_weight
from wardbook.errors import QuestionError
from wardbook.lazy_regex import lazy_regex

_UNIT = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?)"
_AGE = rf"(?:\d{{1,3}}|[a-z]+(?:[ -][a-z]+)?)[ -]?{_UNIT}(?:[ -]olds?| of age)|\d{{1,3}} ?(?:yo|y/o)"
_CHILD = (
    r"(?:(?:small|young|little|unborn) )?(?:bab(?:y|ies)|newborns?|infants?|toddlers?|child(?:ren)?|kids?|boys?|girls?|"
    r"sons?|daughters?|grand(?:sons?|daughters?|child(?:ren)?)|twins?|teenagers?)"
)
_OF_AGE = rf"(?:,? (?:of |aged )?\d{{1,2}}(?![\d.]| ?(?:kg|kilo))(?: {_UNIT}(?: old)?)?)?"
_YOUNG = rf"(?:(?:{_AGE})(?: {_CHILD})?|{_CHILD}{_OF_AGE})"
_AGES = rf",? (?:aged |of )?\d{{1,2}}(?:(?:,| and|, and) \d{{1,2}})*(?: {_UNIT})?(?: old| of age)?"
_ONE = r"(?:an?|the|her|his|their|one)"
_COUNT = r"(?:one|two|three|four|five|six|\d)"
_PARENT = r"(?:mother|father|mum|mom|dad|parent|grand(?:mother|father|parent|ma|pa|mum|dad)|aunt|uncle|guardian)"
_RELATIVE = (
    r"(?:mother|father|mum|mom|dad|parents?|grand[a-z]+|husband|wife|partner|spouse|boyfriend|girlfriend|brother|sister|"
    r"sibling|twin|son|daughter|child|baby|aunt|uncle|cousin|niece|nephew|flatmate|neighbou?r|friend|colleague)"
)
_WHOSE = r"(?:his|her|their|(?:the )?(?:patient|pt)['’]s)"
_ORGAN = r"(?:renal|kidney|liver|hepatic)"
_STATE = (
    rf"(?:{_AGE}|(?:on |under)?(?:ha?emo-?)?dialysis|pregnant|breast-?feeding|cirrhosis|"
    rf"(?:in |with )?(?:end[ -]stage )?{_ORGAN} (?:failure|disease|impairment)|bad kidneys)"
)
_SUBJECT = rf"(?:he|she|who|patient|pt|m[ae]n|wom[ae]n|lady|gentleman|{_PARENT})"
_IS = r"(?: (?:is|are|was|were|has|had|been|died|also|still|now|only|just|of|from|with|on|an?))+"
_YOUNG_ONE = r"(?:child|kid|baby|infant|toddler|teenager|minor)"
_JOB = r"(?:nurse|doctor|teacher|pharmacist|technician) by (?:trade|profession|training|job)"
_END = r"(?=\s*(?:$|[,.;:?!)]|(?:and|but) (?:he|she|they|the patient|is|has|was)\b))"
_BESIDE = (
    r"(?:(?:is|are|was|were) )?(?:(?:also|here|there|always|often|currently) )*(?:with (?:her|him|them)|visit(?:s|ing)|"
    r"(?:lives?|living|stays?|staying|came) with (?:her|him|them)|brought (?:her|him|them)|at the bedside|in the room|"
    r"at home|(?:the |his |her |their )?donor)"
)
_WORKS = (
    r"(?:works?(?: \w+)? with|(?:is|was|been) working with|looks after|(?:is|was|been) looking after|cares for|teaches|"
    r"minds|babysits|baby-?sits|lives with|teacher (?:of|for)|nanny (?:of|for|to)|childminder (?:of|for)|"
    r"nurse (?:of|for)|contact with|exposed to)"
)
"""What grown-ups do with children who are not the patient; never said of "we", who ask."""
_N = rf"(?:\d{{1,3}}|{NUMBER_WORDS})"
_YEARS_OLD = rf"{_N}[ -]?{_UNIT}[ -](?:old|of age)"
_WAS = r"(?:he|she|they) (?:was|were)(?: (?:only|just|about|aged))?"
_AT_AGE = (
    rf"(?:(?:at|when)(?: {_WAS})?(?: (?:the )?age(?:d| of)?)?|aged|"
    rf"(?:since|from) (?:(?:the )?age(?: of)?|aged|{_WAS})) {_N}(?:[ -]?{_UNIT}(?:[ -](?:old|of age))?)?"
)
_THEN = (
    r"(?<!newly )(?<!just )(?<!recently )(?:diagnosed|diagnosis|dx|onset|began|transplanted|splenectomy|operated|"
    r"first (?:fits?|seizures?|episodes?|attacks?|symptoms?|presented|presentation|relapsed?|transplant(?:ed)?))"
)
"""What happened at an age that is told with it, and not today."""
_NOUN = (
    r"line|catheter|cannula|port|picc|hickman|stent|clot|thrombus|bleed|bleeding|stroke|infarct|"
    r"fracture|wound|ulcer|scar|rash|lesions?|graft|transplant|infection|abscess|fever|pain|symptoms?|"
    r"bag|infusion|syringe|device|pacemaker|drain|tube|cells|bloods?|results?|sample|level|cultures?|scan|bruise|cough|"
    r"headache|diarrh(?:o?ea)|"
    r"[a-z]+(?:itis|osis|emia|pathy|toxicity|penia|rrhage|rrhea|syndrome|oedema|edema)"
)
_THING = rf"(?-i:[A-Z]{{2,}}(?:-[A-Z])?\d?)|{_NOUN}"
"""What has an age that is no patient's."""
_CLAUSES = tuple(
    lazy_regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bbreast-?feed(?:s|ing)? (?P<other>(?:(?:{_ONE}|{_COUNT}) )?{_YOUNG}\b)",
        rf"\b{_PARENT} (?P<other>of (?:(?:{_ONE} )?{_YOUNG}\b|{_COUNT}\b(?: {_CHILD}\b)?(?:{_AGES}\b)?))"
        r"(?! (?:with|who|whose|that|in|on)\b)",
        rf"\b{_SUBJECT} (?:also )?(?:has|have|with|has got|lives with) (?P<other>(?:{_ONE}|{_COUNT}|both) {_YOUNG}\b"
        rf"(?: (?:at home|as well|too))?){_END}",
        rf"\b(?P<other>(?:{_ONE}|{_COUNT}) {_YOUNG} at home\b)",
        rf"(?P<other>\b{_WHOSE} {_RELATIVE}(?: who)?{_IS} {_STATE}(?: too| as well| at home)?){_END}",
        rf"(?P<other>\bfamily history of [^,.;:?!]{{0,80}}{_ORGAN}[^,.;:?!]*)",
        rf"(?P<other>\b(?:no longer|not|never|isn['’]?t) (?:really )?(?:an? )?{_YOUNG_ONE}(?: any ?more| any longer)?\b"
        r"(?! dos))",
        rf"(?P<other>\b(?:an? )?(?:pa?ediatric|neonatal|renal|dialysis) {_JOB}\b)",
        rf"(?P<other>\b(?:{_WHOSE}|an?) {_YOUNG}(?: (?:sister|brother|sibling|twin|cousin|niece|nephew))?"
        rf"(?: \(\d{{1,2}}\))? {_BESIDE}\b)",
        rf"\b(?:visited|accompanied|brought in) by (?P<other>{_WHOSE} {_YOUNG}(?: ?\(\d{{1,2}}\))?)",
        rf"(?<!\bwe )(?<!\bi )(?<!\byou )\b(?P<other>{_WORKS} (?:(?:{_ONE}|{_COUNT}|many|small|sick|school) )*{_YOUNG})"
        r"(?! (?:who|whose) )",
        rf"(?P<other>\bhas (?:{_COUNT}|several|many) (?:(?:grown(?:[- ]up)?|adult|young|small) )?"
        r"(?:children|kids|sons|daughters|grandchildren|boys|girls)\b)",
        rf"\b(?:married|widowed|divorced|single)\b[^,.;:?]{{0,20}} (?P<other>with (?:{_COUNT} )?(?:children|kids))\b",
        r"(?P<other>\b(?:wants?|would like|trying for|plans?|planning) (?:to have )?(?:an? |more )?"
        r"(?:children|kids|bab(?:y|ies))\b(?!['’]| dos))",
        r"(?<!\bas a )\b(?:nurse|doctor|teacher|cleaner|volunteer|works?)\b[^,.;:?]{0,20} "
        r"(?P<other>(?:at|in|on|for) (?:an?|the) (?:[\w-]+ )?(?:school for children|"
        r"(?:children['’]?s|pa?ediatric) (?:hospital|ward|unit|clinic|school|home)))\b"
        r"(?! (?:asks?|asking|wants?|wanting|i)\b)",
        rf"\bdonor(?: (?:is|was|being))?[ :,]*"
        rf"(?P<other>(?:(?:{_ONE}|aged) )*(?:{_AGE}|{_CHILD}{_OF_AGE}|(?<=aged )\d{{1,2}}))",
        rf"\b(?:transplant|cells|marrow|cord|graft|kidney)(?: (?!from\b)[\w-]+){{0,2}} from (?P<other>{_ONE} {_YOUNG})",
        rf"\b{_THEN}(?: (?!(?:aged?|at|from|since|when)\b)[\w-]+){{0,5}} (?P<other>{_AT_AGE}\b)",
        rf"(?P<other>\bsince (?:{_YEARS_OLD}|(?:(?:the )?age(?: of)?|aged|{_WAS}) {_N}(?:[ -]?{_UNIT}(?: old)?)?)\b)",
        rf"\b(?:had|got|developed|treated|given|diagnosed)\b[^,.;:?]{{0,50}}? (?P<other>"
        rf"(?:when {_WAS}|at (?:the )?age(?: of)?) {_N}(?:[ -]?{_UNIT}(?: old)?)?\b|"
        rf"as an? (?:small |young )?{_YOUNG_ONE}\b|in (?:early |his |her |their )*(?:childhood|infancy)\b)",
        rf"\b(?:on|taking|takes|has|had|been|smoked)\b[^,.;:?]{{1,40}}? "
        rf"(?P<other>for (?:(?:the )?(?:last|past) )?{_N} ?(?:years?|yrs?)\b)(?! (?:old|of age))",
        r"\b(?:had|history of|hx of|previous|past|known) (?P<other>childhood) [a-z]",
        r"(?P<other>\bchildhood) (?:asthma|eczema|epilepsy|seizures|fits|measles|chicken ?pox|vaccin\w+|immuni\w+)\b",
        r"(?P<other>\bwas (?:born )?(?:an? )?(?:premature|pre-?term)(?: (?:baby|infant))?\b)",
        rf"\b(?:an?|the|his|her|this) (?P<other>{_N}[ -](?:days?|weeks?|wks?|months?)[ -]old) (?:{_NOUN})\b",
        rf"\b(?:{_THING})(?: (?:is|are|was|were|now|only|just|about|already))* (?P<other>{_YEARS_OLD})\b",
    )
)
"""What is told of someone else, as the group `other`: children of the patient, states of relatives, what one is not;
then ages of donors, ages at which something happened, and those of things.
"""
_CHILDS_KG = Decimal(40)
"""Below this a weight tells of a child: then the age that is told is the patient's."""


def patient_alone(text: str) -> tuple[str, tuple[str, ...]]:
    """Give a question without what it tells of someone else, and these words; as it is where there are none."""
    spans = sorted(_spans(text))
    if not spans or _is_of_child(text):
        return text, ()
    kept, at, others = "", 0, list[str]()
    for begin, end in spans:
        if begin >= at:
            kept, at = f"{kept}{text[at:begin]} ", end
            others.append(text[begin:end].strip())
    plain = re.sub(r"(?:\s*[,;]){2,}", ",", re.sub(r"\s+", " ", f"{kept}{text[at:]}"))
    return plain.strip(" ,;"), tuple(others)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for clause in _CLAUSES:
        for match in clause.finditer(text):
            yield match.span("other")


def _is_of_child(text: str) -> bool:
    """Tell whether the weight is a child's, of the age that is told where one is: the child is the patient."""
    written, _ = weight_of(text)
    if written is None:
        return False
    try:
        kg = read_weight(written).kg
    except QuestionError:
        return False
    age = age_of(text)
    return kg < _CHILDS_KG and (age is None or may_weigh(age, kg))


def told_of(others: tuple[str, ...]) -> str:
    """Say that these words were left out."""
    said = "”, “".join(others)
    told = f"Left out, as told of someone else, of a thing or of an earlier time: “{said}”."
    return f"{told} If it is the patient now, ask again and say so."
