"""Serving: the address is taken, or said to be taken."""

import socket

import pytest

from server.service_fake import FakeAssistant
from wardbook.errors import SettingsError
from wardbook.server.run import serve
from wardbook.server.settings import ServerSettings


def test_an_address_that_is_taken_is_one_clear_line(fake: FakeAssistant, settings: ServerSettings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match="cannot be served on"):
            serve(fake, settings, "127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("256.1.1.1", 0)])
def test_an_address_that_is_none_is_one_clear_line(
    fake: FakeAssistant, settings: ServerSettings, host: str, port: int
) -> None:
    with pytest.raises(SettingsError):
        serve(fake, settings, host, port)
