"""In dispatch there are two clocks, `clock.now()` and `clock.wall()`, and no third way to ask the time."""

import ast
from pathlib import Path

import pytest

from tests.architecture.code import list_files, name_of, walk

CLOCK = "dispatch/clock.py"
CALLS = {
    ("timezone", "now"),
    ("timezone", "localtime"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("dt", "now"),
}
# Now() asks the database's clock; the others ask it under another name.
FUNCTIONS = {"Now", "CurrentTimestamp", "TransactionNow"}


def list_sins(path: Path) -> list[str]:
    return [
        f"{name_of(path)}:{node.lineno}: {sin}" for node in walk(path) if (sin := name_sin(node)) is not None
    ]


def name_sin(node: ast.AST) -> str | None:
    if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
        return node.arg
    if isinstance(node, ast.ImportFrom):
        return next((alias.name for alias in node.names if alias.name in FUNCTIONS), None)
    if not isinstance(node, ast.Attribute):
        return None
    owner = node.value
    base = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    return f"{base}.{node.attr}" if (base, node.attr) in CALLS else None


def test_dispatch_asks_the_time_of_its_clock_alone():
    files = [path for path in list_files("dispatch") if name_of(path) != CLOCK]
    assert [sin for path in files for sin in list_sins(path)] == []


@pytest.mark.parametrize(
    "line",
    [
        "at = models.DateTimeField(auto_now_add=True)",
        "from django.db.models.functions import Lower, Now",
        "at = timezone.now()",
        "default = django.utils.timezone.now",
        "at = datetime.now(UTC)",
        "at = datetime.datetime.utcnow()",
        "day = date.today()",
    ],
)
def test_each_third_way_would_be_found(tmp_path, line):
    path = tmp_path / "sinner.py"
    path.write_text(f"{line}\n")
    assert any(name_sin(node) for node in walk(path))
