from dataclasses import dataclass
from pathlib import Path

import pytest

from dispatch.city.build import build_city
from tests.city.monaco import EXTRACT


@dataclass(frozen=True)
class Built:
    """A finished city and what its builder said."""

    folder: Path
    said: tuple[str, ...]


@pytest.fixture(scope="session")
def monaco(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("var") / "city" / "monaco"
    said: list[str] = []
    assert build_city(EXTRACT, folder, said.append)
    return Built(folder, tuple(said))
