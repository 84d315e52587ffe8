"""The command line: thin commands over the assistant; every refusal is one line with its mend."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wardbook import __version__, service_commands
from wardbook.errors import QuestionError, WardbookError
from wardbook.service_commands import replay_answer, serve_until_stopped
from wardbook.settings import Settings, load_settings

if TYPE_CHECKING:
    from wardbook.answering.answer import Answer
    from wardbook.assistant import Assistant

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Cited answers from a clinical unit's own Markdown pages. For clinical staff; it replaces no local protocol.",
)
_VALUED = ("--corpus", "--index")
_PLAIN = ("--json", "--quiet")


@dataclass(slots=True)
class Options:
    """What the global options say."""

    settings: Settings
    """Settings, flags taken in."""
    as_json: bool
    """One JSON document on standard output, nothing else there."""
    quiet: bool
    """No progress."""


def hoist(arguments: list[str]) -> list[str]:
    """Put the global options first, wherever they stand, so that a command takes them before and after its name."""
    first: list[str] = []
    rest: list[str] = []
    left = list(arguments)
    while left:
        word = left.pop(0)
        if word == "--":
            rest += [word, *left]
            break
        if word in _VALUED and left:
            first += [word, left.pop(0)]
        elif word in _PLAIN or word.startswith(tuple(f"{name}=" for name in _VALUED)):
            first.append(word)
        else:
            rest.append(word)
    return first + rest


@app.callback()
def main_options(
    context: typer.Context,
    corpus: Annotated[Path | None, typer.Option(help="Folder of the pages (WARDBOOK_CORPUS).")] = None,
    index: Annotated[Path | None, typer.Option(help="Folder of the built index (WARDBOOK_INDEX).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on standard error.")] = False,
) -> None:
    """Take the options that every command has."""
    context.obj = Options(load_settings({"corpus": corpus, "index": index}), as_json, quiet)


@app.command("version")
def show_version() -> None:
    """Print the version."""
    print(__version__)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a progress bar on standard error; on no terminal, one line a stage."""
    if quiet:
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show


def _warn(lines: tuple[str, ...]) -> None:
    for line in lines:
        print(f"warning: {line}", file=sys.stderr)


@app.command("index")
def build_index(context: typer.Context) -> None:
    """Build the index of the pages, or bring it up to date."""
    from wardbook.index.build import build

    options: Options = context.obj
    settings = options.settings
    with _progress(options.quiet) as progress:
        report = build(
            settings.corpus,
            settings.index,
            model=settings.model,
            precision=settings.precision,
            cache=settings.cache,
            progress=progress,
            wait=settings.lock_wait,
        )
    _warn(report.warnings)
    counts = {name: getattr(report, name) for name in ("pages", "sections", "passages", "regimens", "reused")}
    if options.as_json:
        _print_json({**counts, "seconds": round(report.seconds, 3), "warnings": list(report.warnings)})
    else:
        words = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        print(f"{words}; {report.seconds:.1f} s")


def _assistant(options: Options, long_running: bool = False, searching: bool = True) -> "Assistant":
    """Open the index; a long-running command goes through llama-index, a single question does not wait for it."""
    from wardbook.assistant import open_assistant

    if not long_running:
        return open_assistant(options.settings.corpus, options.settings.index, searching=searching)
    from wardbook.retrieval.retriever import pipeline

    return open_assistant(options.settings.corpus, options.settings.index, pipeline)


def _show_answer(options: Options, answer: "Answer") -> None:
    from wardbook.answering.answer import to_json
    from wardbook.render import terminal

    found = to_json(answer)
    if options.as_json:
        _print_json(found)
    else:
        print(terminal(found, min(shutil.get_terminal_size().columns, 110)))
    if answer.status in ("not_found", "refused"):
        raise typer.Exit(1)


@app.command("ask")
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

    assistant = _assistant(options)
    answer = assistant.ask(question, k=k) if session is None else ask_in_session(assistant, session, question, k)
    _show_answer(options, answer)


def _ask_batch(options: Options, path: Path, k: int | None) -> None:
    from wardbook.answering.answer import to_json

    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise QuestionError(f"{path} cannot be read ({fault})", "give a file of JSON lines in UTF-8") from None
    assistant = _assistant(options, long_running=True)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            key, question, history = _batch_item(line)
            answer = assistant.ask(question, history=history, k=k)
        except (ValueError, QuestionError) as fault:
            print(f"{path}:{number}: skipped: {fault}", file=sys.stderr)
            continue
        _print_json({"id": key, "answer": to_json(answer)})


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


@app.command("chat")
def chat(context: typer.Context) -> None:
    """Hold a conversation in the terminal: /sources, /show N, /new, /quit."""
    from wardbook.chat import converse

    converse(_assistant(context.obj, long_running=True), print, input)


