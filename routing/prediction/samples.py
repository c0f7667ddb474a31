"""One prediction with what came of it: what models learn from and are judged by."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """All times in seconds from the instant of the prediction.

    Attributes
    ----------
    key
        The visit; many predictions are made of one.
    at_s
        The instant, on a scale on which all samples of a set lie.
    row
        `features.READY_NAMES`.
    arrival_s, ready_s
        What was expected, before any quantile.
    real_arrival_s, real_ready_s
        What came; None: it did not, or lay behind already.
    shown
        P10, P50 and P90 of the arrival as they were shown; None: nobody was told.
    """

    key: str
    at_s: float
    row: tuple[float, ...]
    arrival_s: float
    ready_s: float
    real_arrival_s: float | None = None
    real_ready_s: float | None = None
    shown: tuple[float, float, float] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Sample":
        """Read what `to_json` wrote."""
        shown = data.get("shown")
        read = {"row": tuple(data["row"]), "shown": None if shown is None else tuple(shown)}
        return cls(**{**data, **read})
