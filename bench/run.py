"""All speed measurements in one run; the tables go into README.md beside this file.

    python bench/run.py [--rounds N] [--parts peer,answers,growth,quality] [--sizes 300,10000,100000]
                        [--set FOLDER] [--set-index DIR] [--work build/bench]

`make bench` runs everything but `quality`, which needs a set (`--set`, see `public_sets.py`) and is left out without
one. Figures are shares within this run, taken in turns; no figure holds for another machine.
"""

import argparse
import datetime
import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import growth
import speed
from speed_process import HERE

README = HERE / "README.md"
PAGES = 1000
"""Pages that answers are timed over."""


def questions(folder: Path) -> list[str]:
    """The gold questions that stand alone, kinds mixed."""
    items = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    alone = [(item["id"].rpartition("-")[2], item["question"]) for item in items if not item.get("history")]
    return [question for _, question in sorted(alone)]


def peer(options: argparse.Namespace, asked: Sequence[str]) -> str:
    """The comparison with LlamaIndex's quick start."""
    from growth_pages import write_copies

    pages = options.work / "pages"
    write_copies(options.corpus, pages, len([*options.corpus.rglob("*.md")]) - 1)
    lines, counts = speed.builds(pages, options.work, options.rounds)
    lines += speed.one_shot(pages, options.work, asked, options.rounds)
    lines += speed.warm(pages, options.work, asked[:40], options.rounds)
    told = (
        f"{counts['pages']} pages: {counts['passages']} passages of wardbook's (rows of tables among them,"
        f" {counts['sections']} sections), {counts['nodes']} nodes of MarkdownNodeParser's."
        f" Medians of {options.rounds} rounds in turns; the other side on its default threads or on one, whichever was"
        " better."
    )
    return "\n".join([told, "", speed.HEAD, *(line.row for line in lines)])


def answered(options: argparse.Namespace, asked: Sequence[str]) -> str:
    """Answers against encoding, over many pages."""
    growth.SIZES["answers"] = PAGES
    found = growth.grow(options.corpus, options.work, options.work / "cache", "answers", asked)
    lines = speed.answers(found["asked"])
    parts = ", ".join(
        f"{what} {statistics.median(found['asked'][what]['cpu']):.1f}"
        for what in ("encode", "vectors", "words", "retrieve", "answer")
    )
    told = f"{found['pages']:,} pages, {found['passages']:,} passages, {len(asked)} questions, in turns with encoding."
    return "\n".join(
        [told, "", speed.HEAD, *(line.row for line in lines), "", f"Medians of processor time, ms: {parts}."]
    )


def grown(options: argparse.Namespace, asked: Sequence[str]) -> str:
    """Growth, in processor time but for the whole-process `ask`."""
    head = (
        "| passages | pages | build but for embedding, a passage | smallest = 1 | embedding, a text | peak memory |"
        " index on disk | retrieval | answer | encoding alone | process that answers | `ask`, whole process |"
        " edit of one section | share of the build | share, embedding of all passages added |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    )
    rows, first = [], 0.0
    for name in options.sizes:
        found = growth.grow(options.corpus, options.work, options.work / "cache", name, asked[:60])
        rest = found["build"][1] - found["embedding"]
        text = found["embedding"] / found["embedded"]
        first = first or rest / found["passages"]
        took = {what: statistics.median(times["cpu"]) for what, times in found["asked"].items()}
        edit = found["edit"][1]
        rows.append(
            f"| {found['passages']:,} | {found['pages']:,} | {rest / found['passages'] * 1000:.2f} ms |"
            f" {rest / found['passages'] / first:.2f} | {text * 1000:.1f} ms | {found['build'][2]:,.0f} MiB |"
            f" {found['disk'] / 2**20:,.1f} MiB | {took['retrieve']:.1f} ms | {took['answer']:.1f} ms |"
            f" {took['encode']:.1f} ms | {found['mib']:,.0f} MiB | {found['once']:.2f} s | {edit:.1f} s |"
            f" {edit / rest:.1%} | {edit / (rest + text * found['passages']):.1%} |"
        )
        print(rows[-1], file=sys.stderr)
    return "\n".join([head, *rows])


def quality(options: argparse.Namespace, asked: Sequence[str]) -> str:
    """Retrieval on a public set."""
    command = [sys.executable, HERE / "public_sets.py", "measure", options.set, "--index", options.set_index]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    return "\n".join([f"Set `{options.set.name}`:", "", "```", done.stdout.strip(), "```"])


PARTS = {"peer": peer, "answers": answered, "growth": grown, "quality": quality}


def write(part: str, text: str) -> None:
    """Put a part's figures between its marks in the README."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    text = f"{text}\n\nMeasured {today}, {os.cpu_count()} cores."
    print(f"\n## {part}\n{text}")
    marks = f"<!-- {part} -->", f"<!-- /{part} -->"
    found = re.compile(re.escape(marks[0]) + ".*?" + re.escape(marks[1]), re.DOTALL)
    held = README.read_text(encoding="utf-8")
    README.write_text(found.sub(lambda _: f"{marks[0]}\n{text}\n{marks[1]}", held), encoding="utf-8")


def read_arguments() -> argparse.Namespace:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description="Speed measurements", epilog="Tables go into bench/README.md.")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--questions", type=Path, default=Path("eval/dev"))
    parser.add_argument("--work", type=Path, default=Path("build/bench"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--parts", type=lambda text: text.split(","), default=["peer", "answers", "growth"])
    parser.add_argument(
        "--sizes", type=lambda text: [f"{int(each):,}" for each in text.split(",")], default=[*growth.SIZES]
    )
    parser.add_argument("--set", type=Path)
    parser.add_argument("--set-index", type=Path, default=Path("build/public-index"))
    given = parser.parse_args()
    if given.set and "quality" not in given.parts:
        given.parts.append("quality")
    return given


def main() -> None:
    """Measure."""
    options = read_arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    asked = questions(options.questions)
    for part in options.parts:
        write(part, PARTS[part](options, asked))


if __name__ == "__main__":
    main()
