import json
import os
import shutil

import pytest

from dispatch.city import build as building
from dispatch.city import meta
from dispatch.city.build import build_city
from dispatch.city.errors import CityError
from dispatch.city.swap import staged
from tests.city.monaco import EXTRACT


@pytest.fixture
def copy_of_monaco(monaco, tmp_path):
    """Monaco as a city of this test alone, built already."""
    city = tmp_path / "city" / "monaco"
    with staged(city, monaco.folder.resolve().name.removeprefix(".monaco-")) as work:
        shutil.copytree(monaco.folder, work, dirs_exist_ok=True)
    return city


def builds(city):
    return sorted(path.name for path in city.parent.iterdir() if path.is_dir() and not path.is_symlink())


def test_a_city_holds_roads_map_places_and_its_account(monaco):
    for file in (
        "osrm-car/roads.osrm.mldgr",
        "osrm-high_van/roads.osrm.mldgr",
        "basemap.pmtiles",
        "places.json",
    ):
        assert (monaco.folder / file).stat().st_size > 10_000
    account = json.loads((monaco.folder / "meta.json").read_text())
    assert account["name"] == "monaco"
    assert account["bounds"] == [7.349, 43.71, 7.491, 43.77]
    assert account["data_at"] == "2016-03-05T00:26:02Z"
    assert "OpenStreetMap contributors" in account["attribution"]


def test_every_long_step_is_told(monaco):
    said = "\n".join(monaco.said)
    for words in (
        "building from monaco.osm.pbf",
        "roads for car",
        "roads for foot",
        "map and places",
        "done in",
    ):
        assert words in said


def test_nothing_but_the_finished_city_is_left(monaco):
    assert sorted(p.name for p in monaco.folder.iterdir()) == [
        "basemap.pmtiles", "meta.json", "osrm-car", "osrm-foot", "osrm-high_van", "places.json",
        "search.ndjson",
    ]  # fmt: skip
    assert not list(monaco.folder.parent.glob("*.part"))


def test_an_unchanged_city_is_not_built_again(copy_of_monaco):
    before = copy_of_monaco.resolve()
    said = []
    assert build_city(EXTRACT, copy_of_monaco, said.append) is False
    assert said == ["monaco: is up to date"]
    assert copy_of_monaco.resolve() == before


def test_another_builder_version_builds_again_and_the_old_build_stays_one_round(copy_of_monaco, monkeypatch):
    monkeypatch.setattr(building, "_build", lambda extract, name, work, say: fake(work, extract, name))
    first = copy_of_monaco.resolve()
    for version in (8, 9):
        monkeypatch.setattr(meta, "BUILDER_VERSION", version)
        assert build_city(EXTRACT, copy_of_monaco, print) is True
    assert copy_of_monaco.resolve().name.endswith("-9")
    assert [name[-2:] for name in builds(copy_of_monaco)] == ["-8", "-9"]
    assert not first.exists()


def test_a_damaged_city_is_built_again(copy_of_monaco, monkeypatch):
    monkeypatch.setattr(building, "_build", lambda extract, name, work, say: fake(work, extract, name))
    (copy_of_monaco / "places.json").write_text("{")
    assert build_city(EXTRACT, copy_of_monaco, print) is True


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "There is no extract"),
        (b"", "is empty"),
        (b"<html>not found</html>", "is not a whole OpenStreetMap extract"),
        (EXTRACT.read_bytes()[:700_000], "is not a whole OpenStreetMap extract"),
    ],
    ids=["missing", "empty", "something else", "cut off"],
)
def test_a_bad_extract_is_one_sentence_and_the_old_city_stays(copy_of_monaco, tmp_path, content, sentence):
    before, account = copy_of_monaco.resolve(), (copy_of_monaco / "meta.json").read_text()
    bad = tmp_path / "bad.osm.pbf"
    if content is not None:
        bad.write_bytes(content)

    with pytest.raises(CityError, match=sentence) as error:
        build_city(bad, copy_of_monaco, print)

    assert "\n" not in str(error.value)
    assert copy_of_monaco.resolve() == before
    assert (copy_of_monaco / "meta.json").read_text() == account
    assert builds(copy_of_monaco) == [before.name]


def test_a_folder_that_is_no_built_city_is_never_removed(tmp_path):
    city = tmp_path / "city" / "monaco"
    city.mkdir(parents=True)
    (city / "diary.txt").write_text("mine")
    with pytest.raises(CityError, match="in the way"):
        build_city(EXTRACT, city, print)
    assert (city / "diary.txt").read_text() == "mine"


def test_a_full_disk_is_said_as_such(tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(building, "_build", full)
    with pytest.raises(CityError, match=r"^The disk is full\.$"):
        build_city(EXTRACT, tmp_path / "monaco", print)


def fake(work, extract, name):
    for file in meta._FILES:
        (work / file).parent.mkdir(exist_ok=True)
        (work / file).write_text("x")
    meta.write_meta(work, name, extract, {})
