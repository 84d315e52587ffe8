"""The made assistant with hazards, to be opened in processes of its own; its index is a number in a file."""

import os
import re
import signal
import time
from pathlib import Path
from typing import Any

from server.service_fake import FakeAssistant
from wardbook.answering.answer import Answer
from wardbook.errors import IndexFault

HANGS = "hang"
DIES = "die"


class Hazardous(FakeAssistant):
    """Hangs holding the interpreter, is killed, raises, or tells its process and index, as the question wants it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._file = folder / "generation"
        self.generation = self._there()

    def _there(self) -> int:
        words = self._file.read_text(encoding="ascii") if self._file.exists() else "1"
        if not words.isdecimal():
            raise IndexFault("the index is damaged", "build it again")
        return int(words)

    def ask(self, question: str, **more: Any) -> Answer:
        if question == HANGS:
            re.match("(a+)+b", "a" * 64)
        if question == DIES:
            os.kill(os.getpid(), signal.SIGKILL)
        if question.startswith("boom"):
            raise RuntimeError(question)
        if question.startswith("slow"):
            time.sleep(1.5)
        if question.startswith("who"):
            return Answer("not_found", question, question, f"{os.getpid()} gen-{self.generation}")
        return super().ask(question, **more)

    def refresh(self) -> bool:
        before, self.generation = self.generation, self._there()
        return self.generation != before
