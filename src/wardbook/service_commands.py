"""Commands around the chat service: serve it, its keys, its audit trail, answers given again, gold from feedback."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from wardbook.command_options import Commands, Options, add_command, assistant, whole
from wardbook.errors import SettingsError
from wardbook.settings import Settings

if TYPE_CHECKING:
    from wardbook.assistant import Assistant


def _print(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, default=str))


def serve(options: Options, host: str, port: int) -> None:
    """Serve the chat page and the HTTP interface."""
    from functools import partial

    from wardbook.server.run import serve as serve_until_stopped
    from wardbook.server.settings import load_settings

    serve_until_stopped(partial(_to_serve, options.settings), load_settings(), host, port)


def _to_serve(settings: Settings) -> "Assistant":
    """Open the index without llama-index, which each process that answers would load and hold once more."""
    from wardbook.assistant import open_assistant

    return open_assistant(settings.corpus, settings.index, stale_months=settings.stale_months)


def replay(options: Options, answer: str) -> int:
    """Give a kept answer of the service again, and say what differs."""
    from dataclasses import asdict

    from wardbook.server.replay import replay as give_again
    from wardbook.server.settings import load_settings

    found = give_again(load_settings(), assistant(options, long_running=True), answer)
    if options.as_json:
        _print(asdict(found))
    elif found.same:
        print("the same answer" + ("" if found.same_index else ", on another index"))
    else:
        print("\n".join(found.differences))
        print(f"changed pages: {', '.join(found.changed_pages) or 'none'}")
    return 0 if found.same else 1


def add_key(options: Options, user: str, days: int | None) -> None:
    """Make a key; it is shown once."""
    from wardbook.server.keys import add
    from wardbook.server.settings import load_settings

    print(add(load_settings(), user, days))


def list_keys(options: Options) -> None:
    """List the keys, without their secrets."""
    from dataclasses import asdict

    from wardbook.server.keys import listed
    from wardbook.server.settings import load_settings

    keys = [asdict(key) for key in listed(load_settings())]
    for each in [keys] if options.as_json else keys:
        _print(each)


def revoke_key(options: Options, key: str) -> None:
    """Revoke a key; it opens nothing from now on."""
    from wardbook.server.keys import revoke
    from wardbook.server.settings import load_settings

    if not revoke(load_settings(), key):
        raise SettingsError(f"no key {key}", "`wardbook keys list` shows them")
    print("revoked")


def verify_audit(options: Options) -> int:
    """Check that no event of the trail was changed, removed or moved."""
    from dataclasses import asdict

    from wardbook.server.audit import verify
    from wardbook.server.settings import load_settings

    report = verify(load_settings())
    if options.as_json:
        _print(asdict(report) | {"sound": report.sound})
        return 0 if report.sound else 1
    print(f"{report.events:,} events, {len(report.faults)} faults")
    for fault in report.faults:
        print(fault)
    return 0 if report.sound else 1


def export_audit(options: Options, since: str, until: str, text: bool) -> None:
    """Print the events as JSON lines, oldest first."""
    from wardbook.server.audit import export
    from wardbook.server.settings import load_settings

    for event in export(load_settings(), since, until, words=text):
        _print(event)


def review_audit(options: Options, since: str, until: str) -> None:
    """Print how many events there were of which kind, who was refused, and what was done on the command line."""
    from wardbook.server.audit import export
    from wardbook.server.review import in_words, review
    from wardbook.server.settings import load_settings

    told = review(export(load_settings(), since, until, act="review-audit"))
    _print(told) if options.as_json else print(in_words(told))


def new_audit_key(options: Options) -> None:
    """Print a new key for the words of questions (`audit_text_key`)."""
    from wardbook.server.audit_text import new_key

    print(new_key())


def check_gold(options: Options, paths: list[Path]) -> int:
    """Check that gold questions still fit the pages."""
    from wardbook.evaluation.evaluate import gold_check

    faults = gold_check(paths, options.settings.corpus)
    if options.as_json:
        _print({"faults": [str(fault) for fault in faults]})
    else:
        print("\n".join(map(str, faults)) or "no faults")
    return 1 if faults else 0


def gold_from_feedback(options: Options) -> None:
    """Print what people said of answers as gold items, for a person to complete."""
    from wardbook.server.gold import from_feedback
    from wardbook.server.settings import load_settings

    for item in from_feedback(load_settings()):
        _print(item)


def add_to(commands: Commands) -> None:
    """Add the commands of this module."""
    adding = add_command(commands, "serve", serve)
    adding.add_argument("--host", default="127.0.0.1", help="address; other than loopback needs authentication")
    adding.add_argument("--port", type=whole(1, 65_535), default=8000, help="port to listen on (%(default)s)")
    add_command(commands, "replay", replay).add_argument("answer", metavar="ID", help="id of a kept answer")
    keys = _group(commands, "keys", "API keys of the service.")
    adding = add_command(keys, "add", add_key)
    adding.add_argument("user", help="name of the user that the key is for")
    adding.add_argument("--days", type=int, metavar="N", help="days until it ends")
    add_command(keys, "list", list_keys)
    add_command(keys, "revoke", revoke_key).add_argument("key", metavar="ID", help="id, as `keys list` shows it")
    audit = _group(commands, "audit", "The service's audit trail.")
    add_command(audit, "verify", verify_audit)
    exporting, reviewing = add_command(audit, "export", export_audit), add_command(audit, "review", review_audit)
    for adding in (exporting, reviewing):
        adding.add_argument("--since", default="", metavar="TIME", help="ISO time from which on")
        adding.add_argument("--until", default="9999", metavar="TIME", help="ISO time before which")
    exporting.add_argument("--text", action="store_true", help="with the words of questions that are still kept")
    add_command(audit, "new-key", new_audit_key)
    gold = _group(commands, "gold", "Gold question files.")
    adding = add_command(gold, "check", check_gold)
    adding.add_argument("paths", type=Path, nargs="+", help="gold files (JSON lines) or folders")
    add_command(gold, "from-feedback", gold_from_feedback)


def _group(commands: Commands, name: str, told: str) -> Commands:
    """Add a command that has commands of its own."""
    return commands.add_parser(name, help=told, description=told).add_subparsers(metavar="COMMAND", required=True)
