"""Media: the list and upload of the editor, and the public address of bytes by hash."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from authoring.media_store import KINDS, MAX_BYTES, MediaFile, path_of, store_media, url_of
from authoring.models import Scenario, ScenarioMedia
from authoring.permissions import may
from authoring.views.answers import answer
from authoring.views.scoped import for_scenario, problem
from foundation.api import set_csp

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_CHUNK = 64 * 1024


@for_scenario("view")
@require_http_methods(["GET", "POST"])
def media(request: HttpRequest, scenario: Scenario) -> HttpResponseBase:
    """GET: {media: [{key, url, mime, alt, size, name}]}. POST (multipart: file, key, alt): the same for one."""
    if request.method == "GET":
        return answer({"media": [_shown(row) for row in scenario.media_files.all()]})
    if not may(request.user, "change", scenario.organisation_id):
        raise PermissionDenied
    file = request.FILES.get("file")
    if file is None:
        return problem("Choose a file to upload.")
    if (file.size or 0) > MAX_BYTES:
        return problem(f"“{file.name}” is too large: at most {MAX_BYTES // 1024 // 1024} MB are accepted.", 413)
    name = file.name or "file"
    key = request.POST.get("key") or _free_key(scenario, name)
    try:
        row = store_media(scenario, key, MediaFile(name, file.read(), request.POST.get("alt", "").replace("\0", "")))
    except ValidationError as error:
        return problem(" ".join(error.messages))
    return answer({"media": [_shown(row)]}, status=201)


def _shown(row: ScenarioMedia) -> dict[str, Any]:
    return {
        "key": row.key,
        "url": url_of(row.sha256, row.name),
        "mime": row.mime,
        "alt": row.alt,
        "size": row.size,
        "name": row.name,
    }


def _free_key(scenario: Scenario, name: str) -> str:
    """Return media/<name>, made of accepted characters and not in use."""
    stem, _, extension = re.sub(r"[^A-Za-z0-9_.\-]+", "-", name).strip("-.").lower().rpartition(".")
    base = f"media/{(stem or 'file')[:80]}"
    taken = set(scenario.media_files.values_list("key", flat=True))
    key, number = f"{base}.{extension}", 1
    while key in taken:
        number += 1
        key = f"{base}-{number}.{extension}"
    return key


@require_safe
def serve(request: HttpRequest, sha256: str, extension: str) -> HttpResponseBase:
    """Serve bytes by their hash: for ever the same, never run as a page, seekable for sound and film."""
    path = path_of(sha256, extension)
    if extension not in KINDS or not default_storage.exists(path):
        raise Http404
    size = default_storage.size(path)
    start, end, is_part = _span(request.headers.get("Range", ""), size)
    if start > end:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    response = StreamingHttpResponse(_read(path, start, end), status=206 if is_part else 200)
    response["Content-Type"] = KINDS[extension][0]
    response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    if is_part:
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    # An SVG opened by itself is a page: it may draw, and nothing else.
    set_csp(response, script_src=["'none'"], style_src=["'unsafe-inline'"], img_src=["'none'"], connect_src=["'none'"])
    set_csp(response, sandbox=["allow-downloads"])
    return response


def _span(header: str, size: int) -> tuple[int, int, bool]:
    """Return (first byte, last byte, is a part) of one range; anything else asks for the whole."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.group(1) == match.group(2) == "":
        return 0, size - 1, False
    first, last = match.groups()
    if not first:
        return max(size - int(last), 0), size - 1, True
    return int(first), min(int(last) if last else size - 1, size - 1), True


def _read(path: str, start: int, end: int) -> Any:
    with default_storage.open(path, "rb") as file:
        file.seek(start)
        left = end - start + 1
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
