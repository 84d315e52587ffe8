"""What the headings of any folder of pages answer: each section, asked for as people ask for such a section.

    python bench/headings.py PAGES INDEX [--misses]

From the short name of each page and the headings of its sections questions are made ("X grading", "grade 2 X
management", "who do I call for X"); one is right where the answer cites that section, or one below it, among its first
four. No question is written by hand and nothing is labelled, so it runs on pages that nobody has questions for. Some of
what counts as wrong is not: a page may tell a thing in two sections, and some names make no sense in a question.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from wardbook.assistant import open_assistant
from wardbook.corpus.document import Document
from wardbook.corpus.reading import read_document

FIRST = 4
"""Citations of an answer among which its section has to be."""
SHORT = 8
"""Letters of an alias up to which it is what people call the thing of a page."""
LONGEST = 4
"""Words of a title that is typed in a question."""
ASKED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("grading", r"grad(?:ing|es?)|classification|severity|staging", ("{} grading", "how is {} graded", "{} grades")),
    (
        "management",
        r"management|treatment|what to do|managing|therapy|actions?",
        ("{} management", "how do you treat {}"),
    ),
    ("monitoring", r"monitoring|follow.?up|surveillance", ("{} monitoring", "what do we monitor with {}")),
    (
        "contraindications",
        r"contraindications?|do not use|when not to",
        ("{} contraindications", "when not to give {}"),
    ),
    ("side effects", r"side effects?|adverse (?:effects|events)|toxicity|safety", ("{} side effects",)),
    ("interactions", r"(?:drug )?interactions?", ("{} interactions", "what interacts with {}")),
    ("mechanism", r"mechanism|pharmacology|pathophysiology", ("how does {} work", "{} mechanism")),
    ("incidence", r"incidence|epidemiology|how common|frequency", ("how common is {}", "{} incidence")),
    ("definition", r"overview|definition|what is it|background", ("what is {}",)),
    ("differential", r"differential", ("{} differential", "what else could {} be")),
    ("work-up", r"diagnosis|work.?up|investigations?|recognition|tests", ("{} workup", "how is {} diagnosed")),
    ("prevention", r"prophylaxis|prevention|preventing", ("{} prophylaxis", "how do we prevent {}")),
    ("risk factors", r"risk factors?", ("{} risk factors", "who is at risk of {}")),
    ("references", r"references?|refs?", ("{} references",)),
    ("prognosis", r"prognosis|outcomes?", ("{} prognosis",)),
    ("discharge", r"discharge|going home", ("{} discharge criteria", "when can {} pt go home")),
    ("making up", r"administration|how to give|preparation", ("{} administration",)),
    ("storage", r"storage|supply|stability", ("{} storage",)),
    ("dose", r"dosing|doses?|dosage", ("{} dose",)),
    ("signs", r"symptoms|signs|clinical features|presentation|features", ("{} symptoms", "signs of {}")),
    ("call", r"when to call|call|escalat\w+|who to call", ("{} when to call", "who do i call for {}")),
)
"""What is asked, the beginning of headings below which it stands, and how people ask it."""
OF_GRADE = ("{} grade {} what do i do", "{} g{} treatment")


def called(document: Document) -> str:
    """Give what people call the thing of a page: its first short alias, else its title; "" for a long one."""
    short = [alias for alias in document.metadata.aliases if len(alias) <= SHORT]
    title = re.sub(r"\(.*?\)", "", document.title).strip()
    return (short or [title if len(title.split()) <= LONGEST else ""])[0].lower()


def questions(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield what is asked, the question, and the section that answers it."""
    name = called(document)
    for section in document.sections if name else ():
        path = [re.sub(r"^[\d.]+\s*", "", heading) for heading in section.path]
        grade = re.fullmatch(r"grade (\d)", path[-1], re.IGNORECASE) if path else None
        if grade and re.search(r"manage|treat|do\b", path[-2] if len(path) > 1 else "", re.IGNORECASE):
            yield from (("grade", words.format(name, grade[1]), section.id) for words in OF_GRADE)
        elif len(path) == 1:
            found = next((each for each in ASKED if re.match(rf"(?:{each[1]})\b", path[0], re.IGNORECASE)), None)
            if found:
                yield from ((found[0], words.format(name), section.id) for words in found[2])


def main() -> None:
    """Ask all questions of a folder and print what share of each kind is right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--misses", action="store_true", help="print each question whose section was not cited")
    given = parser.parse_args()
    assistant = open_assistant(given.pages, given.index)
    asked, right, silent = Counter[str](), Counter[str](), Counter[str]()
    for file in sorted(given.pages.rglob("*.md")):
        document = read_document(file.read_bytes(), file.relative_to(given.pages).with_suffix("").as_posix())
        for kind, question, section in questions(document):
            answer = assistant.ask(question)
            places = [(each.page, each.section) for each in answer.citations[:FIRST]]
            held = any(page == document.id and f"{there} > ".startswith(f"{section} > ") for page, there in places)
            asked[kind] += 1
            right[kind] += held and answer.status != "not_found"
            silent[kind] += answer.status == "not_found"
            if given.misses and not (held and answer.status != "not_found"):
                print(f"{question} | {answer.status} | wanted {document.id}#{section} | cited {places[:2]}")
    for kind, count in asked.most_common():
        print(f"{kind}: {right[kind]} of {count} right, {silent[kind]} not found")
    print(f"all: {right.total()} of {asked.total()}")


if __name__ == "__main__":
    main()
