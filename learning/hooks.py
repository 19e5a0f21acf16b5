"""What other apps add to learning without learning knowing them: delivery status, names, the frames around a page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

DeliveryWord = Literal["none", "saved", "sent", "confirmed", "held", "delayed"]


@dataclass(frozen=True)
class DeliveryStatus:
    """How far a grade has come on its way to the gradebook. `sentence` and `advice` are for coaches."""

    status: DeliveryWord
    at: datetime | None = None
    sentence: str = ""
    advice: str = ""


@dataclass(frozen=True)
class RosterView:
    """Who is expected in a placement and has not come yet: (name, groups). `sentence` says why nobody is listed."""

    state: Literal["asked", "refused", "read"]
    sentence: str = ""
    absent: Sequence[tuple[str, str]] = ()
    read_at: datetime | None = None


DeliveryReader = Callable[[Sequence[int]], Mapping[int, DeliveryStatus]]
NamesReader = Callable[[Sequence[int]], Mapping[int, str]]
FramesReader = Callable[[UUID], Sequence[str]]
# Why nothing of a placement (by id) reaches a gradebook, and what to do; two empty texts where it does.
MissingReader = Callable[[int], tuple[str, str]]

RosterReader = Callable[[int, datetime], RosterView | None]

_delivery: list[DeliveryReader] = []
_names: list[NamesReader] = []
_frames: list[FramesReader] = []
_missing: list[MissingReader] = []
_roster: list[RosterReader] = []


def register_delivery_status(reader: DeliveryReader) -> None:
    """Ask `reader` for the delivery of participations, by id. The last one registered answers."""
    _delivery[:] = [reader]


def register_people_names(reader: NamesReader) -> None:
    """Ask `reader` for the names of learners, by id, where the learner row has none."""
    _names[:] = [reader]


def register_frame_ancestors(reader: FramesReader) -> None:
    """Ask `reader` which origins may frame the pages of a placement or participation, by its uuid."""
    _frames[:] = [reader]


def register_missing_delivery(reader: MissingReader) -> None:
    """Ask `reader` why grades of a placement go nowhere, where a learner has one and no delivery."""
    _missing[:] = [reader]


def register_roster(reader: RosterReader) -> None:
    """Ask `reader` who of a placement (by id) has not come yet; it must not wait for anybody."""
    _roster[:] = [reader]


def roster_of(placement_id: int, now: datetime) -> RosterView | None:
    return _roster[0](placement_id, now) if _roster else None


def missing_delivery(placement_id: int) -> tuple[str, str]:
    return _missing[0](placement_id) if _missing else ("", "")


def delivery_of(participation_ids: Iterable[int]) -> Mapping[int, DeliveryStatus]:
    """Return the delivery status of each participation that a protocol delivers for."""
    wanted = list(participation_ids)
    return _delivery[0](wanted) if _delivery and wanted else {}


def names_of(learner_ids: Iterable[int]) -> Mapping[int, str]:
    wanted = list(learner_ids)
    return _names[0](wanted) if _names and wanted else {}


def frame_ancestors(page: UUID) -> Sequence[str]:
    """Return the origins that may frame a page; any, where nobody knows better.

    The pages carry no authority of their own (no cookie is read; the token is in the launching frame's fragment), so
    a foreign frame shows nothing but a sentence.
    """
    return _frames[0](page) if _frames else ("*",)
