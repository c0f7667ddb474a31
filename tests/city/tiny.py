"""Towns of a few streets, written down as maps are, for what no real town shows clearly."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

type Tags = dict[str, str]

# One step is about 100 m.
LAT, LON, STEP = 43.7000, 7.4000, 0.001


class Town:
    """Nodes on a grid of 100 m, ways between them; written as an .osm file."""

    def __init__(self) -> None:
        self._nodes: dict[int, tuple[float, float, Tags]] = {}
        self._ways: list[tuple[list[int], Tags]] = []

    def node(self, east: float, north: float, **tags: str) -> int:
        """Put a node so many steps east and north; returns its number."""
        number = len(self._nodes) + 1
        self._nodes[number] = (LAT + north * STEP, LON + east * STEP, tags)
        return number

    def way(self, *spots: int | tuple[float, float], **tags: str) -> None:
        """Draw a way through nodes, or through new ones."""
        refs = [spot if isinstance(spot, int) else self.node(*spot) for spot in spots]
        self._ways.append((refs, tags))

    def block(self, west: float, south: float, east: float, north: float, **tags: str) -> None:
        """Draw an area with four corners."""
        corners = [self.node(x, y) for x, y in ((west, south), (east, south), (east, north), (west, north))]
        self.way(*corners, corners[0], **tags)

    def write(self, path: Path) -> Path:
        """Write the map."""
        lines = ['<osm version="0.6" generator="tests">']
        for number, (lat, lon, tags) in self._nodes.items():
            lines.append(
                f'<node id="{number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}">{_tags(tags)}</node>'
            )
        for number, (refs, tags) in enumerate(self._ways, start=1):
            points = "".join(f'<nd ref="{ref}"/>' for ref in refs)
            lines.append(f'<way id="{number}" version="1">{points}{_tags(tags)}</way>')
        path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
        return path


def _tags(tags: Tags) -> str:
    pairs = ((name.replace("__", ":"), value) for name, value in tags.items())
    return "".join(f"<tag k={quoteattr(name)} v={quoteattr(value)}/>" for name, value in pairs)


def spot(east: float, north: float) -> tuple[float, float]:
    """Where so many steps east and north is, as (lat, lon)."""
    return LAT + north * STEP, LON + east * STEP
