"""The pages: built files of the front end, answered with the CSRF cookie they need."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

NOT_BUILT = (
    "<!doctype html><title>Voltrun</title><h1>The pages are not built yet</h1>"
    "<p>Run <code>make setup</code>, then load this page again. The API is already there.</p>"
)


@require_safe
@ensure_csrf_cookie
def page(request: HttpRequest, name: str, rest: str = "") -> HttpResponse:
    """Answer with the page; `rest` is the page's own business (its router reads it)."""
    try:
        html = (settings.FRONTEND_DIST / f"{name}.html").read_bytes()
    except FileNotFoundError:
        return HttpResponse(NOT_BUILT, status=503)
    answer = HttpResponse(html)
    # Names of scripts change with every build: the page itself must always be asked for.
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Answer with what opens pages without a network; from the root, as it acts below its address only."""
    try:
        script = (settings.FRONTEND_DIST / "sw.js").read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: this process answers. Whether the house works is /readyz's question."""
    return HttpResponse("ok\n", content_type="text/plain")
