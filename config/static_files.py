"""Files: the front end's under /static/, the city's basemap under /city/ (with byte ranges)."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseFileResponse, WhiteNoiseMiddleware
from whitenoise.responders import Response, SlicedFile, StaticFile

# Only what a map needs: the road data beside it is large and nobody's business.
CITY_TYPES = {".pmtiles": "application/vnd.pmtiles"}


class FileAnswer(WhiteNoiseFileResponse):  # type: ignore[misc]  # WhiteNoise has no types
    """A file in blocks; read in threads under ASGI, so that a large one never sits in memory."""

    block_size = 65_536

    async def __aiter__(self) -> AsyncIterator[bytes]:
        blocks = iter(self.streaming_content)
        while (block := await asyncio.to_thread(next, blocks, None)) is not None:
            yield block


class CityFile(StaticFile):  # type: ignore[misc]  # WhiteNoise has no types
    """A file of which parts are asked: also a part of a single byte, which WhiteNoise refuses."""

    def get_range_response(
        self, range_header: str, base_headers: list[tuple[str, str]], file_handle: BinaryIO | None
    ) -> Response:
        """Answer with the part, or say that there is none."""
        headers = dict(base_headers)
        size = int(headers["Content-Length"])
        start, end = self.get_byte_range(range_header, size)
        if start > end:
            return self.get_range_not_satisfiable_response(file_handle, size)
        headers |= {"Content-Range": f"bytes {start}-{end}/{size}", "Content-Length": str(end - start + 1)}
        part = file_handle and SlicedFile(file_handle, start, end)
        return Response(HTTPStatus.PARTIAL_CONTENT, list(headers.items()), part)


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise has no types
    """WhiteNoise over the files that were there at start."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponseBase:
        """Answer with the file, a part of it, or "not modified"."""
        found = static_file.get_response(request.method, request.META)
        answer = FileAnswer(found.file or (), status=int(found.status))
        del answer["content-type"]
        for name, value in found.headers:
            answer[name] = value
        return answer

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Say whether the bundler named this file by its content: it may be kept for ever."""
        return url.startswith(f"{settings.STATIC_URL}assets/")


@require_safe
def city_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve one of the city's public files; found at each request, as a city may be built again."""
    path: Path = settings.VAR_DIR / "city" / settings.CITY / name
    if path.suffix not in CITY_TYPES or not path.is_file():
        raise Http404(name)
    headers = [
        ("Content-Type", CITY_TYPES[path.suffix]),
        ("Accept-Ranges", "bytes"),
        ("Cache-Control", "no-cache"),
    ]
    return StaticFiles.serve(CityFile(str(path), headers), request)
