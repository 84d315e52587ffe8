"""The database: opened, brought to the newest layout, read and written."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from wardbook.errors import SettingsError

_MIGRATIONS = Path(__file__).parent / "migrations"


class Storage:
    """One database. Safe to use from several threads."""

    def __init__(self, url: str) -> None:
        """Open the database without changing it.

        Raises:
            SettingsError: the URL cannot be used.
        """
        try:
            self.sqlite = make_url(url).get_backend_name() == "sqlite"
            self.engine = create_engine(url, pool_pre_ping=not self.sqlite, pool_size=24, hide_parameters=True)
        except (ArgumentError, ImportError) as error:
            raise SettingsError(
                "database_url cannot be used", "give a SQLAlchemy URL with an installed driver"
            ) from error
        if self.sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._writer = threading.Lock() if self.sqlite else nullcontext()

    def migrate(self) -> None:
        """Bring the layout up to date.

        Raises:
            SettingsError: the database cannot be opened or written.
        """
        try:
            with self._writer:
                command.upgrade(migration_config(self.engine), "head")
        except SQLAlchemyError as error:
            reason = f"the database cannot be opened ({type(error).__name__})"
            raise SettingsError(reason, "check database_url and the rights of its folder") from error

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session whose changes are on disk when the block ends; nothing of it is kept on an error.

        SQLite has one writer: those of this process wait in line for the lock rather than by polling the file.
        """
        with self._writer, self.engine.connect() as connection:
            connection = connection.execution_options(wardbook_write=True)
            with Session(connection, expire_on_commit=False) as session, session.begin():
                yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session for reading."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def migration_config(engine: Engine) -> Config:
    """Give Alembic's configuration for this database."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["engine"] = engine
    return config


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`, not guessed by the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("wardbook_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
