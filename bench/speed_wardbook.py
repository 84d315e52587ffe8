"""wardbook as a process that stays: retrieves, answers, or only encodes the question, each on request.

speed_wardbook.py CORPUS INDEX plain|pipeline
"""

import sys
from pathlib import Path
from typing import Any

from speed_process import resident, serve, timed

from wardbook.assistant import Assistant, open_assistant


def opened(corpus: Path, index: Path, how: str) -> Assistant:
    """Open, through llama-index's interfaces as the long-running commands do, or without them."""
    if how == "plain":
        return open_assistant(corpus, index)
    from wardbook.retrieval.retriever import pipeline

    return open_assistant(corpus, index, pipeline)


def main() -> None:
    """Serve what the first argument names."""
    assistant = opened(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
    index = assistant._opened.index
    calls = {
        "retrieve": lambda question: assistant.search(question, 10),
        "answer": assistant.ask,
        "encode": lambda question: index.encoder.encode([question], "query"),
        "vectors": lambda question: index.search_vectors(question, 100),
        "words": lambda question: index.search_words(question, 100),
    }

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        questions = request["questions"]
        return {**{name: timed(calls[name], questions) for name in request["what"]}, "mib": resident()}

    serve(answer)


if __name__ == "__main__":
    main()
