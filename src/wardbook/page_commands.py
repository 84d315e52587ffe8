"""Commands about the pages: index them, show one, find their faults, measure the answers that they give."""

import sys
from pathlib import Path
from typing import Any

from wardbook.command_options import Commands, Options, add_command, assistant, print_json, progress_bar, warn


def build_index(options: Options) -> None:
    """Build the index of the pages, or bring it up to date."""
    from wardbook.index.build import build

    settings = options.settings
    with progress_bar(options.quiet) as progress:
        report = build(
            settings.corpus,
            settings.index,
            model=settings.model,
            precision=settings.precision,
            cache=settings.cache,
            progress=progress,
            wait=settings.lock_wait,
        )
    warn(report.warnings)
    counts = {name: getattr(report, name) for name in ("pages", "sections", "passages", "regimens", "reused")}
    if options.as_json:
        print_json({**counts, "seconds": round(report.seconds, 3), "warnings": list(report.warnings)})
    else:
        words = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        print(f"{words}; {report.seconds:.1f} s")


def show(options: Options, target: str) -> None:
    """Print a page or a section, with line numbers."""
    from wardbook.showing import show_page

    page, _, section = target.partition("#")
    shown = show_page(options.settings.corpus, page, section or None)
    if options.as_json:
        print_json(shown)
        return
    first = shown["lines"][0]
    for number, line in enumerate(shown["text"].split("\n"), first):
        print(f"{number:5d}  {line}")


def lint(options: Options, accept: Path | None, rules: bool) -> int:
    """List faults of the pages, one a line: page:line: CODE message."""
    from wardbook.lint import output
    from wardbook.lint.finding import LintSettings
    from wardbook.lint.run import run

    if rules:
        if options.as_json:
            print_json(output.rules_json())
        else:
            print("\n".join(output.rule_lines()))
        return 0
    months = LintSettings(stale_months=options.settings.stale_months)
    report = run(options.settings.corpus, accept, months, cache=options.settings.cache)
    warn(tuple(report.warnings))
    if options.as_json:
        print_json(output.as_json(report))
    else:
        for line in output.text_lines(report):
            print(line)
        print(output.summary(report), file=sys.stderr)
    return 0 if report.clean else 1


def evaluate(options: Options, gold: list[Path], report: Path | None, baseline: Path | None, again: Path | None) -> int:
    """Ask gold questions and measure the answers; exit 1 where they are worse than the baseline."""
    from wardbook.evaluation.evaluate import rescore
    from wardbook.evaluation.output import summary_lines

    status, summary = rescore(again, gold, report, baseline) if again else _run_gold(options, gold, report, baseline)
    if options.as_json:
        print_json(summary)
    else:
        print("\n".join(summary_lines(summary)))
    return status


def _run_gold(
    options: Options, gold: list[Path], report: Path | None, baseline: Path | None
) -> tuple[int, dict[str, Any]]:
    """Ask every gold question of one assistant, with a progress bar; give (exit status, summary)."""
    from wardbook.answering.answer import to_json
    from wardbook.evaluation.evaluate import evaluate as ask_gold

    opened = assistant(options, long_running=True)

    class Asked:
        def ask(self, question: str, history: Any = (), k: int = 10) -> dict[str, Any]:
            return to_json(opened.ask(question, history=history))

        def search(self, query: str, k: int = 10) -> list[dict[str, Any]]:
            return opened.search(query, k)

        def describe(self) -> dict[str, Any]:
            return opened.info()

    with progress_bar(options.quiet) as progress:
        return ask_gold(
            Asked(),
            gold,
            report,
            baseline,
            lambda done, total, _: progress("asking", done, total),
            corpus=options.settings.corpus,
        )


def add_to(commands: Commands) -> None:
    """Add the commands of this module."""
    add_command(commands, "index", build_index)
    adding = add_command(commands, "show", show)
    adding.add_argument("target", metavar="PAGE[#SECTION]", help="page id, and section of it")
    adding = add_command(commands, "lint", lint)
    adding.add_argument("--accept", type=Path, metavar="FILE", help="file of accepted findings, with reasons")
    adding.add_argument("--rules", action="store_true", help="list the rules")
    adding = add_command(commands, "eval", evaluate)
    adding.add_argument("gold", type=Path, nargs="+", help="gold question files (JSON lines) or folders")
    adding.add_argument("--report", type=Path, metavar="DIR", help="folder for the report and the run file")
    adding.add_argument("--baseline", type=Path, metavar="FILE", help="run file to compare with")
    run_help = "run file to score again; nothing is asked"
    adding.add_argument("--run", type=Path, dest="again", metavar="FILE", help=run_help)
