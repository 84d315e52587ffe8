"""The command line: what each command is called, the options that all have, and how a run ends."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from wardbook import __version__, asking_commands, page_commands, service_commands
from wardbook.command_options import Options, assistant
from wardbook.errors import WardbookError
from wardbook.service_commands import replay_answer, serve_until_stopped
from wardbook.settings import load_settings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Cited answers from a clinical unit's own Markdown pages. For clinical staff; it replaces no local protocol.",
)
_VALUED = ("--corpus", "--index")
_PLAIN = ("--json", "--quiet")


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


app.command("index")(page_commands.build_index)
app.command("ask")(asking_commands.ask)
app.command("chat")(asking_commands.chat)
app.command("search")(asking_commands.search)
app.command("dose")(asking_commands.dose)
app.command("check")(asking_commands.check)
app.command("show")(page_commands.show)
app.command("lint")(page_commands.lint)
app.command("eval")(page_commands.evaluate)


@app.command("serve")
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address; other than loopback needs authentication.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the chat page and the HTTP interface."""
    serve_until_stopped(assistant(context.obj, long_running=True), host, port)


@app.command("replay")
def replay(
    context: typer.Context, answer: Annotated[str, typer.Argument(metavar="ID", help="Id of a kept answer.")]
) -> None:
    """Give a kept answer of the service again, and say what differs."""
    options: Options = context.obj
    if not replay_answer(assistant(options, long_running=True), answer, options.as_json):
        raise typer.Exit(1)


app.add_typer(service_commands.keys, name="keys")
app.add_typer(service_commands.audit, name="audit")
app.add_typer(service_commands.gold, name="gold")


def main() -> None:
    """Run the command line; a refusal is one line on standard error and exit status 2.

    Where the reader of the output went away ("| head"), the rest is dropped: what was asked for is done.
    """
    try:
        try:
            app(hoist(sys.argv[1:]))
        finally:
            sys.stdout.flush()
    except WardbookError as fault:
        print(f"wardbook: {fault}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        _drop_output()
        sys.exit(0)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            _drop_output()
            sys.exit(0)
        raise
    except KeyboardInterrupt:
        print("wardbook: stopped", file=sys.stderr)
        sys.exit(130)


def _drop_output() -> None:
    """Let what is still to be written go nowhere, so that the end of the run does not stumble over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