@app.command("search")
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Passages to give.")] = 10,
) -> None:
    """List the passages that are nearest to a query."""
    options: Options = context.obj
    found = _assistant(options).search(query, k)
    if options.as_json:
        _print_json({"passages": found})
    else:
        for each in found:
            first, last = each["lines"]
            print(f"{each['rank']}. {each['score']:.3f}  {each['page']}#{each['section']}  lines {first}-{last}")
            print("   " + each["text"].replace("\n", "\n   ")[:400])
    if not found:
        raise typer.Exit(1)


@app.command("dose")
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
    answer = _assistant(options, searching=False).dose(drug, for_, grade, setting, route, weight, bsa, age)
    _show_answer(options, answer)


@app.command("check")
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
    answer = _assistant(options, searching=False).check(drug, amount, for_, grade, setting, route, weight, bsa, age)
    _show_answer(options, answer)


@app.command("show")
def show(
    context: typer.Context, target: Annotated[str, typer.Argument(metavar="PAGE[#SECTION]", help="Page id.")]
) -> None:
    """Print a page or a section, with line numbers."""
    from wardbook.showing import show_page

    options: Options = context.obj
    page, _, section = target.partition("#")
    shown = show_page(options.settings.corpus, page, section or None)
    if options.as_json:
        _print_json(shown)
        return
    first = shown["lines"][0]
    for number, line in enumerate(shown["text"].split("\n"), first):
        print(f"{number:5d}  {line}")


@app.command("lint")
def lint(
    context: typer.Context,
    accept: Annotated[Path | None, typer.Option(help="File of accepted findings, with reasons.")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules.")] = False,
) -> None:
    """List faults of the pages, one a line: page:line: CODE message."""
    from wardbook.lint import output
    from wardbook.lint.run import run

    options: Options = context.obj
    if rules:
        if options.as_json:
            _print_json(output.rules_json())
        else:
            print("\n".join(output.rule_lines()))
        return
    report = run(options.settings.corpus, accept, cache=options.settings.cache)
    _warn(tuple(report.warnings))
    if options.as_json:
        _print_json(output.as_json(report))
    else:
        for line in output.text_lines(report):
            print(line)
        print(output.summary(report), file=sys.stderr)
    if not report.clean:
        raise typer.Exit(1)


@app.command("eval")
def evaluate(
    context: typer.Context,
    gold: Annotated[list[Path], typer.Argument(help="Gold question files (JSON lines) or folders.")],
    report: Annotated[Path | None, typer.Option(help="Folder for the report and the run file.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Run file to compare with.")] = None,
    run: Annotated[Path | None, typer.Option(help="Run file to score again; nothing is asked.")] = None,
) -> None:
    """Ask gold questions and measure the answers; exit 1 where they are worse than the baseline."""
    from wardbook.evaluation.evaluate import rescore
    from wardbook.evaluation.output import summary_lines

    options: Options = context.obj
    status, summary = rescore(run, gold, report, baseline) if run else _run_gold(options, gold, report, baseline)
    if options.as_json:
        _print_json(summary)
    else:
        print("\n".join(summary_lines(summary)))
    if status:
        raise typer.Exit(status)


def _run_gold(
    options: Options, gold: list[Path], report: Path | None, baseline: Path | None
) -> tuple[int, dict[str, Any]]:
    """Ask every gold question of one assistant, with a progress bar; give (exit status, summary)."""
    from wardbook.answering.answer import to_json
    from wardbook.evaluation.evaluate import evaluate as ask_gold

    assistant = _assistant(options, long_running=True)

    class Asked:
        def ask(self, question: str, history: Any = (), k: int = 10) -> dict[str, Any]:
            return to_json(assistant.ask(question, history=history))

        def search(self, query: str, k: int = 10) -> list[dict[str, Any]]:
            return assistant.search(query, k)

        def describe(self) -> dict[str, Any]:
            return assistant.info()

    with _progress(options.quiet) as progress:
        return ask_gold(
            Asked(),
            gold,
            report,
            baseline,
            lambda done, total, _: progress("asking", done, total),
            corpus=options.settings.corpus,
        )


@app.command("serve")
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address; other than loopback needs authentication.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the chat page and the HTTP interface."""
    serve_until_stopped(_assistant(context.obj, long_running=True), host, port)


@app.command("replay")
def replay(
    context: typer.Context, answer: Annotated[str, typer.Argument(metavar="ID", help="Id of a kept answer.")]
) -> None:
    """Give a kept answer of the service again, and say what differs."""
    options: Options = context.obj
    if not replay_answer(_assistant(options, long_running=True), answer, options.as_json):
        raise typer.Exit(1)


app.add_typer(service_commands.keys, name="keys")
app.add_typer(service_commands.audit, name="audit")
app.add_typer(service_commands.gold, name="gold")


def main() -> None:
    """Run the command line; a refusal is one line on standard error and exit status 2."""
    try:
        app(hoist(sys.argv[1:]), standalone_mode=True)
    except WardbookError as fault:
        print(f"wardbook: {fault}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        print("wardbook: stopped", file=sys.stderr)
        sys.exit(130)
