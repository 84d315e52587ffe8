"""Whether the lines chosen leave untold the one thing that a question asks for: a rhythm, a time, a cut-off, a sum.

They may hold all else that is asked: who asks how often a score is taken is not answered by the items of the score.
"""

import re
from collections.abc import Iterable, Sequence

from wardbook.answering.headed import heads
from wardbook.answering.how_many_have import asks_share, counts_patients, tells_share
from wardbook.answering.question import Question
from wardbook.answering.scoring import Evidence
from wardbook.answering.time_asked import tells_asked_time, time_asked
from wardbook.dosing.amount import read_amounts
from wardbook.lazy_regex import lazy_regex

_BOUND = lazy_regex(r"\bthresholds?\b|\bcut[- ]?offs?\b", re.IGNORECASE)
_LIMIT = lazy_regex(
    r"[<>≤≥=]\s*\d|\d\s*[-–]\s*\d|\b(?:above|below|over|under|at|least|most|from|to|than|of|exceed\w*) \d|"
    r"\d+(?:[.,]\d+)* ?(?:(?:mg|µg|mcg|ng|g|k?i?u|units?|mmol|µmol|umol|nmol|pg|copies)\b|[%×/]|x ?10)",
    re.IGNORECASE,
)
"""Tells at which figure something begins."""
_OF_TIME = lazy_regex(
    r"(?:[<>≤≥]\s*)?\d+(?:[.:]\d+)?\s*[-–]?\s*(?:\d+\s*)?(?::\d\d|(?:h|hrs?|hours?|min|minutes?|d|days?|weeks?|months?|m|y|"
    r"years?|ml)\b)",
    re.IGNORECASE,
)
_WORKED_OUT = lazy_regex(r"\b(?:work(?:ed|ing)? out|calculat\w*|comput(?:e|ed|es|ing)\b)", re.IGNORECASE)
_HOW = lazy_regex(r"\b(?:how|formula)\b", re.IGNORECASE)
_ASKS_POINTS = lazy_regex(
    r"\b(?:how many|what|which) points\b|\bpoints (?:for|of|per) (?:each|every|all)\b", re.IGNORECASE
)
_POINTS = lazy_regex(r"\b(?:points?|scores? \d)\b", re.IGNORECASE)
_SUM = lazy_regex(r"\d|[=×]|\bpoints?\b")

NEARLY = 0.7
"""Part of the most that a line holds of a question from which another one is on it too: the rest stand beside it."""


_ASKS_HOW_TO_PREVENT = lazy_regex(r"\bhow (?:do|can|should|to)\b(?: (?:we|you|i))? prevent\b", re.IGNORECASE)
_PREVENTS = lazy_regex(
    r"\b(?:prevent\w*|prophyla\w*|avoid\w*|reduc(?:e|es|ed|ing)|lowers?|lowered|protect\w*|minimi[sz]\w*)\b",
    re.IGNORECASE,
)
"""What may be a way to keep something from happening."""


