import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest

from dispatch.city.tools import find_tool, run_tool

STYLES = Path(__file__).parents[2] / "frontend" / "src" / "map" / "styles"


def read_header(tiles: Path) -> dict:
    """The parts of a PMTiles 3 header a map needs."""
    head = tiles.read_bytes()[:127]

    def number(at: int, length: int = 8) -> int:
        return int.from_bytes(head[at : at + length], "little", signed=length == 4)

    return {
        "magic": head[:7],
        "version": head[7],
        "metadata": (number(24), number(32)),
        "zooms": (head[100], head[101]),
        "bounds": [number(at, 4) / 1e7 for at in (102, 106, 110, 114)],
    }


@pytest.fixture(scope="module")
def tiles(monaco) -> Path:
    return monaco.folder / "basemap.pmtiles"


@pytest.fixture(scope="module")
def layers(tiles) -> dict[str, dict]:
    at, length = read_header(tiles)["metadata"]
    metadata = json.loads(gzip.decompress(tiles.read_bytes()[at : at + length]))
    assert "OpenStreetMap contributors" in metadata["attribution"]
    return {layer["id"]: layer for layer in metadata["vector_layers"]}


def test_it_is_one_archive_over_the_whole_extract(tiles):
    header = read_header(tiles)
    assert (header["magic"], header["version"]) == (b"PMTiles", 3)
    assert header["zooms"] == (8, 16)
    assert header["bounds"] == pytest.approx([7.349, 43.71, 7.491, 43.77], abs=1e-4)


@pytest.mark.parametrize("style", sorted(STYLES.glob("*.json")), ids=lambda path: path.stem)
def test_every_layer_and_field_a_style_names_is_there(style, layers):
    for drawn in json.loads(style.read_text())["layers"]:
        if source := drawn.get("source-layer"):
            assert source in layers, drawn["id"]
            wanted = (
                set(_fields(drawn.get("filter")))
                | set(_fields(drawn.get("layout")))
                | set(_fields(drawn["paint"]))
            )
            assert wanted <= set(layers[source]["fields"]), drawn["id"]


def test_the_styles_are_where_this_test_looks():
    assert len(list(STYLES.glob("*.json"))) >= 2


def test_names_of_places_and_houses_are_in_the_tile_of_the_casino(tiles):
    tile = run_tool(find_tool("tippecanoe", "tippecanoe-decode"), tiles, "14", "8530", "5973")
    layers = {layer["properties"]["layer"]: layer["features"] for layer in json.loads(tile)["features"]}
    assert len(layers["buildings"]) > 100
    assert "Monte-Carlo" in {place["properties"]["name"] for place in layers["places"]}
    assert {"primary", "residential", "steps"} <= {road["properties"]["kind"] for road in layers["roads"]}
    assert any(road["properties"].get("tunnel") for road in layers["roads"])
    assert any(area["properties"]["kind"] == "sea" for area in layers["water"])


def _fields(expression: object) -> list[str]:
    """Collect what an expression gets from a feature."""
    if isinstance(expression, dict):
        return [name for value in expression.values() for name in _fields(value)]
    if not isinstance(expression, list):
        return []
    own = [b for a, b in pairwise(expression) if a in ("get", "has") and isinstance(b, str)]
    return own + [name for part in expression for name in _fields(part)]
