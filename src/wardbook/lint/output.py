"""A lint report as text and as JSON."""

from collections.abc import Iterator

from wardbook.lint.finding import Finding
from wardbook.lint.rules import RULES
from wardbook.lint.run import LintReport

SCHEMA_VERSION = 1


def text_lines(report: LintReport) -> Iterator[str]:
    """Give the findings that are not accepted, `page:line: CODE message`, one a line."""
    return (str(finding) for finding in report.findings)


def summary(report: LintReport) -> str:
    """Give one line for a person: how much was found and accepted on how many pages."""
    return (
        f"{len(report.findings):,} found, {len(report.accepted):,} accepted with a reason, "
        f"{report.pages:,} pages, {len(report.warnings):,} warnings"
    )


def as_json(report: LintReport) -> dict[str, object]:
    """Give the report as a JSON object: schema_version, findings, accepted (with reason), warnings, pages, clean."""
    return {
        "schema_version": SCHEMA_VERSION,
        "clean": report.clean,
        "pages": report.pages,
        "findings": [_finding(finding) for finding in report.findings],
        "accepted": [{**_finding(finding), "reason": reason} for finding, reason in report.accepted],
        "warnings": list(report.warnings),
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {"page": finding.page, "line": finding.line, "code": finding.code, "message": finding.message}


def rule_lines() -> Iterator[str]:
    """Give the rules, `CODE explanation`, one a line."""
    return (f"{rule.code} {rule.explanation}" for rule in RULES)


def rules_json() -> dict[str, object]:
    """Give the rules as a JSON object."""
    rules = [{"code": rule.code, "explanation": rule.explanation} for rule in RULES]
    return {"schema_version": SCHEMA_VERSION, "rules": rules}
