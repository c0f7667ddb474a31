"""Everything loaded, and the search compiled, before the first problem comes."""

from dataclasses import replace

from routing.desk import Desk
from routing.model.problem import (
    Charger,
    Pack,
    Place,
    Plug,
    Problem,
    Profile,
    Request,
    Shift,
    Travel,
    Unit,
    UnitState,
)
from routing.quote import quote_at
from routing.reoptimise import Budget, reoptimise


def warm_up() -> None:
    """Solve a very small problem; on a machine that has not done so yet this takes half a minute."""
    car = Profile(durations_s=((0, 60), (60, 0)))
    unit = Unit(
        id="u",
        pack=Pack(usable_wh=50_000),
        charger=Charger(power_w=40_000),
        state=UnitState(place="a", energy_wh=40_000),
        shifts=(Shift(id="s", start_s=0, end_s=40_000),),
    )
    problem = Problem(
        places=(Place(id="a"), Place(id="b")),
        travel=Travel(profiles={"car": car}),
        units=(unit,),
        plugs=(Plug(id="p", place="a", power_w=20_000),),
        requests=(Request(id="r", place="b", energy_wh=1_000, latest_s=100),),
    )
    plan = reoptimise(problem, None, Budget(iterations=2))
    wish = replace(problem.requests[0], id="s")
    desk = Desk(problem, plan)
    quote_at(desk, replace(wish, latest_s=40_000))
    # The unit could come but has its day full: a refusal goes through all that an offer does not.
    quote_at(desk, wish)


if __name__ == "__main__":
    warm_up()
