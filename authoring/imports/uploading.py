"""Stopping an upload that is too large while it comes in, before it fills a disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest


class BoundedUpload(FileUploadHandler):
    """Counts the bytes of a file and keeps none of them beyond `maximum`; `request.was_too_large` tells the form."""

    def __init__(self, request: HttpRequest, maximum: int) -> None:
        super().__init__(request)
        self._maximum = maximum
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._seen += len(raw_data)
        if self._seen > self._maximum:
            self.request.was_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)  # read on, keep nothing: the browser waits for our page
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        return None


def was_too_large(request: Any) -> bool:
    return bool(getattr(request, "was_too_large", False))