_ASKS_WHY = lazy_regex(r"\bwhy\b(?! not\b)|\bhow come\b|\bwhat(?: i|['’])s the reason\b", re.IGNORECASE)
_REASON = lazy_regex(
    r"\b(?:because|since|due|owing|"
    r"so (?:that|it|they|the|as)|(?<=, )so|else|otherwise|or (?:it|they|the)|therefore|thus|hence|"
    r"reasons?|rationale|risks?|mechanism|cause[sd]?|causing|leads?|results?|means?|raises?|lowers?|increas\w*|reduc\w*|"
    r"prevent\w*|protect\w*|avoid\w*|block\w*|bind\w*|inhibit\w*|neutrali[sz]\w*|suppress\w*|stops?|kills?|wastes?|"
    r"los(?:es?|t|ing|s)|needs?|driv\w+|allows?|helps?|interact\w*|to (?:keep|let|make|allow|clear|bind))\b|"
    r"[(–—]|[:;] (?:the|it|they|this|these)\b",
    re.IGNORECASE,
)
"""What may be a reason: a bracket or a dash may hold one too."""
_ASKS_EVIDENCE = lazy_regex(
    r"\bevidence\b(?! (?:levels?|grades?|ratings?))|\bany (?:good|evidence|trials?|data|benefit|use)\b|"
    r"\btrials?\b(?=.{0,30}\b(?:rates?|outcomes?|figures?|data)\b)|\bbenefits?\b|"
    r"\bas good as\b|\bwhich (?:one )?is (?:the )?better\b|\btrial results?\b|"
    r"(?<!blood )(?<!test )(?<!lab )(?<!pcr )(?<!culture )\bresults\W*$|"
    r"\bresults? of\b.{0,30}\b(?:trial|study)\b|"
    r"\bhow well do(?:es)?\b.{1,60}\bwork|"
    r"^\W*(?:(?:so|and|but) )?(?:do|does|did)\b.{1,60}\b(?:help|work(?! out)|improve|prevent|shorten|"
    r"(?:prophylaxis|prophylactic \w+) (?:stop|reduce|work|lower))\b",
    re.IGNORECASE,
)
_OUTCOME = lazy_regex(
    r"\b\d+ ?(?:of|out of|in|/) ?(?:the |our )?\d+\b(?! ?(?:h|hrs?|hours?|d|days?|min|weeks?|ml|l|mg|kg)\b)|"
    r"\bp ?[<=]|\b(?-i:HR|OR|RR|CI)\b|"
    r"\b(?:trials?(?! only)|stud(?:y|ies)|random\w*|cohorts?|registr\w+|series|retrospective\w*|prospective\w*|"
    r"meta-?analys\w+|evidence|data|consensus|surviv\w*|improv\w*|reduc\w*|benefit\w*|lower\w*|fewer|shorten\w*|increas\w*|"
    r"differen\w+|similar|superior|inferior|worse|effective\w*|ineffective|helps?|helped|works?|worked|"
    r"prevents|prevented|(?<!no )(?<!not )(?<!without )(?<!if )(?<!until )(?:better|respond\w*|response)|"
    r"et al|doi|poor|weak|unproven|unknown)\b",
    re.IGNORECASE,
)
"""What tells whether something helps, or what that rests on."""
_ADVICE = lazy_regex(
    r"\b(?:(?:not?|never|nothing|little|without) (?:\w+ )?(?:help\w*|work\w*|recommend\w*|use\w*|routine\w*|need\w*|"
    r"indicated|effect\w*|benefit|prevent\w*|stop\w*|proven|shown|tested|role|place|any (?:good|use)))\b",
    re.IGNORECASE,
)
"""What is advised against, which tells whether something helps, and not what that rests on."""


_ASKED_AND_TOLD = (
    (
        lazy_regex(
            r"\bwho(?:m)? (?:(?:do|should|must|can|shall) (?:i|we|you|they|one) (?:need to )?|to )"
            r"(?:call|ring|phone|bleep|page|contact|wake)\b",
            re.IGNORECASE,
        ),
        lazy_regex(
            r"\b(?:registrar|consultant|attending|fellow|spr|sho|st\d|resident|intensivist|neurolog\w+|pharmacist|"
            r"coordinator|on[- ]call|switch(?:board)?|nurse in charge|outreach|team|bleep|pager|ext|icu|itu|ring|call|"
            r"phone|hotline|line)\b|\b\d{4,}\b",
            re.IGNORECASE,
        ),
    ),
    (
        lazy_regex(r"\bhow many cells\b", re.IGNORECASE),
        lazy_regex(r"\d\s*(?:[x×]\s*10|million|cells\b|\^)", re.IGNORECASE),
    ),
    (
        lazy_regex(
            r"\bhow much (?:\w+ )?(?:saline|water|glucose|dextrose|fluids?|diluent|hydration|flush)\b", re.IGNORECASE
        ),
        lazy_regex(
            r"\d ?(?:ml|l|lit(?:re|er)s?)\b(?! ?/ ?min)|\b(?:saline|water|fluids?|hydrat\w+|flush\w*|drink)\b",
            re.IGNORECASE,
        ),
    ),
    (
        lazy_regex(r"\bhow many (?:mls?|millilit\w+|lit(?:re|er)s?)\b", re.IGNORECASE),
        lazy_regex(r"\d ?(?:ml|l|lit(?:re|er)s?)\b", re.IGNORECASE),
    ),
    (
        lazy_regex(r"^\W*(?:(?:what(?: is|['’]?s)?|how (?:high|big|great) is) (?:the )?)?risk of\b", re.IGNORECASE),
        lazy_regex(r"\brisks?\b|\b(?:rare|common|frequent|unlikely)|\d ?%|\d (?:of|in|per) \d|/1,?000", re.IGNORECASE),
    ),
    (
        lazy_regex(r"\bpre-?med\w*\b", re.IGNORECASE),
        lazy_regex(
            r"\bpre-?med|\bpretreat|\b(?:before|prior to)\b|\b(?:paracetamol|acetaminophen|antihistamin\w+|"
            r"chlorphen\w+|cetirizine|diphenhydramine|hydrocortisone|steroids?|dexamethasone|prednis\w+|anti-?emetics?)\b",
            re.IGNORECASE,
        ),
    ),
)
"""What is asked for by a word of its own, and what lines that tell it have."""


