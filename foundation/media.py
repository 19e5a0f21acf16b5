"""Serving uploaded files in small installations. Behind a real web server, let it serve var/media itself.

Uploads come from designers, not from us: no file of theirs may act as a page of ours.
"""

from pathlib import PurePosixPath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

from foundation.csp import replace_csp

# What browsers show by themselves and cannot run.
SHOWN = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".vtt", ".svg"}


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a file below MEDIA_ROOT: sandboxed, and as a download unless it is a picture, sound or film."""
    if any(part.startswith(".") for part in PurePosixPath(path).parts):
        raise Http404("Hidden files are not served.")
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if isinstance(response, FileResponse) and PurePosixPath(path).suffix.lower() not in SHOWN:
        response["Content-Disposition"] = "attachment"
        response["Content-Type"] = "application/octet-stream"
    replace_csp(response, {"default-src": ("'none'",), "style-src": ("'unsafe-inline'",), "sandbox": ()})
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
