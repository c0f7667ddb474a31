"""The page of all settings, made from the code: `python -m config.reference` writes config/SETTINGS.md.

What is read and by what default is found in the source; what it means is said here, and a name that is read
without being said, or said without being read, is an error.
"""

import ast
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "config" / "SETTINGS.md"
READERS = {"_text", "_flag", "_list", "_secret", "_rate", "_number"}
# Beside the settings: what starts programs reads the environment it hands on, and so do the simulated world
# and the scripts below `make`.
ELSEWHERE = ("dispatch/management/supervisor/surroundings.py", "dispatch/world/__main__.py")

WORDS: dict[str, dict[str, str]] = {
    "Where and how": {
        "VAR_DIR": "folder of everything that is kept beside the database: cities, and in the demo all data",
        "DEMO": "`1`: accounts whose password everybody knows; starts on this machine's own addresses only",
        "DEBUG": "`1`: Django's debug pages; never where others can reach it",
        "PORT": "where `manage.py up` listens",
        "SECRET_KEY": "signs sessions and links; a demo makes one, everybody else must give one",
        "FIELD_KEYS": "what fields are sealed with: `id:base64` of 32 bytes, with commas; the first seals",
        "FIELD_KEYS_FILE": "the same in a file, read anew when it changes; a demo makes one",
        "ALLOWED_HOSTS": "names under which the house answers, with commas",
        "TRUSTED_ORIGINS": "pages elsewhere that may send forms and open sockets: `https://name`",
        "HTTPS": "`1`: behind a proxy that ends TLS: secure cookies, HSTS, redirects",
    },
    "City, roads, clock": {
        "CITY": "the city this house is about: a folder `city/NAME` in VAR_DIR",
        "CITY_TIME_ZONE": "for a city without a seed of its own; empty: found by where it lies",
        "CITY_CURRENCY": "the same, ISO 4217",
        "CITY_LOCALE": "the same, `fr`, `en`",
        "CITY_VAT_BP": "the same, hundredths of a percent",
        "CITY_MEAN_GRADE_PM": "the same, how steep its roads are, in thousandths",
        "EXTRACT_MAX_MB": "largest extract a city is built from",
        "ROADS_DATASET": "road data: a name in shared memory, a folder with `/`, an address",
        "OSRM_URL": "road servers, `http://osrm-{profile}:5000`; ROADS_DATASET goes before it",
        "SPEED": "world time against wall time in a demo, 1 to 120",
        "WORLD": "`on`: a simulated world is expected, or started by `manage.py up`",
    },
    "Servers": {
        "DATABASE_URL": "`postgresql://user:password@host/name`; `manage.py up` starts its own without",
        "DATABASE_POOL_MAX": "connections of one process at most",
        "REDIS_URL": "Valkey: messages, tasks, counts; `manage.py up` starts its own without",
        "REDIS_PREFIX": "name of this house in a Valkey that several use",
        "BROKER_URL": "another broker for tasks (AMQP)",
        "FRONTEND_DIST": "folder of the built pages",
    },
    "Planner and traces of units": {
        "QUOTES_AT_ONCE": "quotes one web process works at together",
        "QUOTES_WAIT_S": "so long others wait their turn before they are turned away",
        "ACCEPTS_WAIT_S": "so long who accepts waits; from half of it on no more quotes are made",
        "SOLVER_SECONDS": "how long the solver may improve a plan",
        "FIX_BUFFER_SECONDS": "so long fixes wait to be written together; `0`: not at all",
        "TRACE_DAYS": "days a unit's trace is kept",
    },
    "How often somebody may come": {
        "ADDRESS_RATE": "calls from one address",
        "SOCKETS_RATE": "sockets opened from one address",
        "CALLER_RATE": "calls of one person or device",
        "QUOTES_RATE": "quotes of one person",
        "PLACES_RATE": "searches of one person",
        "OWN_DATA_RATE": "exports and erasures of one person",
        "SIGN_IN_RATE": "sign-ins tried for one account",
        "SIGN_IN_ADDRESS_RATE": "sign-ins tried from one address",
        "SIGN_UP_RATE": "letters to one address whose owner wants an account",
        "SIGN_UP_ADDRESS_RATE": "such letters asked for from one address",
        "LOCK_OUT_RATE": "wrong passwords and codes for one account, from wherever; then it is shut",
    },
    "Accounts and mail": {
        "STAFF_SECOND_FACTOR": "`required`: staff need one; else each operator says whether",
        "SIGN_UP": "`closed`: no driver makes an account of their own",
        "INVITATION_HOURS": "so long an invitation can be accepted",
        "PASSWORD_RESET_MINUTES": "so long the link of a reset holds",
        "MAIL_URL": "`smtp://user:password@host:587`, `smtps://host:465`; a demo without keeps letters in"
        " `mail` of VAR_DIR, others send none",
        "MAIL_FROM": "whom letters come from",
    },
    "Who watches": {
        "METRICS_TOKEN": "who reads `/metrics` must say `Authorization: Bearer` with it",
        "METRICS_NETWORKS": "without a token these networks read `/metrics`, and never through a proxy",
        "LOG_LEVEL": "`DEBUG`, `INFO`, `WARNING`, `ERROR`",
        "TRACES_URL": "collector of traces, OTLP over HTTP: `http://collector:4318/v1/traces`; empty: none",
        "TRACES_SHARE": "which share of calls is traced",
    },
    "Programs around": {
        "UP_DIES_WITH_CALLER": "`1`: `manage.py up` ends with who started it",
        "WORLD_RATE_PER_H": "requests an hour of the simulated drivers",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A setting as the code reads it."""

    name: str
    default: str
    secret: bool


def list_found() -> list[Found]:
    """List what the settings read, once each, in their order."""
    found: dict[str, Found] = {}
    for setting in _walk(ROOT / "config" / "settings.py"):
        found.setdefault(setting.name, setting)
    return list(found.values())


def list_elsewhere() -> set[str]:
    """List what programs around the settings read of the environment."""
    names = set()
    for path in ELSEWHERE:
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_environment(node.func) and _is_text(node.args):
                names.add(ast.literal_eval(node.args[0]))
    return names - {"HOME", "PATH", "SHM_LOCK_DIR"}


def _walk(path: Path) -> Iterator[Found]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS):
            continue
        if _is_text(node.args):
            default = ast.unparse(node.args[1]) if len(node.args) > 1 else ""
            name = ast.literal_eval(node.args[0])
            yield Found(name, "off" if node.func.id == "_flag" else default, node.func.id == "_secret")


def _is_environment(function: ast.expr) -> bool:
    """Say whether this is `environment.get`, `os.environ.get` or the like."""
    if not (isinstance(function, ast.Attribute) and function.attr == "get"):
        return False
    owner = function.value
    return "environ" in (owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", ""))


def _is_text(arguments: list[ast.expr]) -> bool:
    return bool(arguments) and isinstance(arguments[0], ast.Constant) and isinstance(arguments[0].value, str)


def list_mistakes() -> list[str]:
    """List what is read and not said, or said and not read."""
    read = {setting.name for setting in list_found()} | list_elsewhere()
    said = {name for words in WORDS.values() for name in words}
    return [
        *(f"{name} is read and not told in config/reference.py" for name in sorted(read - said)),
        *(f"{name} is told in config/reference.py and read nowhere" for name in sorted(said - read)),
    ]


def write_page() -> str:
    """Write the page."""
    found = {setting.name: setting for setting in list_found()}
    lines = [
        "# Settings",
        "",
        "<!-- Made by `python -m config.reference`; do not edit. -->",
        "",
        "Everything is read from the environment. What is marked ◆ can stand in a file named by `NAME_FILE`:",
        "passwords and keys then lie in no environment. A default in code is worked out at the start.",
    ]
    for title, words in WORDS.items():
        lines += ["", f"## {title}", "", "| name | default | meaning |", "|---|---|---|"]
        lines += [_row(name, text, found.get(name)) for name, text in words.items()]
    return "\n".join(lines) + "\n"


def _row(name: str, text: str, setting: Found | None) -> str:
    mark = " ◆" if setting and setting.secret else ""
    default = setting.default if setting else ""
    # What is no plain value is code, and shown as it stands.
    with suppress(ValueError, SyntaxError):
        default = str(ast.literal_eval(default))
    shown = f"`{default}`" if default else ""
    return f"| `{name}`{mark} | {shown} | {text} |"


def main() -> int:
    """Write the page to the path given, or to its place."""
    mistakes = list_mistakes()
    sys.stderr.write("".join(f"{mistake}\n" for mistake in mistakes))
    if mistakes:
        return 1
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    path.write_text(write_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
