"""Our own source files, and how to walk them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "accounts", "dispatch", "routing")


def list_files(*folders: str) -> list[Path]:
    """List the Python files of these top folders; what Django generates is nobody's prose."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    """Name a file as seen from the top."""
    return path.relative_to(ROOT).as_posix()


def walk(path: Path) -> Iterator[ast.AST]:
    """Walk a file's syntax; every node knows its parent."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]
        yield node
