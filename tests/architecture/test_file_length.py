"""A file says one thing: 400 lines at most, a test 800."""

from tests.architecture.code import PACKAGES, list_files, name_of


def too_long(paths, most: int) -> list[str]:
    counted = [(path, len(path.read_text().splitlines())) for path in paths]
    return [f"{name_of(path)}: {lines} lines" for path, lines in counted if lines > most]


def test_no_file_is_too_long():
    assert too_long(list_files(*PACKAGES), 400) == []


def test_no_test_file_is_too_long():
    assert too_long(list_files("tests"), 800) == []
