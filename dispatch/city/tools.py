"""The programs the build calls: they come inside wheels, so nothing has to be installed by hand."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from dispatch.city.errors import CityError

_TIMEOUT_S = 1800
_LAST_LINES = 3


def find_tool(package: str, name: str) -> Path:
    """Find a program inside an installed package's `bin` folder."""
    path = _package_folder(package) / "bin" / name
    if not path.is_file():
        raise CityError(f"The program {name} is missing: install the package {package} again.")
    return path


def find_profiles() -> Path:
    """Find the folder of road profiles that the road engine ships."""
    folder = _package_folder("osrm") / "share" / "profiles"
    if not (folder / "car.lua").is_file():
        raise CityError("The road profiles are missing: install the package osrm-bindings again.")
    return folder


def run_tool(program: Path, *arguments: str | Path, more: Mapping[str, str] | None = None) -> str:
    """Run a program to its end and hand back what it said; its failure is one sentence.

    `more` is added to its environment.
    """
    command = [str(program), *map(str, arguments)]
    try:
        # Programs of our own packages, called without a shell.
        done = subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
            env={**os.environ, **(more or {})},
        )
    except subprocess.TimeoutExpired:
        raise CityError(f"{program.name} did not end within {_TIMEOUT_S // 60} minutes.") from None
    except OSError as error:
        raise CityError(f"{program.name} could not be started: {error.strerror}.") from error
    said = done.stdout + done.stderr
    if done.returncode != 0:
        raise CityError(f"{program.name} failed ({_how(done.returncode)}): {_last_words(said.splitlines())}")
    return said


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise CityError(f"The package {package} is not installed.")
    return Path(spec.submodule_search_locations[0])


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"


def _last_words(lines: Sequence[str]) -> str:
    return " / ".join(line.strip() for line in lines[-_LAST_LINES:] if line.strip()) or "it said nothing"
