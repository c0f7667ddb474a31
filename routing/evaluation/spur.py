"""A place that no matrix has: only some ways to it and from it are known."""

from collections.abc import Mapping
from dataclasses import dataclass

from routing.model.place import Place
from routing.model.units import Metres, Seconds

type Hop = tuple[Metres, tuple[Seconds, ...]]
"""A way: its length, and its seconds in each slice of the profile's day."""


@dataclass(frozen=True, slots=True)
class Spur:
    """The ways to and from a place, by profile and the place at the other end; what is missing is no way."""

    place: Place
    there: Mapping[str, Mapping[str, Hop]]
    back: Mapping[str, Mapping[str, Hop]]

    def find_hop(self, profile: str, origin: str, target: str) -> Hop | None:
        """Find a way that begins or ends here."""
        if target == self.place.id:
            return self.there[profile].get(origin)
        return self.back[profile].get(target)
