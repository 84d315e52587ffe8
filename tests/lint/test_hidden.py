import base64

import pytest

from lint.made_pages import found, page

WRONG = "The dose of examplin was changed and is now much higher."
CODE = base64.b64encode(WRONG.encode()).decode()
CASES = [
    ("H01", f"<!-- {WRONG} -->", "<!-- to come -->"),
    ("H01", "<!-- examplin 900 mg -->", "<!-- TODO: ask pharmacy whether this row still holds -->"),
    ("H01", "<!-- TODO: give 900 mg -->", "<!-- markdownlint-disable MD013 MD033 MD041 MD045 MD047 -->"),
    ("H01", f"<!--\nOne line.\n{WRONG}\n-->", f"```html\n<!-- {WRONG} -->\n```"),
    ("H01", f"<!-- {WRONG}", "<!-- toc -->\n\nText that everybody sees."),
    ("H01", f"[//]: # ({WRONG})", f'[protocol]: https://example.org "{WRONG}"'),
    ("H01", f"%% {WRONG} %%", "Of 100%% of patients, all were well and went home, 50%%."),
    ("H01", f"{{% comment %}}{WRONG}{{% endcomment %}}", f"{{% note %}}{WRONG}{{% endnote %}}"),
    ("H02", "Give 5\u200b0 mg.", "Give 50 mg, ≥ 5 µmol/L, x² – naïve."),
    ("H02", "Give \u202e05\u202c mg.", "مقدار \u200fexamplin\u200f روزانه می\u200cشود"),
    ("H02", "exam\u00adplin", "Nurse 👩\u200d⚕️ and 1\ufe0f⃣ ❤️"),
    ("H02", "Text\U000e0041\U000e0042", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"),
    ("H02", "a\u200db", "क\u094d\u200dष"),
    ("H03", f'<span style="display:none">{WRONG}</span>', '<a id="x" style="display:none"></a>Text'),
    ("H03", f"<p style='font-size: 0px'>{WRONG}</p>", f"<p style='font-size: 0.8em'>{WRONG}</p>"),
    ("H03", f'<div hidden>{WRONG}</div>', f'<div class="not-hidden-at-all">{WRONG}</div>'),
    ("H03", f'<font color="white">{WRONG}</font>', f'<font color="red">{WRONG}</font>'),
    ("H03", f'<b style="color:#fff">{WRONG}</b>', f'<b style="color:#fff;background:#c00">{WRONG}</b>'),
    ("H03", f'<b style="color:#fff;background:#fff">{WRONG}</b>',
     f'<table><tr bgcolor="#036"><th style="color:white">{WRONG}</th></tr></table>'),
    ("H03", f'<p style="opacity:0">{WRONG}</p>', f'<p style="opacity:0.7">{WRONG}</p>'),
    ("H03", f'<p style="position:absolute;left:-9999px">{WRONG}</p>',
     f"<details><summary>More</summary>{WRONG}</details>"),
    ("H04", CODE,
     "![x](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAA=)"),
    ("H04", WRONG.encode().hex(), "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("H04", f"see {CODE.rstrip('=')}", "Pneumonoultramicroscopicsilicovolcanoconiosis"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "broken", "sound"), CASES)
def test_a_rule_finds_what_is_hidden_and_leaves_a_near_miss(code: str, broken: str, sound: str) -> None:
    assert found(code, page(broken))
    assert not found(code, page(sound))


def test_the_mark_at_the_start_of_a_file_is_none_of_its_text() -> None:
    assert not found("H02", "\ufeff" + page("Text."))
    assert found("H02", page("\ufeffText."))


def test_the_line_is_where_the_hiding_begins() -> None:
    text = page(f"Text.\n\nMore. <!--\n{WRONG}\n-->")
    (finding,) = found("H01", text)
    assert text.splitlines()[finding.line - 1].startswith("More.")
    assert "much higher" in finding.message


@pytest.mark.parametrize("text", ["<!-" * 3000, "%%" * 3001, "<a style=" * 3000, "[//]: # " * 3000, "A" * 60_000,
                                  "<span hidden>" * 1000, "\u200b" * 20_000])  # fmt: skip
def test_a_page_made_to_take_long_does_not(text: str) -> None:
    found("H01", page(text))
