"""Pages, scripts and the basemap."""

import pytest

BASEMAP = bytes(range(256)) * 40


@pytest.fixture
def basemap(settings, tmp_path):
    settings.VAR_DIR, settings.CITY = tmp_path, "toytown"
    folder = tmp_path / "city" / "toytown"
    folder.mkdir(parents=True)
    (folder / "basemap.pmtiles").write_bytes(BASEMAP)
    (folder / "meta.json").write_text("{}")
    return "/city/basemap.pmtiles"


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_whole_basemap(client, basemap):
    answer = client.get(basemap)
    assert (answer.status_code, body(answer)) == (200, BASEMAP)
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Type"] == "application/vnd.pmtiles"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-126", 0, 126),
        ("bytes=5000-5999", 5000, 5999),
        ("bytes=10000-", 10_000, 10_239),
        ("bytes=-100", 10_140, 10_239),
        ("bytes=10200-99999", 10_200, 10_239),
        ("bytes=7-7", 7, 7),
    ],
)
def test_a_part_of_it(client, basemap, asked, start, end):
    answer = client.get(basemap, headers={"range": asked})
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {start}-{end}/{len(BASEMAP)}"
    assert answer["Content-Length"] == str(end - start + 1)
    assert body(answer) == BASEMAP[start : end + 1]


def test_a_part_beyond_the_end(client, basemap):
    answer = client.get(basemap, headers={"range": "bytes=10240-"})
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(BASEMAP)}")


def test_nonsense_for_a_range_is_answered_with_the_whole(client, basemap):
    answer = client.get(basemap, headers={"range": "bytes=a-b"})
    assert (answer.status_code, body(answer)) == (200, BASEMAP)


def test_an_unchanged_basemap_is_not_sent_again(client, basemap):
    tag = client.head(basemap)["ETag"]
    assert client.get(basemap, headers={"if-none-match": tag}).status_code == 304


def test_only_the_head_of_it(client, basemap):
    answer = client.head(basemap)
    assert (answer.status_code, answer["Content-Length"]) == (200, str(len(BASEMAP)))


@pytest.mark.parametrize("name", ["meta.json", "no.pmtiles", "..%2Fbasemap.pmtiles", "..", "%00.pmtiles"])
def test_nothing_else_of_the_city_is_served(client, basemap, name):
    assert client.get(f"/city/{name}").status_code == 404


async def test_a_large_file_streams_in_blocks(async_client, basemap, settings):
    answer = await async_client.get(basemap)
    blocks = [block async for block in answer]
    assert b"".join(blocks) == BASEMAP


@pytest.fixture
def built(settings, tmp_path):
    settings.FRONTEND_DIST = tmp_path
    for name in ("index", "driver", "ops", "crew"):
        (tmp_path / f"{name}.html").write_text(f"<title>{name}</title>")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index"),
        ("/driver/", "driver"),
        ("/driver/requests/7", "driver"),
        ("/ops/", "ops"),
        ("/crew/", "crew"),
        ("/crew/day/", "crew"),
    ],
)
def test_each_page_and_what_lies_under_it(client, built, address, name):
    answer = client.get(address)
    assert (answer.status_code, answer.content.decode()) == (200, f"<title>{name}</title>")
    assert "csrftoken" in answer.cookies
    assert answer["Cache-Control"] == "no-cache"


def test_the_offline_worker_comes_from_the_root_and_is_always_asked_for(client, built, settings):
    assert client.get("/sw.js").status_code == 404
    (settings.FRONTEND_DIST / "sw.js").write_text("// worker")
    answer = client.get("/sw.js")
    assert (answer.status_code, answer.content) == (200, b"// worker")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"


def test_a_page_without_its_slash_is_sent_there(client, built):
    assert client.get("/driver")["Location"] == "/driver/"


def test_pages_that_are_not_built_say_so(client, settings, tmp_path):
    settings.FRONTEND_DIST = tmp_path
    answer = client.get("/ops/")
    assert answer.status_code == 503
    assert "make setup" in answer.content.decode()


def test_a_page_cannot_be_put_into_a_frame_and_is_what_it_says(client, built):
    answer = client.get("/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "name", ["admin/css/base.css", "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js"]
)
def test_scripts_of_the_admin_and_the_docs_are_our_own(client, name):
    answer = client.get(f"/static/{name}")
    assert (answer.status_code, len(body(answer))) == (200, int(answer["Content-Length"]))


@pytest.mark.django_db
def test_the_docs_fetch_nothing_from_elsewhere(client):
    page = client.get("/api/docs/").content.decode()
    assert "swagger-ui-bundle.js" in page
    assert "https://" not in page


def test_alive_is_alive_without_a_database(client):
    assert client.get("/healthz").content == b"ok\n"