_ARM = lazy_regex(r"\b(?:cohort|arm) (?:\d{1,2}|[A-D])\b", re.IGNORECASE)
"""A part of a trial by its number: what is told of another one is none of its results."""


def asks_evidence(question: str) -> bool:
    """Tell whether it is asked whether something helps, or what that rests on."""
    return _ASKS_EVIDENCE.search(question) is not None


def tells_evidence(question: str, lines: Iterable[str]) -> bool:
    """Tell whether lines say if something helps, or what that rests on where a question asks for that."""
    told = (_OUTCOME,) if _ASKS_PROOF.search(question) else (_OUTCOME, _ADVICE)
    return any(any(each.search(words) for each in told) or counts_patients(words) for words in lines)


_ASKS_PROOF = lazy_regex(
    r"\b(?:what|any|the|which|is there|some) (?:\w+ )?(?:evidence|proof|data)\b|\bevidence (?:for|that|behind|base)\b|"
    r"\b(?:actually|really) (?:help|work|prevent|do)|\bhow well do(?:es)?\b.{1,60}\bwork|\bproven\b",
    re.IGNORECASE,
)
"""Asks what it rests on that something helps, or how much it does."""


def lacks_asked(question: Question, told: str) -> bool:
    """Tell whether a question names by a word of its own what is wanted, and what is told has nothing of that."""
    arms = {match[0].lower() for match in _ARM.finditer(question.text)}
    if arms and not any(arm in told.lower() for arm in arms):
        return True
    return any(asked.search(question.text) and told_by.search(told) is None for asked, told_by in _ASKED_AND_TOLD)


def asks_how_many(question: Question) -> bool:
    """Tell whether it is asked in how many something happens: by words for that, or as its rate ("CMV rate")."""
    named = {word.lower() for word in question.drug_words}
    rates = (match[1].lower() for match in _RATE.finditer(question.text))
    return asks_share(question.text) or any(word not in named for word in rates)


_RATE = lazy_regex(
    r"\b(?!(?:a|an|the|this|that|what|which|any|of|at|for|iv|po|sc|same|full|half|high|low|slow|fast|infusion|flow|drip|heart|"
    r"pulse|respiratory|resp|breathing|pump|max|maximum|min|minimum|top|starting|start|initial|first|second|next|final|"
    r"fluids?|transfusion|giving|delivery|basal|background|sedimentation|filtration|metabolic|rise|fall|taper|weaning|"
    r"increase|correction|feed|tpn|blood|urine|bag|dose|drug|1st|2nd|ml|mg)\b)([a-z][\w-]+) "
    r"rates?\b(?! (?:of infusion|in ml))",
    re.IGNORECASE,
)
"""A rate of what happens to patients, told by the word before it."""


