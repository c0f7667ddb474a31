"""From a solution of the RoutingModel to a draft."""

from typing import Any

from routing.model.units import Seconds
from routing.solver.draft import Draft, Visit
from routing.solver.routing_model_nodes import Layout


def read_draft(layout: Layout, manager: Any, model: Any, time: Any, breaks: list[list[Any]]) -> Draft:
    """Return the visits of every vehicle, inside a solution callback (where variables have their values)."""
    draft: Draft = {}
    for vehicle, day in enumerate(layout.days):
        visits: list[Visit] = []
        index = model.Start(vehicle)
        while not model.IsEnd(index):
            visit = _visit(layout, manager.IndexToNode(index), time.CumulVar(index).Min())
            if visit is not None:
                visits.append(visit)
            index = model.NextVar(index).Value()
        for pause, interval in zip(layout.list_breaks(day), breaks[vehicle], strict=True):
            visits.append(Visit("break", pause.id, interval.StartMin(), pause.duration_s))
        visits.sort(key=lambda visit: visit.start_s)
        if visits:
            draft[day.unit.id, day.shift.id] = tuple(visits)
    return draft


def _visit(layout: Layout, node: int, start_s: Seconds) -> Visit | None:
    if node in layout.asked:
        return Visit("serve", layout.asked[node][0].id, start_s)
    if node in layout.stations:
        return Visit("recharge", layout.stations[node].plug.id, start_s, layout.encoding.length_s)
    return None
