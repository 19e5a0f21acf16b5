"""Which media a view or debrief needs: hosts map just these keys to URLs."""

from typing import Any

import msgspec

from scenario_engine.views import BeatView, Debrief, MediaView, PortraitView, View


def media_keys(*shown: View | Debrief | None) -> set[str]:
    """Return the media keys mentioned anywhere in `shown`."""
    found: set[str] = set()
    for each in shown:
        if each is not None:
            _collect(each, found)
    return found


def _collect(value: Any, found: set[str]) -> None:
    if isinstance(value, PortraitView | MediaView):
        found.add(value.key)
        if isinstance(value, MediaView) and value.captions:
            found.add(value.captions)
    elif isinstance(value, BeatView):
        _collect(value.portrait, found)
        _collect(value.media, found)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            _collect(getattr(value, name), found)
    elif isinstance(value, list):
        for each in value:
            if isinstance(each, msgspec.Struct):
                _collect(each, found)
