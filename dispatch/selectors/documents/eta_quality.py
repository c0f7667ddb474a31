"""How good predicted arrivals are, as the quality board shows it."""

from typing import TypedDict

from dispatch.selectors.documents.common import Instant


class EtaQuality(TypedDict):
    """Over a number of predictions; `lead_from_min` and `lead_to_min` bound the predicted P50, from then."""

    lead_from_min: float
    lead_to_min: float | None
    count: int
    bias_s: float
    mae_s: float
    covers_p10_p90: float | None
    covers_p90: float
    width_s: float | None
    pinball_s: float


class EtaModelView(TypedDict):
    version: int
    trained_at: Instant
    window_from: Instant
    window_to: Instant
    samples: int
    visits: int
    in_use: bool


class EtaPace(TypedDict):
    """Real over planned time of what was finished lately."""

    travel: float
    handling: float
    flow: float


class EtaQualityBoard(TypedDict):
    since: Instant
    until: Instant
    model: EtaModelView | None
    models: list[EtaModelView]
    pace: EtaPace | None
    arrival: list[EtaQuality]
    ready: list[EtaQuality]
