"""Fixtures of the service's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from server.service_fake import FakeAssistant
from server.service_running import open_client
from wardbook.server.settings import ServerSettings


@pytest.fixture
def fake() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def settings(tmp_path: Path) -> ServerSettings:
    return ServerSettings(state_dir=tmp_path / "state", requests_per_minute=100_000)


@pytest.fixture
def client(fake: FakeAssistant, settings: ServerSettings) -> Iterator[TestClient]:
    with open_client(fake, settings) as client:
        yield client
