"""compose.yaml as its tool reads it: variables put in, anchors resolved."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FILE = ROOT / "compose.yaml"
VARIABLE = re.compile(r"\$\$|\$\{(\w+)(?:(:?[-?])([^}]*))?\}")


def read_compose(**variables: str) -> dict[str, Any]:
    """Read it with these variables; a missing one with `:?` is an error."""
    document: dict[str, Any] = yaml.safe_load(put_in(FILE.read_text(), variables))
    return document


def put_in(text: str, variables: dict[str, str]) -> str:
    def replace(match: re.Match[str]) -> str:
        name, how, word = match.groups()
        if name is None:
            return "$"
        if variables.get(name):
            return variables[name]
        if how and "?" in how:
            raise KeyError(f"{name}: {word}")
        return word or ""

    return VARIABLE.sub(replace, text)
