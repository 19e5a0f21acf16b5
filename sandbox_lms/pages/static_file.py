"""The few static files, by the names in their folder and no others, and the sign of life."""

import mimetypes
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse

FOLDER = Path(__file__).resolve().parent.parent / "static"


def serve(request: HttpRequest, name: str) -> HttpResponse:
    """Answer one static file."""
    content = _files().get(name)
    if content is None:
        raise Http404("There is no such file.")
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return HttpResponse(content, content_type=media_type, headers={"Cache-Control": "max-age=300"})


def health(request: HttpRequest) -> HttpResponse:
    """Answer that the server is there."""
    return HttpResponse("ok", content_type="text/plain")


@cache
def _files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.is_file()}
