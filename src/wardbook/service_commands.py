"""Commands around the chat service: serve it, its keys, its audit trail, answers given again, gold from feedback."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from wardbook.errors import SettingsError

keys = typer.Typer(no_args_is_help=True, help="API keys of the service.")
audit = typer.Typer(no_args_is_help=True, help="The service's audit trail.")
gold = typer.Typer(no_args_is_help=True, help="Gold question files.")


def _print(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, default=str))


def serve_until_stopped(assistant: Any, host: str, port: int) -> None:
    """Serve an assistant until a signal comes."""
    from wardbook.server.run import serve
    from wardbook.server.settings import load_settings

    serve(assistant, load_settings(), host, port)


def replay_answer(assistant: Any, answer_id: str, as_json: bool) -> bool:
    """Give a kept answer again; True where nothing that a person reads differs."""
    from dataclasses import asdict

    from wardbook.server.replay import replay
    from wardbook.server.settings import load_settings

    found = replay(load_settings(), assistant, answer_id)
    if as_json:
        _print(asdict(found))
    elif found.same:
        print("the same answer" + ("" if found.same_index else ", on another index"))
    else:
        print("\n".join(found.differences))
        print(f"changed pages: {', '.join(found.changed_pages) or 'none'}")
    return found.same


@keys.command("add")
def add_key(
    user: Annotated[str, typer.Argument(help="Name of the user that the key is for.")],
    days: Annotated[int | None, typer.Option(help="Days until it ends.")] = None,
) -> None:
    """Make a key; it is shown once."""
    from wardbook.server.keys import add
    from wardbook.server.settings import load_settings

    print(add(load_settings(), user, days))


@keys.command("list")
def list_keys() -> None:
    """List the keys, without their secrets."""
    from dataclasses import asdict

    from wardbook.server.keys import listed
    from wardbook.server.settings import load_settings

    for key in listed(load_settings()):
        _print(asdict(key))


@keys.command("revoke")
def revoke_key(key_id: Annotated[str, typer.Argument(help="Id of the key, as `keys list` shows it.")]) -> None:
    """Revoke a key; it opens nothing from now on."""
    from wardbook.server.keys import revoke
    from wardbook.server.settings import load_settings

    if not revoke(load_settings(), key_id):
        raise SettingsError(f"no key {key_id}", "`wardbook keys list` shows them")
    print("revoked")


@audit.command("verify")
def verify_audit() -> None:
    """Check that no event of the trail was changed, removed or moved."""
    from wardbook.server.audit import verify
    from wardbook.server.settings import load_settings

    report = verify(load_settings())
    print(f"{report.events:,} events, {len(report.faults)} faults")
    for fault in report.faults:
        print(fault)
    if not report.sound:
        raise typer.Exit(1)


@audit.command("export")
def export_audit(
    since: Annotated[str, typer.Option(help="ISO time from which on.")] = "",
    until: Annotated[str, typer.Option(help="ISO time before which.")] = "9999",
) -> None:
    """Print the events as JSON lines, oldest first."""
    from wardbook.server.audit import export
    from wardbook.server.settings import load_settings

    for event in export(load_settings(), since, until):
        _print(event)


@gold.command("check")
def check_gold(
    context: typer.Context, paths: Annotated[list[Path], typer.Argument(help="Gold files (JSON lines) or folders.")]
) -> None:
    """Check that gold questions still fit the pages."""
    from wardbook.evaluation.evaluate import gold_check

    faults = gold_check(paths, context.obj.settings.corpus)
    for fault in faults:
        print(fault)
    if faults:
        raise typer.Exit(1)


@gold.command("from-feedback")
def gold_from_feedback() -> None:
    """Print what people said of answers as gold items, for a person to complete."""
    from wardbook.server.gold import from_feedback
    from wardbook.server.settings import load_settings

    for item in from_feedback(load_settings()):
        _print(item)
