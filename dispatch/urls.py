"""Addresses of dispatch."""

from django.urls import URLPattern, URLResolver, path

from dispatch.api import (
    cars,
    chargers,
    crew,
    driver,
    eta_quality,
    metrics,
    moves,
    ops,
    places,
    public,
    readiness,
    risks,
    system,
    trace,
    units,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("readyz", readiness.readyz, name="readyz"),
    path("health", readiness.health, name="health"),
    path("metrics", metrics.metrics, name="metrics"),
    path("api/config", public.ConfigView.as_view(), name="config"),
    path("api/sites", public.SitesView.as_view(), name="sites"),
    path("api/places", places.PlacesView.as_view(), name="places"),
    path("api/places/at", places.SpotView.as_view(), name="place-at"),
    path("api/driver/catalogue", cars.CatalogueView.as_view(), name="driver-catalogue"),
    path("api/driver/vehicles", cars.VehiclesView.as_view(), name="driver-vehicles"),
    path("api/driver/vehicles/<uuid:vehicle_id>", cars.VehicleView.as_view(), name="driver-vehicle"),
    path("api/driver/quotes", driver.QuotesView.as_view(), name="driver-quotes"),
    path("api/driver/requests", driver.RequestsView.as_view(), name="driver-requests"),
    path("api/driver/requests/<uuid:request_id>", driver.RequestView.as_view(), name="driver-request"),
    path("api/driver/requests/<uuid:request_id>/cancel", driver.CancelView.as_view(), name="driver-cancel"),
    path("api/driver/requests/<uuid:request_id>/track", driver.TrackView.as_view(), name="driver-track"),
    path("api/ops/board", ops.BoardView.as_view(), name="ops-board"),
    path("api/ops/requests", ops.OpsRequestsView.as_view(), name="ops-requests"),
    path(
        "api/ops/requests/<uuid:request_id>/explanation",
        ops.ExplanationView.as_view(),
        name="ops-explanation",
    ),
    path("api/ops/moves/preview", moves.PreviewView.as_view(), name="ops-move-preview"),
    path("api/ops/stops/<uuid:stop_id>/move", moves.MoveView.as_view(), name="ops-move"),
    path("api/ops/stops/<uuid:stop_id>/lock", ops.LockView.as_view(), name="ops-lock"),
    path("api/ops/stops/<uuid:stop_id>/unlock", ops.UnlockView.as_view(), name="ops-unlock"),
    path("api/ops/risks", risks.RisksView.as_view(), name="ops-risks"),
    path("api/ops/risks/<uuid:risk_id>/fix", risks.FixView.as_view(), name="ops-risk-fix"),
    path("api/ops/chargers", chargers.ChargersView.as_view(), name="ops-chargers"),
    path(
        "api/ops/attachments/<uuid:attachment_id>",
        chargers.AttachmentView.as_view(),
        name="ops-attachment",
    ),
    path("api/ops/chargers/<uuid:charger_id>", chargers.ChargerView.as_view(), name="ops-charger"),
    path(
        "api/ops/chargers/<uuid:charger_id>/commands",
        chargers.ChargerCommandsView.as_view(),
        name="ops-charger-commands",
    ),
    path("api/ops/units", ops.UnitsView.as_view(), name="ops-units"),
    path("api/ops/units/<uuid:unit_id>", ops.UnitView.as_view(), name="ops-unit"),
    path("api/ops/units/<uuid:unit_id>/trace", trace.TraceView.as_view(), name="ops-unit-trace"),
    path("api/ops/plans/<int:version>", ops.PlanView.as_view(), name="ops-plan"),
    path("api/ops/eta-quality", eta_quality.EtaQualityView.as_view(), name="ops-eta-quality"),
    path("api/ops/system", system.SystemView.as_view(), name="ops-system"),
    path("api/ops/replans", ops.ReplansView.as_view(), name="ops-replans"),
    path("api/crew/day", crew.DayView.as_view(), name="crew-day"),
    path("api/crew/reports", crew.ReportsView.as_view(), name="crew-reports"),
    *(
        path(
            f"api/crew/stops/<uuid:stop_id>/{action}",
            crew.StopActionView.as_view(action=action),
            name=f"crew-{action}",
        )
        for action in crew.ACTIONS
    ),
    path("api/units/<uuid:unit_id>/positions", units.PositionsView.as_view(), name="unit-positions"),
]
