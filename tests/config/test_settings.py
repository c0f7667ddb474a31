"""What the environment says, as Django wants it said."""

import stat
from pathlib import Path

import pytest

from accounts.sealing import read_ring
from config.database_url import build_database
from config.origins import is_ours
from config.secret_key import find_field_keys_file, find_secret_key


def test_a_database_by_tcp():
    said = build_database("postgresql://ann:p%40ss@db.example:6543/volt?sslmode=require", 8)
    assert (said["HOST"], said["PORT"], said["USER"], said["PASSWORD"], said["NAME"]) == (
        "db.example",
        "6543",
        "ann",
        "p@ss",
        "volt",
    )
    assert said["OPTIONS"]["sslmode"] == "require"
    assert said["OPTIONS"]["pool"]["max_size"] == 8


def test_a_database_by_socket():
    said = build_database("postgresql://ann@/volt?host=/tmp/volt-1&port=5433", 8)
    assert (said["HOST"], said["PORT"], "host" in said["OPTIONS"]) == ("/tmp/volt-1", "5433", False)


def test_another_kind_of_database_is_named():
    with pytest.raises(ValueError, match="mysql"):
        build_database("mysql://x/y", 8)


def test_a_demo_makes_its_key_once_and_keeps_it_to_itself(tmp_path):
    first = find_secret_key("", True, tmp_path)
    assert len(first) > 50
    assert find_secret_key("", True, tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_given_key_is_the_key_and_without_a_demo_none_is_made(tmp_path):
    assert find_secret_key("given", True, tmp_path) == "given"
    assert find_secret_key("", False, tmp_path) == ""
    assert not list(tmp_path.iterdir())


def test_a_demo_makes_its_ring_of_keys_once_and_keeps_it_to_itself(tmp_path):
    path = Path(find_field_keys_file("", True, tmp_path))
    first = path.read_text()
    assert len(read_ring(first).keys["k1"]) == 32
    assert find_field_keys_file("", True, tmp_path) == str(path)
    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_given_ring_is_the_ring_and_without_a_demo_none_is_made(tmp_path):
    assert find_field_keys_file("/given", True, tmp_path) == "/given"
    assert find_field_keys_file("", False, tmp_path) == ""
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("origin", "host", "ours"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("https://trusted.example", "localhost:8000", True),
        ("http://evil.example", "localhost:8000", False),
        ("http://localhost:9999", "localhost:8000", False),
        ("http://evil.example", "evil.example", False),
        ("null", "localhost:8000", False),
    ],
)
def test_only_our_own_pages_open_sockets(settings, origin, host, ours):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://trusted.example"]
    assert is_ours(origin, host) is ours
