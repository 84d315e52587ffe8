"""The command line: its commands, the options that all have, and how a run ends."""

import json
import os
import sys
from argparse import Namespace
from pathlib import Path

from wardbook import __version__, asking_commands, page_commands, service_commands
from wardbook.command_options import Options, Parser, add_command
from wardbook.errors import WardbookError
from wardbook.settings import load_settings

_ABOUT = "Cited answers from a clinical unit's own Markdown pages. For clinical staff; it replaces no local protocol."
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


def show_version(options: Options) -> None:
    """Print the version."""
    print(json.dumps({"version": __version__}) if options.as_json else __version__)


def command_line() -> Parser:
    """Give the parser of all commands.

    argparse rather than typer, which brings pydantic: a sixth of what a whole `ask` takes went into importing the two.
    """
    parser = Parser("wardbook", description=_ABOUT, epilog="Its options go before or after the command.")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of the pages (WARDBOOK_CORPUS)")
    parser.add_argument("--index", type=Path, metavar="DIR", help="folder of the built index (WARDBOOK_INDEX)")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.add_argument("--quiet", action="store_true", help="no progress on standard error")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_command(commands, "version", show_version)
    page_commands.add_to(commands)
    asking_commands.add_to(commands)
    service_commands.add_to(commands)
    return parser


def _run(arguments: list[str]) -> int:
    """Carry a command out; give the exit status."""
    parser = command_line()
    if not arguments:
        parser.print_help(sys.stderr)
        return 2
    given = parser.parse_args(hoist(arguments))
    settings = load_settings({"corpus": given.corpus, "index": given.index})
    return given.run(Options(settings, given.json, given.quiet), **_own(given)) or 0


def _own(given: Namespace) -> dict[str, object]:
    """Give what belongs to the command alone, by the names of its function's parameters."""
    return {
        name: value for name, value in vars(given).items() if name not in ("corpus", "index", "json", "quiet", "run")
    }


def main() -> None:
    """Run the command line; a refusal is one line on standard error and exit status 2.

    Where the reader of the output went away ("| head"), the rest is dropped: what was asked for is done.
    """
    try:
        try:
            status = _run(sys.argv[1:])
        finally:
            sys.stdout.flush()
    except WardbookError as fault:
        print(f"wardbook: {fault}", file=sys.stderr)
        status = 2
    except BrokenPipeError:
        _drop_output()
        status = 0
    except OSError as fault:
        _drop_output()
        what = fault.filename or "the output"
        print(f"wardbook: {what} cannot be used ({fault.strerror}): make room or mend its permissions", file=sys.stderr)
        status = 2
    except KeyboardInterrupt:
        print("wardbook: stopped", file=sys.stderr)
        status = 130
    sys.exit(status)


def _drop_output() -> None:
    """Let what is still to be written go nowhere, so that the end of the run does not stumble over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
