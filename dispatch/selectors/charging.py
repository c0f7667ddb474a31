"""What is flowing, for snapshots and live values alike."""

from dispatch.models import ChargingSession, Stop
from dispatch.selectors.documents.common import PowerDocument
from dispatch.selectors.render import iso, iso_or_none, kilo


def power_document(session: ChargingSession, stop: Stop | None) -> PowerDocument:
    """Show what a session's meter says now, and when the energy is expected to be delivered."""
    flows = session.ended_at is None
    return {
        "state": session.state,
        "power_w": session.power_w if flows else 0,
        "energy_wh": session.energy_wh,
        "energy_kwh": kilo(session.energy_wh),
        "soc": session.soc_end,
        "ends_at": iso_or_none(stop.flow_ends_at) if flows and stop is not None else None,
        "request": None if session.request_id is None else str(session.request_id),
        "at": iso(session.read_at or session.started_at),
    }
