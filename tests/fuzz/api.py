"""Calls made of the API's own schema: some keep to it, some do not, and many name things that are there."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import requests
import schemathesis
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.cast import Door
from tests.doors.cases import CASES
from tests.doors.found import list_http_doors
from tests.doors.people import WHO
from tests.fuzz.nonsense import plain

# Held to be the API's own by `make check`.
SCHEMA = Path(__file__).parents[2] / "frontend" / "src" / "api" / "schema.json"
HOUSE = "http://testserver"
# Headers that the client writes itself.
OURS = {"Content-Type", "Content-Length", "Host", "Cookie", "Authorization"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
METHODS = ("get", "post", "put", "patch", "delete")
# What a field or a parameter of this name may name of the scene.
NAMED = {
    **{f"{name}_id": (name,) for name in ("request", "vehicle", "stop", "charger", "attachment", "risk")},
    **{name: (name,) for name in ("vehicle", "offer", "stop", "request", "risk")},
    "unit_id": ("unit", "stray"),
    "unit": ("unit", "stray"),
}


@cache
def list_operations() -> list[tuple[str, str]]:
    """List each method at each address."""
    paths = json.loads(SCHEMA.read_text())["paths"]
    return [(method.upper(), path) for path, said in paths.items() for method in said if method in METHODS]


@cache
def load() -> Any:
    return schemathesis.openapi.from_path(SCHEMA)


@cache
def build_strategy(method: str, path: str) -> st.SearchStrategy[Any]:
    """Build calls of one operation: two of three as the schema has them."""
    operation = load()[path][method]
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    try:
        wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        wrong.validate()
    except Exception:  # noqa: BLE001  # where nothing is asked, nothing can be wrong
        return right
    return st.one_of(right, right, wrong)


def list_welcome(method: str, path: str) -> list[str]:
    """List who is answered at this address; all, where nobody is known to be."""
    doors = {(door.method.upper(), door.route): str(door) for door in list_http_doors()}
    case = CASES[doors[method, path]]
    return [who for who, status in case.who.items() if status not in (401, 403, 404)] or list(WHO)


@st.composite
def calls(draw: st.DrawFn, method: str, path: str, names: Mapping[str, str]) -> tuple[Any, str]:
    """Draw a call and who makes it."""
    case = draw(build_strategy(method, path))
    who = draw(st.sampled_from(list_welcome(method, path)) | st.sampled_from(WHO))
    if draw(st.integers(0, 3)):
        case.path_parameters = {
            key: draw(_name(key, value, names)) for key, value in (case.path_parameters or {}).items()
        }
    if isinstance(case.body, dict) and draw(st.booleans()):
        case.body = {
            key: draw(_name(key, value, names) | plain if draw(st.booleans()) else _name(key, value, names))
            for key, value in case.body.items()
        }
    if draw(st.integers(0, 9)):
        case.headers = {**(case.headers or {}), "Idempotency-Key": "fuzz"}
    return case, who


def _name(key: str, value: Any, names: Mapping[str, str]) -> st.SearchStrategy[Any]:
    return st.sampled_from([names[name] for name in NAMED[key]]) if key in NAMED else st.just(value)


def send(case: Any, who: Door) -> Response:
    """Make the call in this process: whatever falls over here is raised with its trace."""
    case.freeze_metadata()  # what was drawn is not judged again: half a letter pair cannot be, and is sent
    prepared = requests.Request(**_write(case.as_transport_kwargs(base_url=HOUSE))).prepare()
    said = {name: _text(value) for name, value in prepared.headers.items()}
    body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body or b""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": said[name] for name in said if name not in OURS}
    headers.pop("HTTP_ACCEPT_ENCODING", None)  # nobody unpacks here
    media_type = said.get("Content-Type", "application/json")
    answer = who.generic(prepared.method or "", prepared.path_url, body, media_type, **headers)
    told = {name.lower(): [value] for name, value in answer.headers.items()}
    return Response(answer.status_code, told, answer.getvalue(), prepared, elapsed=0.0, verify=False)


def _write(said: dict[str, Any]) -> dict[str, Any]:
    """Keep what makes a request; its body is written as any client might, also with what is no JSON."""
    kept = {
        key: value for key, value in said.items() if key in {"method", "url", "headers", "params", "data"}
    }
    return kept if said.get("json") is None else {**kept, "data": json.dumps(said["json"]).encode()}


def _text(value: str | bytes) -> str:
    return value.decode("latin1") if isinstance(value, bytes) else value
