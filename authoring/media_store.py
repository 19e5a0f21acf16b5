"""Media of scenarios: what may be uploaded, and bytes kept under their own hash so that versions can freeze them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from authoring.models import Scenario, ScenarioMedia
from authoring.svg import UnsafeSvg, clean_svg

MAX_BYTES = 60 * 1024 * 1024
# Extension → (mime, what the bytes must look like). Nothing a browser would run is here.
KINDS: dict[str, tuple[str, re.Pattern[bytes]]] = {
    "png": ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
    "gif": ("image/gif", re.compile(rb"GIF8[79]a")),
    "webp": ("image/webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    "avif": ("image/avif", re.compile(rb"....ftypavi[fs]", re.DOTALL)),
    "svg": ("image/svg+xml", re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<")),
    "mp3": ("audio/mpeg", re.compile(rb"ID3|\xff[\xe0-\xff]")),
    "m4a": ("audio/mp4", re.compile(rb"....ftyp", re.DOTALL)),
    "ogg": ("audio/ogg", re.compile(rb"OggS")),
    "wav": ("audio/wav", re.compile(rb"RIFF....WAVE", re.DOTALL)),
    "mp4": ("video/mp4", re.compile(rb"....ftyp", re.DOTALL)),
    "webm": ("video/webm", re.compile(rb"\x1aE\xdf\xa3")),
    "vtt": ("text/vtt", re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT")),
}
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-./]{0,199}")


@dataclass(frozen=True)
class MediaFile:
    """A file on its way in."""

    name: str
    data: bytes
    alt: str = ""


def store_media(scenario: Scenario, key: str, file: MediaFile) -> ScenarioMedia:
    """Keep a file under `key` of the scenario, replacing what was there. Raises ValidationError when not accepted."""
    if not KEY.fullmatch(key) or ".." in key:
        raise ValidationError(f"“{key[:60]}” cannot be a media key: use letters, digits, “-”, “_”, “.” and “/”.")
    extension, mime, data = accept(file)
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256, extension)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    values: dict[str, Any] = {
        "sha256": sha256, "name": file.name[-200:], "mime": mime, "size": len(data),
    }  # fmt: skip
    if file.alt:
        values["alt"] = file.alt[:1000]
    row, _ = ScenarioMedia.objects.update_or_create(scenario=scenario, key=key, defaults=values)
    return row


def accept(file: MediaFile) -> tuple[str, str, bytes]:
    """Return (extension, mime, bytes to keep) of an acceptable file; SVG comes back cleaned."""
    extension = PurePosixPath(file.name.lower()).suffix.lstrip(".")
    if extension not in KINDS:
        raise ValidationError(f"“{file.name}” cannot be used. Accepted: {', '.join(sorted(KINDS))}.", code="kind")
    if len(file.data) > MAX_BYTES:
        raise ValidationError(
            f"“{file.name}” has {len(file.data):,} bytes; at most {MAX_BYTES:,} are accepted.", code="too_large"
        )
    mime, signature = KINDS[extension]
    if not signature.match(file.data):
        raise ValidationError(f"“{file.name}” does not hold what its name says ({mime}).", code="content")
    if extension == "svg":
        try:
            return extension, mime, clean_svg(file.data)
        except UnsafeSvg as error:
            raise ValidationError(f"“{file.name}”: {error}", code="svg") from error
    return extension, mime, file.data


def path_of(sha256: str, extension: str) -> str:
    """Return where in storage the bytes with this hash lie."""
    return f"scenarios/{sha256[:2]}/{sha256}.{extension}"


def extension_of(name: str) -> str:
    return PurePosixPath(name.lower()).suffix.lstrip(".")


def url_of(sha256: str, name: str) -> str:
    """Return the address of bytes by hash: it never means anything else, so it may be cached for ever."""
    return reverse("authoring:media", args=[sha256, extension_of(name)])


def draft_urls(scenario: Scenario) -> dict[str, str]:
    """Return {key: address} of the media a draft has now."""
    return {file.key: url_of(file.sha256, file.name) for file in scenario.media_files.all()}


def read_media(sha256: str, name: str) -> bytes:
    """Return the bytes kept under a hash."""
    with default_storage.open(path_of(sha256, extension_of(name)), "rb") as file:
        return bytes(file.read())
