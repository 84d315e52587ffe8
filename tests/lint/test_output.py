import json

from wardbook.lint import Finding, LintReport, rules
from wardbook.lint.output import as_json, rule_lines, rules_json, summary, text_lines

REPORT = LintReport(
    (Finding("drugs/a", 3, "N06", "words"),), ((Finding("b", 1, "S03", "more"), "known"),), ("note",), 2
)


def test_text_is_one_line_a_finding() -> None:
    assert list(text_lines(REPORT)) == ["drugs/a.md:3: N06 words"]
    assert summary(REPORT) == "1 found, 1 accepted with a reason, 2 pages, 1 warnings"


def test_json_holds_findings_accepted_and_warnings() -> None:
    value = json.loads(json.dumps(as_json(REPORT)))
    assert value["findings"] == [{"page": "drugs/a", "line": 3, "code": "N06", "message": "words"}]
    assert value["accepted"][0]["reason"] == "known"
    assert (value["clean"], value["pages"], value["warnings"], value["schema_version"]) == (False, 2, ["note"], 1)


def test_every_rule_has_a_code_of_its_own_and_one_line_that_explains_it() -> None:
    codes = [rule.code for rule in rules()]
    assert len(set(codes)) == len(codes)
    assert [line.split(" ")[0] for line in rule_lines()] == codes
    for rule in rules():
        assert rule.explanation
        assert "\n" not in rule.explanation
        assert rule.code == "S00" or (rule.on_page is None) != (rule.on_corpus is None)
    assert json.loads(json.dumps(rules_json()))["rules"][0] == {"code": "S00", "explanation": rules()[0].explanation}
