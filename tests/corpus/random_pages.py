"""Random pages out of the pieces that real ones are made of."""

from hypothesis import strategies as st

_WORDS = (
    "dose fever weight infusion table severe hold monitor patients adults score level repeat maximum daily hours after "
    "before response grade oral tablet cells vial 500 0.5 10 75 1200 ≥ <48 >75 mg mg/kg 5–10 2*10^6 10**6 &lt;5 \\> "
    "**bold** *em* `code` _low_ <b>strong</b> 10<sup>6</sup> [link](page.md) [[other|words]] [^1] e.g. (CRS). and/or"
).split()
words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8).map(" ".join)
cells = st.lists(st.sampled_from(_WORDS), min_size=0, max_size=4).map(" ".join)


def _rows(width: int) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(cells, min_size=max(width - 1, 1), max_size=width), min_size=0, max_size=4)


def _pipes(rows: list[list[str]]) -> str:
    width = max((len(row) for row in rows), default=2)
    head = "| " + " | ".join(f"Column{at}" for at in range(width)) + " |"
    rule = "|" + "---|" * width
    return "\n".join([head, rule, *("| " + " | ".join(row) + " |" for row in rows)])


def _html(rows: list[list[str]]) -> str:
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>\n<tr><th>Alpha</th><th>Beta</th></tr>\n{body}\n</table>"


tables = st.integers(2, 4).flatmap(_rows)
headings = st.tuples(st.integers(1, 6), words).map(lambda pair: "#" * pair[0] + " " + pair[1])
items = st.lists(
    st.tuples(st.sampled_from(["- ", "  - ", "    - ", "1. ", "* "]), words).map("".join), min_size=1, max_size=5
).map("\n".join)
paragraphs = st.lists(words, min_size=1, max_size=4).map("\n".join)
quotes = st.lists(words, min_size=1, max_size=3).map(lambda lines: "\n".join("> " + line for line in lines))
fences = paragraphs.map(lambda text: f"```\n# no heading\n{text}\n```")
noise = st.sampled_from(
    ["---", "***", "| a | b", "<div>", "</div>", "<table>", "</table>", "<!-- open", "```", "~~~", "> ", "# ", "- ",
     '=== "Tab"\n\n    in it', ":   meant",
     "|---|", "word\n===", "<td>", "!!! note", "> [!tip] Title\n> body", "[^1]: foot", "[x]: y",
     "\u2028", "\x0c", "\t", "$$"]
)  # fmt: skip
pieces = st.one_of(
    headings, paragraphs, items, quotes, fences, tables.map(_pipes), tables.map(_html), words.map("{}:".format)
)
tidy_pages = st.lists(pieces, max_size=8).map("\n\n".join)
"""Pages whose pieces stand apart."""
rough_pages = st.lists(
    st.tuples(st.one_of(pieces, noise), st.sampled_from(["\n", "\n\n", "\r\n", "\n  "])).map("".join), max_size=9
).map("".join)
"""Pages whose pieces run into each other, with broken markup between."""
