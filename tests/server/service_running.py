"""A service over a small made assistant, in this process and as a real server on a loopback port."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from wardbook.server.app import create_app
from wardbook.server.logs import configure
from wardbook.server.run import configuration
from wardbook.server.settings import ServerSettings


@contextmanager
def open_client(fake: Any, settings: ServerSettings, host: str = "127.0.0.1") -> Iterator[TestClient]:
    configure("error")
    app = create_app(fake, settings, host)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=True) as client:
        yield client


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Serve on a free loopback port in a thread; gives the address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(configuration(app, app.state.service.settings))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)
