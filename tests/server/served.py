"""A service over the made assistant in a process of its own: `python served.py PORT STATE DELAY PROCESSES`."""

import os
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import httpx

_HERE = Path(__file__).resolve()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Served:
    """The process; `stop` asks it to end, `kill` does not ask."""

    def __init__(self, state: Path, delay_s: float = 0.0, processes: int = 0) -> None:
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        command = [sys.executable, str(_HERE), str(port), str(state), str(delay_s), str(processes)]
        paths = os.pathsep.join([str(_HERE.parent.parent), os.environ.get("PYTHONPATH", "")])
        self._process = subprocess.Popen(
            command, env=os.environ | {"PYTHONPATH": paths}, stderr=subprocess.PIPE, text=True
        )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + 30
        while True:
            try:
                if httpx.get(f"{self.address}/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                assert self._process.poll() is None, self._process.stderr and self._process.stderr.read()
            assert time.monotonic() < end, "the service did not start"
            time.sleep(0.05)

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()

    def ask_to_stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def stop(self) -> str:
        """End the process; give what it logged."""
        self.ask_to_stop()
        return self._process.communicate(timeout=40)[1]


if __name__ == "__main__":
    from server.service_fake import FakeAssistant
    from wardbook.server.run import serve
    from wardbook.server.settings import ServerSettings

    settings = ServerSettings(
        state_dir=Path(sys.argv[2]), requests_per_minute=10_000_000, queue=256, answer_processes=int(sys.argv[4])
    )
    serve(partial(FakeAssistant, delay_s=float(sys.argv[3])), settings, "127.0.0.1", int(sys.argv[1]))
