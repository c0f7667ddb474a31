"""A plan in a world that has moved on: open requests put in where it pays, packs filled in waits, judged."""

from collections.abc import Mapping

from routing.evaluation import violations
from routing.model.errors import NoPlan
from routing.model.plan import Plan, Unserved
from routing.model.problem import Problem
from routing.search.build import plan_from, walk_units
from routing.search.calendar import Use
from routing.search.compiled.engine import Field, Row, Search
from routing.search.fill import most_urgent_first
from routing.search.fleet import Fleet
from routing.search.top_up import top_up
from routing.search.tour import Days, Item
from routing.search.unserved import list_unserved


def insert_open(fleet: Fleet) -> None:
    """Put open requests into a fleet where that costs less than leaving them.

    Only who does something else for it, or has a turn after them, is walked anew; without an open request no
    array is made.

    Raises
    ------
    NoPlan
        When the fleet's tours do not hold in the compiled search.
    """
    if not fleet.open:
        return
    field = Field(fleet)
    search = Search(field, 0)
    if not search.load(field.laid_by(fleet)):
        raise NoPlan("the running plan does not hold in the compiled search")
    rows, uses = search.rows(), search.uses()
    search.fill([field.index.requests[request.id] for request in most_urgent_first(fleet.open.values())])
    touched = _list_touched(rows, search.rows(), uses, search.uses())
    wanted: dict[str, Days] = {}
    for name, row in search.rows().items():
        if name in touched:
            days = field.decisions_of(name, row)
            wanted[name] = tuple(
                tuple(Item(step.kind, step.subject, step.not_before_s) for step in day.steps) for day in days
            )
    fleet.tours |= walk_units(fleet, wanted, search.uses())
    fleet.find_open()


def _list_touched(
    before: Mapping[str, Row],
    after: Mapping[str, Row],
    used: Mapping[str, list[Use]],
    uses: Mapping[str, list[Use]],
) -> set[str]:
    """List who does something else now, and who shares a plug with them: a turn may come sooner."""
    changed = {name for name, row in after.items() if row != before[name]}
    plugs = {use[0] for name in changed for use in (*used[name], *uses[name])}
    return changed | {name for name, mine in uses.items() if any(use[0] in plugs for use in mine)}


def settle(fleet: Fleet, told_before: tuple[Unserved, ...] = ()) -> Plan:
    """Return the plan of a fleet with packs filled in waits and the reasons of who is not served.

    A reason that was told before is told again without looking. Not judged yet.
    """
    for unit in fleet.tours:
        fleet.tours[unit] = top_up(fleet, unit)
    return plan_from(fleet, list_unserved(fleet, told_before))


def judged(problem: Problem, plan: Plan, fleet: Fleet) -> Plan:
    """Return a plan in which the judge finds nothing.

    Raises
    ------
    NoPlan
        When it finds anything.
    """
    found = violations(problem, plan, fleet.facts)
    if found:
        more = f" and {len(found) - 1} more" if found[1:] else ""
        raise NoPlan(f"the judge refuses: {found[0]}{more}")
    return plan