def leaves_untold(question: Question, chosen: Iterable[Evidence]) -> bool:
    """Tell whether no line chosen gives the rhythm, time, cut-off, points or way of working out that is asked.

    A line that has the very word ("there is no cut-off") tells of it, without any figure.
    """
    listed = list(chosen)
    most = max((each.coverage for each in listed), default=0.0)
    on_it = [each for each in listed if each.coverage >= NEARLY * most]
    lines = [" ".join([*each.hit.path[-1:], *each.unit.lead, each.unit.text]) for each in on_it]
    if not lines:
        return False
    told = " ".join(lines)
    if asks_how_many(question) and not _tells_how_many(question, lines):
        return True
    if lacks_asked(question, told):
        return True
    if asks_evidence(question.text) and not tells_evidence(question.text, lines):
        return True
    if time_asked(question.text):
        often = time_asked(question.text) == "often"  # which may be asked of patients as well
        return not any(tells_asked_time(question, words) or (often and counts_patients(words)) for words in lines)
    if "threshold" in question.kinds and _BOUND.search(question.text):
        return _LIMIT.search(_OF_TIME.sub(" ", told)) is None and _BOUND.search(told) is None
    if _ASKS_HOW_TO_PREVENT.search(question.text) and _PREVENTS.search(told) is None:
        return not any(heads("prevention", heading) for each in on_it for heading in (*each.hit.path, each.hit.title))
    if _ASKS_WHY.search(question.text) and _REASON.search(told) is None:
        return not any(heads("mechanism", heading) for each in on_it for heading in each.hit.path)
    if _ASKS_POINTS.search(question.text):
        columns = " ".join(name for each in on_it for name, _ in each.unit.values)
        return _POINTS.search(f"{told} {columns}") is None
    worked_out = _WORKED_OUT.search(question.text) is not None and _HOW.search(question.text) is not None
    return worked_out and _SUM.search(told) is None and _WORKED_OUT.search(told) is None


def _tells_how_many(question: Question, lines: Iterable[str]) -> bool:
    """Tell whether a line gives a share of patients; where a rate alone is asked for, one of a flow will do."""
    listed = list(lines)
    flows = not asks_share(question.text) and any(map(_FLOW.search, listed))
    tells = counts_patients if _ASKS_PERCENTAGE.search(question.text) else tells_share
    return flows or any(tells(words) for words in listed if not _is_dosed(words))


_ASKS_PERCENTAGE = lazy_regex(
    r"\b(?:what|which) (?:percent\w*|%)|\bpercentages? of\b|%\s?(?:of|who|that|get)\b", re.IGNORECASE
)
"""Asks for a figure, so that "common" tells nothing."""
_FLOW = lazy_regex(r"\d\s*(?:m?l|l)(?:/\w+)?\s?(?:/|per )\s?(?:h|hr|hours?|min(?:ute)?s?)\b", re.IGNORECASE)
"""How fast something runs ("60 mL/min")."""


def _is_dosed(words: str) -> bool:
    """Tell whether words give a dose: a percentage beside it is a part of it."""
    return any(figure.is_dose for figure in read_amounts(words))


def told_first(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Give the ranked lines, those alone that tell the one thing asked where the best ones leave it untold.

    Such a line names something of what is asked itself, and holds not much less of it than the best one does.
    """
    asks = time_asked(question.text) == "often" or any(asked.search(question.text) for asked, _ in _ASKED_AND_TOLD)
    if not ranked or not asks:
        return list(ranked)
    if not leaves_untold(question, ranked[:BEST]):
        return _first_that_tells(question, ranked)
    told = [each for each in ranked if each.holds and not leaves_untold(question, [each])]
    return told if told and told[0].coverage >= LESS * ranked[0].coverage else list(ranked)


def _first_that_tells(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Put first the one of the best lines that tells what is asked, where it holds more of it than the first does."""
    best = ranked[0]
    told = (each for each in ranked[:BEST] if each.coverage > best.coverage and not leaves_untold(question, [each]))
    first = next(told, None) if leaves_untold(question, [best]) else None
    return [first, *(each for each in ranked if each is not first)] if first else list(ranked)


BEST = 4
"""Lines among which the best ones of a ranking are."""
LESS = 0.6
"""Part of the best line's coverage from which a line is on the same thing."""
