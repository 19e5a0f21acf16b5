"""Loading and saving a state quickly: what a step needs is decoded, older visits stay as they were stored.

A long attempt has hundreds of visits, and a step looks at the last one or two. `load` keeps the others as bytes, which
`save` writes again; whoever looks at one (scoring, the debrief) gets it decoded.
"""

from collections.abc import Iterable, Iterator
from typing import Any, SupportsIndex, overload

import msgspec

from scenario_engine.state import State, Visit

_VISIT = msgspec.json.Decoder(Visit)
_ENCODER = msgspec.json.Encoder()
_Stored = msgspec.defstruct(
    "_Stored",
    [
        (field.name, list[msgspec.Raw] if field.name == "trail" else field.type, msgspec.UNSET)
        for field in msgspec.structs.fields(State)
    ],
    namespace={"__doc__": "A state whose visits are bytes. What is not there is UNSET."},
)
_DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder(_Stored)


class Trail(list[Visit]):
    """A list of visits, each decoded when it is first looked at."""

    @classmethod
    def of(cls, items: Iterable[Any]) -> "Trail":
        """Return a trail of visits and of visits as bytes."""
        trail = cls()
        list.extend(trail, items)
        return trail

    @overload
    def __getitem__(self, place: SupportsIndex, /) -> Visit: ...
    @overload
    def __getitem__(self, place: slice, /) -> list[Visit]: ...
    def __getitem__(self, place: SupportsIndex | slice, /) -> Visit | list[Visit]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        item: Any = list.__getitem__(self, place)
        if type(item) is msgspec.Raw:
            item = _VISIT.decode(item)
            list.__setitem__(self, place, item)
        visit: Visit = item
        return visit

    def __iter__(self) -> Iterator[Visit]:
        return (self[index] for index in range(len(self)))

    def __reversed__(self) -> Iterator[Visit]:
        return (self[index] for index in range(len(self) - 1, -1, -1))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, list)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None

    def copy(self) -> "Trail":
        """Return a trail of the same visits; what is bytes stays bytes."""
        return Trail.of(list.__iter__(self))


def load(data: bytes) -> State:
    """Return the state that `save` (or any JSON encoder of msgspec) has written. Raises msgspec.DecodeError."""
    stored = _DECODER.decode(data)
    found = {name: value for name in State.__struct_fields__ if (value := getattr(stored, name)) is not msgspec.UNSET}
    if "trail" in found:
        found["trail"] = Trail.of(found["trail"])
    return State(**found)


def save(state: State) -> bytes:
    """Return a state as JSON, the same bytes whether its visits were looked at or not."""
    return _ENCODER.encode(state)
