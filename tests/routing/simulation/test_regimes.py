"""Days that are not ordinary: what is different of them, and only that."""

from dataclasses import replace

from routing.simulation.noise import Noise
from routing.simulation.regimes import ORDINARY, Regime, RegimeNoise, load_regimes

HOUR = 3_600


def test_an_ordinary_day_is_what_it_was():
    plain, ordinary = Noise(5), RegimeNoise(5, load_regimes()[ORDINARY])
    assert plain.travel("a", "b", HOUR) == ordinary.travel("a", "b", HOUR)
    assert [plain.luck(f"r{n}") for n in range(50)] == [ordinary.luck(f"r{n}") for n in range(50)]


def test_a_slow_crew_takes_longer_by_its_factor_and_nothing_else_changes():
    slow = load_regimes()["slow_crew"]
    plain, other = Noise(5).luck("r1"), RegimeNoise(5, slow).luck("r1")
    assert other == replace(plain, handling=plain.handling * slow.handling)


def test_before_a_match_only_some_ways_are_crowded_and_only_for_hours():
    regime = Regime(crowded_share=0.4, crowded_hours=(7, 14), crowded=1.5)
    noise, plain = RegimeNoise(5, regime), Noise(5)
    ratio = [noise.travel("a", f"p{n}", 8 * HOUR) / plain.travel("a", f"p{n}", 8 * HOUR) for n in range(200)]
    assert {round(one, 6) for one in ratio} == {1.0, 1.5}
    assert 50 <= sum(one > 1 for one in ratio) <= 110
    assert noise.travel("a", "p1", 15 * HOUR) == plain.travel("a", "p1", 15 * HOUR)


def test_in_the_rain_all_ways_take_longer_and_more_drivers_stay_away():
    rain, plain = RegimeNoise(5, load_regimes()["rain"]), Noise(5)
    assert rain.travel("a", "b", HOUR) > plain.travel("a", "b", HOUR)
    gone = [sum(not noise.luck(f"r{n}").shows_up for n in range(1_000)) for noise in (plain, rain)]
    assert gone[1] > gone[0]
