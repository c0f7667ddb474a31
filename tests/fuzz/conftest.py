"""The scene the doors are tried on, and how much was tried."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doors.conftest import *  # noqa: F403  # fixtures are found by name


@pytest.fixture(scope="session")
def tally() -> Iterator[Counter[str]]:
    """Count the answers by who asked and what came of it; kept in the file `FUZZ_TALLY` names."""
    counted: Counter[str] = Counter()
    yield counted
    if path := os.environ.get("FUZZ_TALLY"):
        with Path(path).open("a") as file:
            file.write(json.dumps(counted) + "\n")
