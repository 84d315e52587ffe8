import pytest

from wardbook.dosing.route import is_pumped_otherwise, read_routes, routes_of_products, without_denied


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


@pytest.mark.parametrize(
    ("text", "denied", "asked"),
    [
        ("zenor dose, no iv access", {"IV"}, set()),
        ("zenor without an iv line", {"IV"}, set()),
        ("no IV. IM zenor?", {"IV"}, {"IM"}),
        ("pt is NPO, iv zenor dose", {"PO"}, {"IV"}),
        ("cannot swallow, zenor?", {"PO"}, set()),
        ("zenor iv not po", {"PO"}, {"IV"}),
        ("iv zenor", set(), {"IV"}),
    ],
)
def test_a_route_that_there_is_not_is_none_that_is_asked_for(text: str, denied: set[str], asked: set[str]) -> None:
    rest, found = without_denied(text)
    assert (set(found), {route.code for route in read_routes(rest)}, len(rest)) == (denied, asked, len(text))


@pytest.mark.parametrize(
    "text", ["IV drug is out of stock", "iv unavailable", "the IV form has run out", "no IV access"]
)
def test_a_route_that_is_not_to_be_had_is_denied(text: str) -> None:
    assert without_denied(text)[1] == {"IV"}


@pytest.mark.parametrize("text", ["IV dose", "IV or SC", "give IV, SC is out of stock"])
def test_a_route_that_is_asked_is_not_denied(text: str) -> None:
    assert "IV" not in without_denied(text)[1]


@pytest.mark.parametrize("text", ["GVHD III-IV", "grades II to IV", "stage IV", "III or IV"])
def test_the_number_four_is_no_route(text: str) -> None:
    assert read_routes(text) == ()


@pytest.mark.parametrize(
    ("text", "codes"), [("stage III, IV dose", ["IV"]), ("PO or IV", ["PO", "IV"]), ("IV", ["IV"])]
)
def test_a_route_beside_other_words_is_one(text: str, codes: list[str]) -> None:
    assert [each.code for each in read_routes(text)] == codes


@pytest.mark.parametrize("text", ["PCA child ; lock-out: 5 min", "bolus ; Lockout 5 min", "patient-controlled"])
def test_what_a_pump_gives_on_demand_is_not_given_by_mouth(text: str) -> None:
    assert is_pumped_otherwise(text, "PO")
    assert not is_pumped_otherwise(text, "IV")
    assert not is_pumped_otherwise(text, "SC")


def test_what_no_pump_gives_may_be_by_mouth() -> None:
    assert not is_pumped_otherwise("zenor 5 mg every 4 h, with food", "PO")


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("SCIG 70 kg", {"SC"}),
        ("hizentra", {"SC"}),
        ("IVIG", {"IV"}),
        ("ivig or scig", {"IV", "SC"}),
        ("zenorig", set()),
    ],
)
def test_the_name_of_a_product_tells_its_route(text: str, routes: set[str]) -> None:
    assert routes_of_products(text) == routes
