"""Lint: rules that keep pages trustworthy; it reports, it never rewrites."""

from wardbook.lint.finding import Finding, LintSettings
from wardbook.lint.rules import Rule, rules
from wardbook.lint.run import LintReport, lint_documents, run

__all__ = ["Finding", "LintReport", "LintSettings", "Rule", "lint_documents", "rules", "run"]
