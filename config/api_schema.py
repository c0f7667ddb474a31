"""What the API says of itself: the same to everybody, so it is built once in a process."""

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.view import CountedView


@cache
def build_schema() -> dict[str, Any]:
    """Build it: seconds of work, which nobody may cause as often as they like."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return schema


class SchemaView(CountedView, SpectacularJSONAPIView):
    """The schema as JSON."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with it."""
        return Response(build_schema())


class DocsView(CountedView, SpectacularSwaggerSplitView):
    """Its page; the script is a file of its own: nothing written into a page runs here."""

    url_name = "schema"
    template_name = "docs/swagger.html"

    def handle_exception(self, exc: Exception) -> Response:
        """Answer like any other door: a problem is a document, not a page."""
        self.request.accepted_renderer = JSONRenderer()
        return super().handle_exception(exc)
