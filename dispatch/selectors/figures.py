"""The figures of the day, as one row of numbers."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet, Sum

from accounts.callers import Caller
from dispatch.models import OPEN, ChargeRequest, ChargingSession, ServiceArea, Status, Unit
from dispatch.selectors.documents.board import Figures
from dispatch.selectors.render import kilo


def get_figures(caller: Caller, area: ServiceArea, now: datetime) -> Figures:
    """Count what was served since local midnight and what is open now."""
    requests = ChargeRequest.objects.of(caller).filter(area=area)
    done = _served_since(requests.filter(status=Status.COMPLETED), _midnight(area, now))
    waits = sorted(wait for wait, _ in done)
    packs = Unit.objects.of(caller).filter(area=area, in_service=True)
    totals = packs.aggregate(now=Sum("state__pack_wh"), full=Sum("pack__usable_wh"))
    return {
        "served_today": len(done),
        "open": requests.filter(status__in=OPEN).count(),
        "on_time_share": round(sum(kept for _, kept in done) / len(done), 3) if done else None,
        "time_to_plug_p50_s": _quantile(waits, 0.5),
        "time_to_plug_p90_s": _quantile(waits, 0.9),
        "energy_out_kwh": kilo(_energy_out(caller, area.id, _midnight(area, now))),
        "in_packs_kwh": kilo(totals["now"] or 0),
        "packs_total_kwh": kilo(totals["full"] or 0),
        "not_served": requests.filter(status__in=OPEN, not_served__isnull=False).count(),
    }


def _midnight(area: ServiceArea, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(area.time_zone)).replace(hour=0, minute=0, second=0, microsecond=0)


def _served_since(requests: QuerySet[ChargeRequest], since: datetime) -> list[tuple[int, bool]]:
    """Seconds from acceptance (or the asked-for start, if later) to first energy; promise kept or not."""
    rows = requests.filter(created_at__gte=since - timedelta(hours=12)).prefetch_related("promises")
    served = []
    for row in rows:
        charging, arrived = row.stage_at.get("charging"), row.stage_at.get("on_site")
        if charging is None or arrived is None or datetime.fromisoformat(charging) < since:
            continue
        wait = datetime.fromisoformat(charging) - max(row.created_at, row.earliest)
        first = row.promises.all()[0]
        served.append(
            (max(0, int(wait.total_seconds())), datetime.fromisoformat(arrived) <= first.arrival_p90)
        )
    return served


def _quantile(ordered: list[int], share: float) -> int | None:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


def _energy_out(caller: Caller, area_id: UUID, since: datetime) -> int:
    sessions = ChargingSession.objects.of(caller).filter(request__area=area_id, ended_at__gte=since)
    return sessions.aggregate(wh=Sum(F("meter_end_wh") - F("meter_start_wh")))["wh"] or 0
