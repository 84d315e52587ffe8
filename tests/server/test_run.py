"""Serving: the address is taken, or said to be taken."""

import asyncio
import socket

import httpx
import pytest

from server.service_fake import FakeAssistant
from server.service_running import running
from wardbook.errors import SettingsError
from wardbook.server import run
from wardbook.server.app import create_app
from wardbook.server.run import serve
from wardbook.server.settings import ServerSettings


def test_an_address_that_is_taken_is_one_clear_line(fake: FakeAssistant, settings: ServerSettings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match="cannot be served on"):
            serve(
                lambda: fake, settings.model_copy(update={"answer_processes": 0}), "127.0.0.1", taken.getsockname()[1]
            )


def test_the_end_of_an_answer_does_not_wait_for_its_beginning_to_be_acknowledged(
    fake: FakeAssistant, settings: ServerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    options: list[int] = []
    made = run._Protocol.connection_made

    def noted(self: run._Protocol, transport: asyncio.Transport) -> None:
        made(self, transport)
        options.append(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr(run._Protocol, "connection_made", noted)
    with running(create_app(fake, settings)) as address:
        assert httpx.get(f"{address}/healthz").status_code == 200
    assert options
    assert all(options)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("256.1.1.1", 0)])
def test_an_address_that_is_none_is_one_clear_line(
    fake: FakeAssistant, settings: ServerSettings, host: str, port: int
) -> None:
    with pytest.raises(SettingsError):
        serve(lambda: fake, settings.model_copy(update={"answer_processes": 0}), host, port)
