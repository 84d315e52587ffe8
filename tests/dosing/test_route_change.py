import pytest

from wardbook.dosing.route_change import route_changes


@pytest.mark.parametrize(
    "text",
    [
        "0.03 mg/kg PO (IV to PO 1:4)",
        "4 mg/kg PO; change from IV to PO at a ratio of 1:2.5 when eating",
        "2 mg IV; PO dose = 2 x IV dose",
        "PO: 3 mg/kg (IV x 2)",
        "2.5 mg SC (oral to SC ratio 2:1)",
        "IV:PO 1:4",
    ],
)
def test_a_factor_between_two_routes_is_told(text: str) -> None:
    assert len(list(route_changes(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "10 mg IV/PO x 2",
        "10 mg (IV x 2)",
        "10 mg PO (IV x 2 doses)",
        "PO to IV: 5 mg",
        "20 mg IV, then 10 mg PO x 3 days",
        "1:1000 IM",
        "from IV to PO after 48 h",
        "IV or PO 2 times a day",
    ],
)
def test_doses_and_how_often_they_are_given_are_none(text: str) -> None:
    assert list(route_changes(text)) == []


def test_a_factor_of_another_route_than_the_header_gives_is_told() -> None:
    assert list(route_changes("3 mg/kg BD (IV x 2)", ("PO",))) == [(11, 19)]
    assert list(route_changes("3 mg/kg BD (IV x 2)", ("IV",))) == []
