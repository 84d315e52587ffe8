"""The database: layout, durability, and what several threads do to it."""

import re
import threading
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from wardbook import server
from wardbook.errors import SettingsError
from wardbook.server.storage import conversations
from wardbook.server.storage.engine import Storage, migration_config
from wardbook.server.storage.migrations import versions
from wardbook.server.storage.tables import Base


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    storage = Storage(f"sqlite:///{tmp_path / 'a.db'}")
    storage.migrate()
    return storage


def test_migrations_make_what_the_tables_say(storage: Storage) -> None:
    with storage.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrations_go_down_and_up_again(storage: Storage) -> None:
    command.downgrade(migration_config(storage.engine), "base")
    assert inspect(storage.engine).get_table_names() == ["alembic_version"]
    storage.migrate()
    storage.migrate()
    assert "answers" in inspect(storage.engine).get_table_names()


def test_sqlite_is_set_to_keep_what_it_acknowledged(storage: Storage) -> None:
    with storage.read() as session:
        values = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_nothing_is_kept_of_a_block_that_fails(storage: Storage) -> None:
    with pytest.raises(RuntimeError), storage.write() as session:
        conversations.start(session, "me", "half")
        raise RuntimeError
    with storage.read() as session:
        assert conversations.listed(session, "me", 10, 0) == []


def test_threads_do_not_lose_turns(storage: Storage) -> None:
    with storage.write() as session:
        one = conversations.start(session, "me").id

    def work(number: int) -> None:
        for turn in range(10):
            with storage.write() as session:
                answer = {"question": f"{number}-{turn}", "text": "", "session_id": one}
                conversations.keep(session, "me", f"{number}-{turn}", "ask", {}, answer, {})

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with storage.read() as session:
        turns = conversations.turns(session, "me", one)
    assert len(turns) == len({turn.answer_id for turn in turns}) == 80


def test_what_is_older_than_the_site_keeps_is_deleted_with_all_that_hangs_on_it(storage: Storage) -> None:
    with storage.write() as session:
        for name, at in (("old", "2026-01-01"), ("new", "2026-03-01")):
            conversations.start(session, "me", conversation=name)
            for answer, within in ((f"{name}-1", name), (f"{name}-alone", None)):
                words = {"question": "q", "text": "", "session_id": within}
                conversations.keep(session, "me", answer, "ask", {}, words, {})
                conversations.judge(session, "me", answer, "wrong", "why")
            session.flush()
            session.execute(text("UPDATE sessions SET updated_at = :at WHERE id = :id"), {"at": at, "id": name})
            session.execute(text("UPDATE answers SET created_at = :at WHERE id LIKE :id"), {"at": at, "id": f"{name}%"})
    with storage.write() as session:
        assert conversations.expire(session, "2026-02-01") == (1, 1)
    with storage.read() as session:
        assert list(session.scalars(text("SELECT id FROM answers ORDER BY id"))) == ["new-1", "new-alone"]
        assert list(session.scalars(text("SELECT answer_id FROM feedback ORDER BY 1"))) == ["new-1", "new-alone"]
        assert [row.id for row in conversations.listed(session, "me", 10, 0)] == ["new"]


def _statements(dialect: str) -> str:
    """Give what the migrations would send to a database of this kind."""
    written = StringIO()
    context = MigrationContext.configure(dialect_name=dialect, opts={"as_sql": True, "output_buffer": written})
    with Operations.context(context):
        for name in ("upgrade", "downgrade"):
            for version in sorted(Path(versions.__file__).parent.glob("v*.py")):
                getattr(import_module(f"{versions.__name__}.{version.stem}"), name)()
    return written.getvalue()


def test_the_tables_are_made_on_postgresql_too() -> None:
    statements = _statements("postgresql")
    for table in Base.metadata.sorted_tables:
        made = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
        assert made.split("(")[0].strip() in " ".join(statements.split())
        for column in table.columns:
            assert re.search(rf'CREATE TABLE {table.name} \((?:[^;]*\s)?"?{column.name}"? ', statements), column
    assert '"user" VARCHAR(320) NOT NULL' in statements
    assert "RAISE EXCEPTION 'the audit trail is only added to'" in statements
    for only_sqlite in ("RAISE(ABORT", "PRAGMA", "AUTOINCREMENT", "sqlite"):
        assert only_sqlite not in statements


def test_what_is_asked_of_the_database_is_understood_by_postgresql() -> None:
    """Nothing is written in SQLite's own words: all goes through SQLAlchemy but for its pragmas and one `SELECT 1`."""
    own = re.compile(r"exec_driver_sql\(|\btext\(|\.execute\(\s*f?[\"']")
    found = {
        f"{path.name}: {line.strip()}"
        for path in Path(server.__file__).parent.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if own.search(line) and "def text" not in line and "metrics.text()" not in line
    }
    assert found == {
        'engine.py: connection.execute(f"PRAGMA {pragma}")',
        'engine.py: connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")',
        'health.py: session.connection().exec_driver_sql("SELECT 1")',
        'v0001_first.py: op.execute("DROP FUNCTION audit_only_added_to()")',
    }


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/none/a.db", "oracle+nodriver://x"])
def test_a_database_that_cannot_be_used_is_one_clear_line(url: str) -> None:
    with pytest.raises(SettingsError, match="database"):
        Storage(url).migrate()
