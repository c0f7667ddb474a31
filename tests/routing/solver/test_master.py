"""The choice across units, on columns written by hand."""

from routing.solver.master import Column, Limits, choose_columns

LIMITS = Limits(seconds=None, seed=1)
PRICES = {"a": 100, "b": 100, "c": 100}


def column(unit: str, milli: int, requests: str = "", *uses: tuple[str, int, int]) -> Column:
    return Column(unit, milli, frozenset(requests), uses)


def test_good_routes_of_different_plans_are_put_together():
    columns = [
        column("van1", 10),
        column("van2", 10),
        column("van1", 50, "ab"),
        column("van2", 20, "c"),
        column("van2", 60, "bc"),
    ]
    assert choose_columns(columns, PRICES, [0, 1], LIMITS) == [2, 3]


def test_no_request_is_served_twice():
    columns = [column("van1", 0), column("van2", 0), column("van1", 10, "a"), column("van2", 11, "a")]
    assert choose_columns(columns, PRICES, [0, 1], LIMITS) == [1, 2]


def test_a_plug_is_used_by_one_unit_at_a_time():
    columns = [
        column("van1", 0),
        column("van2", 0),
        column("van1", 10, "a", ("plug", 0, 60)),
        column("van2", 10, "b", ("plug", 59, 90)),
        column("van2", 30, "b", ("plug", 60, 90)),
    ]
    assert choose_columns(columns, PRICES, [0, 1], LIMITS) == [2, 4]


def test_what_costs_more_than_its_price_stays_unserved():
    columns = [column("van1", 10), column("van1", 120, "a")]
    assert choose_columns(columns, PRICES, [0], LIMITS) == [0]


def test_the_incumbent_is_always_among_the_columns():
    many = [column("van1", 10 + k, "a") for k in range(4_000)]
    worst = column("van1", 90_000)
    assert choose_columns([*many, worst], PRICES, [4_000], LIMITS) == [0]
