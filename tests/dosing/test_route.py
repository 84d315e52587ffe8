import pytest

from wardbook.dosing.route import read_routes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("SC or IV", ["SC", "IV"]), ("IV/PO", ["IV", "PO"]), ("subcutaneously", ["SC"]), ("by mouth", ["PO"]),
        ("intrathecal", ["IT"]), ("IT", ["IT"]), ("give it now", []), ("IV fluids", []), ("pr", []), ("s.c.", ["SC"]),
        ("IV push", ["IV"]), ("HIV", []),
    ],
)  # fmt: skip
def test_routes_are_read_by_their_spelling(text: str, codes: list[str]) -> None:
    assert [route.code for route in read_routes(text)] == codes
