"""The database: layout, durability, and what several threads do to it."""

import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from wardbook.errors import SettingsError
from wardbook.server.storage import conversations
from wardbook.server.storage.engine import Storage, migration_config
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


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/none/a.db", "oracle+nodriver://x"])
def test_a_database_that_cannot_be_used_is_one_clear_line(url: str) -> None:
    with pytest.raises(SettingsError, match="database"):
        Storage(url).migrate()
