"""Commands that ask: a question, a batch of them, a conversation, a search, a dose, a check of a dose."""

import json
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardbook.command_options import Commands, Options, Parser, add_command, assistant, print_json, whole
from wardbook.errors import QuestionError

if TYPE_CHECKING:
    from wardbook.answering.answer import Answer


def _show_answer(options: Options, answer: "Answer") -> int:
    """Print an answer; give the exit status that tells its kind."""
    from wardbook.answering.answer import to_json
    from wardbook.render import terminal

    found = to_json(answer)
    if options.as_json:
        print_json(found)
    else:
        print(terminal(found, min(shutil.get_terminal_size().columns, 110)))
    return 1 if answer.status in ("not_found", "refused") else 0


def ask(options: Options, question: str | None, batch: Path | None, session: str | None, k: int | None) -> int:
    """Answer a question from the pages, every statement with its citation."""
    if batch is not None and (question or session):
        raise QuestionError("--batch takes its questions from a file", "leave the question and --session out")
    if batch is not None:
        _ask_batch(options, batch, k)
        return 0
    if question is None:
        raise QuestionError("no question", 'ask one: wardbook ask "..."')
    from wardbook.sessions import ask_in_session

    opened = assistant(options)
    answer = opened.ask(question, k=k) if session is None else ask_in_session(opened, session, question, k)
    return _show_answer(options, answer)


def _ask_batch(options: Options, path: Path, k: int | None) -> None:
    from wardbook.answering.answer import to_json

    try:
        given = sys.stdin.buffer.read() if path == Path("-") else path.read_bytes()
        lines = given.decode("utf-8-sig").split("\n")  # a line separator may stand inside a JSON string
    except (OSError, UnicodeDecodeError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "not UTF-8"
        raise QuestionError(f"{path} cannot be read ({why})", "give a file of JSON lines in UTF-8") from None
    opened = assistant(options, long_running=True)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            key, question, history = _batch_item(line)
            answer = opened.ask(question, history=history, k=k)
        except (ValueError, QuestionError) as fault:
            print(f"{path}:{number}: skipped: {fault}", file=sys.stderr)
            continue
        print_json({"id": key, "answer": to_json(answer)})


def _batch_item(line: str) -> tuple[object, str, list[tuple[str, str]]]:
    """Read one line of a batch; ValueError says what is wrong with it."""
    try:
        item = json.loads(line)
    except ValueError as fault:
        raise ValueError(f"not JSON ({fault})") from None
    if not isinstance(item, dict) or not isinstance(item.get("question"), str) or "id" not in item:
        raise ValueError('not of the form {"id": ..., "question": "...", "history": [...]}')
    history = item.get("history") or []
    turns = [_turn(turn) for turn in history] if isinstance(history, list) else None
    if turns is None or None in turns:
        raise ValueError('history is a list of {"role": "user"|"assistant", "content": "..."}')
    return item["id"], item["question"], [turn for turn in turns if turn]


def _turn(turn: object) -> tuple[str, str] | None:
    if not isinstance(turn, dict) or turn.get("role") not in ("user", "assistant"):
        return None
    return str(turn["role"]), str(turn.get("content") or "")


def chat(options: Options) -> None:
    """Hold a conversation in the terminal: /sources, /show N, /new, /quit."""
    from wardbook.chat import converse

    converse(assistant(options, long_running=True), print, _hear)


def _hear(prompt: str) -> str:
    """Read a line; at a terminal with a prompt, and with the lines typed before it under the arrow keys."""
    if not sys.stdin.isatty():
        return input()
    with suppress(ImportError):
        import readline  # noqa: F401  (to import it is what gives `input` its line editing)
    return input(prompt)


def search(options: Options, query: str, k: int) -> int:
    """List the passages that are nearest to a query."""
    found = assistant(options).search(query, k)
    if options.as_json:
        print_json({"passages": found})
    else:
        for each in found:
            first, last = each["lines"]
            print(f"{each['rank']}. {each['score']:.3f}  {each['page']}#{each['section']}  lines {first}-{last}")
            print("   " + each["text"].replace("\n", "\n   ")[:400])
    return 0 if found else 1


def dose(options: Options, drug: str, **asked: Any) -> int:
    """Look a dose up; every regimen that fits, with the row that it stands in."""
    return _show_answer(options, assistant(options, searching=False).dose(drug, **asked))


def check(options: Options, drug: str, amount: str, **asked: Any) -> int:
    """Judge an amount against the row that holds for it."""
    return _show_answer(options, assistant(options, searching=False).check(drug, amount, **asked))


def add_to(commands: Commands) -> None:
    """Add the commands of this module."""
    adding = add_command(commands, "ask", ask)
    adding.add_argument("question", nargs="?", help="the question")
    batch_help = "JSON lines {id, question, history[]}, - for standard input; answers as JSON lines"
    adding.add_argument("--batch", type=Path, metavar="FILE", help=batch_help)
    adding.add_argument("--session", metavar="ID", help="conversation that the question belongs to")
    adding.add_argument("-k", type=whole(1, 100), metavar="N", help="sections to answer from")
    add_command(commands, "chat", chat)
    adding = add_command(commands, "search", search)
    adding.add_argument("query", help="what to look for")
    adding.add_argument("-k", type=whole(1, 100), default=10, metavar="N", help="passages to give (%(default)s)")
    adding = add_command(commands, "dose", dose)
    adding.add_argument("drug", help="the drug, by any name")
    _add_circumstances(adding)
    adding = add_command(commands, "check", check)
    adding.add_argument("drug", help="the drug, by any name")
    adding.add_argument("amount", help='"600 mg/day", "12 mg/kg"')
    _add_circumstances(adding)


def _add_circumstances(adding: Parser) -> None:
    """Add what a dose depends on, by the names that `Assistant.dose` and `Assistant.check` have for it."""
    adding.add_argument("--for", dest="for_", metavar="TEXT", help="indication, in words")
    adding.add_argument("--grade", type=whole(0, 5), metavar="N", help="grade, 0 to 5")
    adding.add_argument("--setting", metavar="TEXT", help="treatment, prophylaxis, ...")
    adding.add_argument("--route", help="IV, SC, PO, ...")
    adding.add_argument("--weight", dest="weight_kg", metavar="KG", help="body weight, kg")
    adding.add_argument("--bsa", dest="bsa_m2", metavar="M2", help="body surface area, m2")
    adding.add_argument("--age", dest="age_y", metavar="YEARS", help="age, years")
