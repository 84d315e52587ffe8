"""Commands that ask: a question, a batch of them, a conversation, a search, a dose, a check of a dose."""

import json
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardbook.command_options import Options, assistant, print_json
from wardbook.errors import QuestionError

if TYPE_CHECKING:
    from wardbook.answering.answer import Answer


def _show_answer(options: Options, answer: "Answer") -> None:
    from wardbook.answering.answer import to_json
    from wardbook.render import terminal

    found = to_json(answer)
    if options.as_json:
        print_json(found)
    else:
        print(terminal(found, min(shutil.get_terminal_size().columns, 110)))
    if answer.status in ("not_found", "refused"):
        raise typer.Exit(1)


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    batch: Annotated[
        Path | None, typer.Option(help="JSON lines {id, question, history[]}; answers as JSON lines.")
    ] = None,
    session: Annotated[str | None, typer.Option(help="Conversation that the question belongs to.")] = None,
    k: Annotated[int | None, typer.Option("-k", min=1, max=100, help="Sections to answer from.")] = None,
) -> None:
    """Answer a question from the pages, every statement with its citation."""
    options: Options = context.obj
    if batch is not None:
        _ask_batch(options, batch, k)
        return
    if question is None:
        raise QuestionError("no question", 'ask one: wardbook ask "..."')
    from wardbook.sessions import ask_in_session

    opened = assistant(options)
    answer = opened.ask(question, k=k) if session is None else ask_in_session(opened, session, question, k)
    _show_answer(options, answer)


def _ask_batch(options: Options, path: Path, k: int | None) -> None:
    from wardbook.answering.answer import to_json

    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise QuestionError(f"{path} cannot be read ({fault})", "give a file of JSON lines in UTF-8") from None
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


def chat(context: typer.Context) -> None:
    """Hold a conversation in the terminal: /sources, /show N, /new, /quit."""
    from wardbook.chat import converse

    converse(assistant(context.obj, long_running=True), print, _hear)


def _hear(prompt: str) -> str:
    """Read a line; at a terminal with a prompt, and with the lines typed before it under the arrow keys."""
    if not sys.stdin.isatty():
        return input()
    with suppress(ImportError):
        import readline  # noqa: F401  (to import it is what gives `input` its line editing)
    return input(prompt)


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Passages to give.")] = 10,
) -> None:
    """List the passages that are nearest to a query."""
    options: Options = context.obj
    found = assistant(options).search(query, k)
    if options.as_json:
        print_json({"passages": found})
    else:
        for each in found:
            first, last = each["lines"]
            print(f"{each['rank']}. {each['score']:.3f}  {each['page']}#{each['section']}  lines {first}-{last}")
            print("   " + each["text"].replace("\n", "\n   ")[:400])
    if not found:
        raise typer.Exit(1)


def dose(
    context: typer.Context,
    drug: Annotated[str, typer.Argument(help="The drug, by any name.")],
    for_: Annotated[str | None, typer.Option("--for", help="Indication, in words.")] = None,
    grade: Annotated[int | None, typer.Option(min=0, max=5)] = None,
    setting: Annotated[str | None, typer.Option(help="treatment, prophylaxis, ...")] = None,
    route: Annotated[str | None, typer.Option(help="IV, SC, PO, ...")] = None,
    weight: Annotated[str | None, typer.Option(help="Body weight, kg.")] = None,
    bsa: Annotated[str | None, typer.Option(help="Body surface area, m2.")] = None,
    age: Annotated[str | None, typer.Option(help="Age, years.")] = None,
) -> None:
    """Look a dose up; every regimen that fits, with the row that it stands in."""
    options: Options = context.obj
    answer = assistant(options, searching=False).dose(drug, for_, grade, setting, route, weight, bsa, age)
    _show_answer(options, answer)


def check(
    context: typer.Context,
    drug: Annotated[str, typer.Argument(help="The drug, by any name.")],
    amount: Annotated[str, typer.Argument(help='"600 mg/day", "12 mg/kg".')],
    for_: Annotated[str | None, typer.Option("--for", help="Indication, in words.")] = None,
    grade: Annotated[int | None, typer.Option(min=0, max=5)] = None,
    setting: Annotated[str | None, typer.Option(help="treatment, prophylaxis, ...")] = None,
    route: Annotated[str | None, typer.Option(help="IV, SC, PO, ...")] = None,
    weight: Annotated[str | None, typer.Option(help="Body weight, kg.")] = None,
    bsa: Annotated[str | None, typer.Option(help="Body surface area, m2.")] = None,
    age: Annotated[str | None, typer.Option(help="Age, years.")] = None,
) -> None:
    """Judge an amount against the row that holds for it."""
    options: Options = context.obj
    answer = assistant(options, searching=False).check(drug, amount, for_, grade, setting, route, weight, bsa, age)
    _show_answer(options, answer)
