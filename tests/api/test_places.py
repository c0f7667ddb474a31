"""Search: accents and slips do not matter, what is near and meant comes first, and nobody can overdo it."""

import json

import pytest

from accounts.quotas import find_counter
from dispatch.models import SearchPlace, Site
from dispatch.services.place_search import load_places
from tests.cast import Door
from tests.small_world import build_world

ROWS = [
    ["street", "Boulevard des Moulins", "Monte-Carlo", 43.7418, 7.4271, ""],
    ["street", "Avenue des Moulins", "Cap-d'Ail", 43.7231, 7.4002, ""],
    ["street", "Place d'Armes", "La Condamine", 43.7326, 7.4199, ""],
    ["address", "12 Boulevard des Moulins", "Monte-Carlo", 43.7420, 7.4273, ""],
    ["poi", "Casino de Monte-Carlo", "Place du Casino, Monte-Carlo", 43.7391, 7.4276, ""],
    ["poi", "Café de Paris", "Place du Casino, Monte-Carlo", 43.7388, 7.4270, ""],
    ["poi", "Hôpital Princesse-Grace", "Avenue Pasteur", 43.7304, 7.4128, ""],
    ["poi", "Pharmacie du Port", "La Condamine", 43.7330, 7.4210, ""],
    ["poi", "Pharmacie du Port", "Menton", 43.7745, 7.5050, ""],
    ["car_park", "Parking des Moulins", "Boulevard des Moulins", 43.7454, 7.4293, "n42"],
    ["charger", "Ionity", "Fontvieille", 43.7285, 7.4157, ""],
    ["district", "Fontvieille", "", 43.7283, 7.4150, ""],
]
META = {"extract_sha256": "0" * 64, "builder_version": 2}


@pytest.fixture
def city(tmp_path):
    folder = tmp_path / "monaco"
    folder.mkdir()
    write(folder, ROWS)
    return folder


def write(folder, rows, **meta):
    (folder / "meta.json").write_text(json.dumps({**META, **meta}))
    (folder / "search.ndjson").write_text("".join(f"{json.dumps(row)}\n" for row in rows))


@pytest.fixture
def loaded(db, city):
    build_world(vans=0, drivers=())
    Site.objects.create(slug="moulins", osm="n42", name="Parking des Moulins", lat=43.7454, lon=7.4293)
    assert load_places(city) == len(ROWS)
    find_counter().valkey.reset()


@pytest.fixture
def find(loaded, guest_door: Door):
    def find(words, **where):
        answer = guest_door.get("/api/places", {"q": words, **where})
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    return find


def names(found):
    return [place["name"] for place in found]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cafe de paris", "Café de Paris"),
        ("CAFÉ DE PARIS", "Café de Paris"),
        ("hopital princesse grace", "Hôpital Princesse-Grace"),
        ("hopital", "Hôpital Princesse-Grace"),
        ("cassino monte carlo", "Casino de Monte-Carlo"),
        ("bulevar des mulins", "Boulevard des Moulins"),
        ("boulevard des moulin", "Boulevard des Moulins"),
        ("fontvielle", "Fontvieille"),
        ("place darmes", "Place d'Armes"),
        ("parking moulins", "Parking des Moulins"),
        ("12 bd des moulins", "12 Boulevard des Moulins"),
        ("moulins 12", "12 Boulevard des Moulins"),
    ],
)
def test_accents_case_and_slips_do_not_matter(find, typed, meant):
    assert names(find(typed))[0] == meant


def test_what_begins_with_the_words_comes_while_they_are_typed(find):
    assert names(find("bou"))[0] == "Boulevard des Moulins"
    assert names(find("pla"))[0] == "Place d'Armes"


def test_of_namesakes_the_nearer_comes_first(find):
    port, menton = {"lat": 43.735, "lon": 7.421}, {"lat": 43.7745, "lon": 7.505}
    assert [place["detail"] for place in find("pharmacie du port", **port)] == ["La Condamine", "Menton"]
    assert [place["detail"] for place in find("pharmacie du port", **menton)] == ["Menton", "La Condamine"]


def test_a_place_says_how_far_it_is_and_whether_anybody_drives_there(find):
    near, far = find("pharmacie du port", lat=43.733, lon=7.421)
    assert (near["distance_m"], near["in_area"]) == (0, True)
    assert 7_000 < far["distance_m"] < 9_000
    assert far["in_area"] is False
    assert find("pharmacie du port")[0]["distance_m"] is None


def test_a_car_park_comes_with_its_site(find):
    (park,) = [place for place in find("parking des moulins") if place["kind"] == "car_park"]
    assert park["site"] == str(Site.objects.get().id)


@pytest.mark.parametrize("typed", ["", " ", "b", "xyzzy qwrtk", "%%", "'; drop table", "🚗🚗🚗", "\\"])
def test_what_is_nothing_finds_nothing(find, typed):
    assert find(typed) == []


def test_no_more_come_than_are_asked_for(find):
    assert len(find("moulins", limit=2)) == 2


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "x" * 81},
        {"q": "a\0b"},
        {"q": "moulins", "lat": "nan", "lon": "7"},
        {"q": "moulins", "lat": "43.7"},
        {"q": "moulins", "lat": "91", "lon": "7"},
        {"q": "moulins", "limit": "1000"},
    ],
)
def test_a_search_that_makes_no_sense_is_a_problem(loaded, guest_door, query):
    answer = guest_door.get("/api/places", query)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_whoever_asks_without_end_is_told_to_wait(loaded, guest_door, settings, monkeypatch):
    monkeypatch.setitem(settings.RATES, "places", (2, 60))
    codes = [guest_door.get("/api/places", {"q": "moulins"}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_a_build_that_is_there_is_not_loaded_again(loaded, city):
    assert load_places(city) == 0


def test_a_new_build_takes_the_place_of_the_old_one(loaded, city):
    write(city, ROWS[:2], builder_version=3)
    assert load_places(city) == 2
    assert SearchPlace.objects.count() == 2


def test_a_build_that_cannot_be_read_leaves_the_old_places(loaded, city):
    write(city, [*ROWS[:2], ["street"]], builder_version=3)
    with pytest.raises(IndexError):
        load_places(city)
    assert SearchPlace.objects.count() == len(ROWS)


def test_a_pin_in_front_of_a_car_park_has_its_name(loaded, guest_door):
    at = {"lat": 43.74545, "lon": 7.42931}
    spot = guest_door.get("/api/places/at", at).json()
    assert spot == {"name": "Parking des Moulins", "site": str(Site.objects.get().id), "in_area": True}


def test_a_pin_at_sea_is_a_pin(loaded, guest_door):
    spot = guest_door.get("/api/places/at", {"lat": 43.70, "lon": 7.5}).json()
    assert spot == {"name": "43.70000, 7.50000", "site": None, "in_area": False}
