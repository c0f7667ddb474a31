"""Outside `models/` a query begins with `.objects.of(caller)`: nobody forgets whose rows they read.

Making a row needs no scope: `create`, `create_user` and `bulk_create` may follow `.objects` directly.
"""

import ast
from pathlib import Path

import pytest

from tests.architecture.code import list_files, name_of, walk

MANAGERS = {"objects", "_default_manager", "_base_manager"}
ALLOWED = {"of", "create", "create_user", "bulk_create"}


def list_bare(path: Path) -> list[str]:
    return [
        f"{name_of(path)}:{node.lineno}" if path.is_relative_to(Path.cwd()) else f"{node.lineno}"
        for node in walk(path)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and not is_followed(node)
    ]


def is_followed(node: ast.Attribute) -> bool:
    after = getattr(node, "parent", None)
    return isinstance(after, ast.Attribute) and after.attr in ALLOWED


def test_every_query_outside_models_begins_with_a_caller():
    files = [path for path in list_files("accounts", "dispatch") if "models" not in path.parts]
    assert [place for path in files for place in list_bare(path)] == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Unit.objects.all()", True),
        ("Unit.objects.get(pk=1)", True),
        ("rows = Unit.objects", True),
        ("Unit._default_manager.filter()", True),
        ("Unit.objects.of(caller).get(pk=1)", False),
        ("Unit.objects.create(name='V-1')", False),
    ],
)
def test_a_bare_query_would_be_found(tmp_path, line, found):
    path = tmp_path / "some.py"
    path.write_text(line)
    assert bool(list_bare(path)) is found
