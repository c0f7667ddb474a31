"""Every error of the API is a problem document (RFC 9457) with a stable `code`."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from psycopg.errors import ReadOnlySqlTransaction
from rest_framework import exceptions
from rest_framework.response import Response

from accounts.quotas import list_noted
from dispatch.errors import DispatchError, Unavailable

MEDIA_TYPE = "application/problem+json"
# What DRF calls it, and what our clients may rely on.
CODES = {
    "parse_error": "invalid_json",
    "authentication_failed": "not_signed_in",
    "not_authenticated": "not_signed_in",
    "permission_denied": "forbidden",
    "unsupported_media_type": "unsupported_media_type",
    "error": "invalid",
}
log = structlog.get_logger(__name__)


def build_problem(
    status: int, code: str, detail: str = "", path: str | None = None, **facts: Any
) -> dict[str, Any]:
    """Build the document; facts are its extension members."""
    document: dict[str, Any] = {
        **facts,
        "type": f"urn:voltrun:problem:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": detail or HTTPStatus(status).phrase,
    }
    return document if path is None else {**document, "path": path}


def build_answer(error: DispatchError) -> Response:
    """Build the answer to an error of ours.

    A view that *returns* this keeps what it wrote (fresh offers beside `offer_lost`); one that
    raises the error has it all undone.
    """
    document = build_problem(error.status, error.code, error.detail, error.path, **error.facts)
    answer = Response(document, status=error.status, content_type=MEDIA_TYPE)
    if isinstance(error, Unavailable):
        answer["Retry-After"] = str(error.retry_after_s)
    return answer


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn whatever a view raised into a problem; None lets an unknown error through to the log."""
    if isinstance(error, DispatchError):
        return build_answer(error)
    if isinstance(error, Http404):
        return _respond(404, "not_found")
    if isinstance(error, PermissionDenied):
        return _respond(403, "forbidden")
    if isinstance(error, DatabaseError | InterfaceError):
        return _from_database(error)
    if isinstance(error, RequestDataTooBig):
        return _respond(413, "too_large", "The body is larger than anybody could mean.")
    if isinstance(error, exceptions.APIException):
        return _from_framework(error, context)
    return None


def _from_database(error: Exception) -> Response | None:
    """Tell a database that is away, or takes no changes, from one that was asked nonsense."""
    if isinstance(error, OperationalError | InterfaceError):
        log.warning("database_away", error=type(error).__name__)
        return build_answer(Unavailable(detail="The database is not there at this moment."))
    if isinstance(error.__cause__, ReadOnlySqlTransaction):
        return build_answer(Unavailable("read_only", "Nothing can be changed at this moment; reading works."))
    return None


def _respond(status: int, code: str, detail: str = "", **facts: Any) -> Response:
    return Response(build_problem(status, code, detail, **facts), status=status, content_type=MEDIA_TYPE)


def _invalid(error: exceptions.ValidationError) -> Response:
    errors = list(_flatten(error.detail))
    first = errors[0] if errors else {"path": "", "detail": "Invalid."}
    return _respond(400, "invalid", first["detail"], path=first["path"], errors=errors)


def _flatten(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            # What concerns the whole object is told under the object's own path.
            here = path if name == "non_field_errors" else f"{path}.{name}".lstrip(".")
            yield from _flatten(inner, here)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _flatten(inner, f"{path}.{index}".lstrip(".") if nested else path)
    else:
        yield {"path": path, "code": getattr(detail, "code", "invalid"), "detail": str(detail)}


def _from_framework(error: exceptions.APIException, context: dict[str, Any]) -> Response:
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error)
    if isinstance(error, exceptions.Throttled):
        return _throttled(context["request"]._request)  # noqa: SLF001  # where it was counted
    said = error.detail if isinstance(error.detail, exceptions.ErrorDetail) else None
    code = str(said.code if said else error.default_code)
    answer = _respond(error.status_code, CODES.get(code, code), str(said or error.default_detail))
    challenge = getattr(error, "auth_header", None)
    if challenge:
        answer["WWW-Authenticate"] = challenge
    return answer


def _build_throttled(request: HttpRequest) -> tuple[dict[str, Any], str]:
    """Build the document, and after how many seconds to come again."""
    over = [standing for standing in list_noted(request) if not standing.within]
    # As the draft of the headers has it.
    facts: dict[str, Any] = {"violated-policies": [standing.policy for standing in over]}
    wait_s = max((standing.wait_s for standing in over), default=1)
    return build_problem(429, "throttled", f"Come again in {wait_s} s.", **facts), str(wait_s)


def _throttled(request: HttpRequest) -> Response:
    document, wait_s = _build_throttled(request)
    return Response(document, status=429, content_type=MEDIA_TYPE, headers={"Retry-After": wait_s})


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer an address that came too often, whatever it wanted."""
    document, wait_s = _build_throttled(request)
    return JsonResponse(document, status=429, content_type=MEDIA_TYPE, headers={"Retry-After": wait_s})


def _page(status: int, code: str, detail: str = "") -> HttpResponse:
    document = build_problem(status, code, detail)
    return JsonResponse(document, status=status, content_type=MEDIA_TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django itself could not read."""
    return _page(400, "invalid")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django itself refused."""
    return _page(403, "forbidden")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer an unsafe call of a browser without our token."""
    return _page(403, "csrf_failed", reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address nobody lives at."""
    return _page(404, "not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer our own fault; what it was stands in the log."""
    return _page(500, "server_error")
