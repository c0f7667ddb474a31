"""The page of all settings says what the code reads, and nothing else."""

import pytest

from config import reference
from config.reference import list_found, list_mistakes, write_page


def test_every_setting_that_is_read_is_told_and_every_one_told_is_read():
    assert list_mistakes() == []


def test_a_setting_nobody_told_of_would_be_found(monkeypatch):
    told = {name: text for name, text in reference.WORDS["Servers"].items() if name != "REDIS_URL"}
    monkeypatch.setitem(reference.WORDS, "Servers", {**told, "MONGO_URL": "nobody reads it"})
    assert list_mistakes() == [
        "REDIS_URL is read and not told in config/reference.py",
        "MONGO_URL is told in config/reference.py and read nowhere",
    ]


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "METRICS_TOKEN"])
def test_what_is_secret_can_stand_in_a_file(name):
    assert next(setting for setting in list_found() if setting.name == name).secret


def test_the_page_in_the_repository_is_up_to_date():
    assert reference.PAGE.read_text() == write_page()
