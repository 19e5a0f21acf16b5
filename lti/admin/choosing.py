"""Which grades an operator is looking at: by state, LMS, course, learner and age; for list, export and deeds alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from foundation.api import key_of
from lti.models import Context, GradeState, GradeTarget, Platform

HOURS = {"1": "the last hour", "24": "the last day", "168": "the last week"}


@dataclass(frozen=True)
class Choice:
    """What narrows the list. Empty text means: all."""

    show: str = ""
    platform: str = ""
    course: str = ""
    words: str = ""
    hours: str = ""

    @property
    def query(self) -> str:
        named = {"show": self.show, "platform": self.platform, "course": self.course, "q": self.words}
        return urlencode({name: value for name, value in {**named, "hours": self.hours}.items() if value})

    def narrow(self, rows: QuerySet[GradeTarget]) -> QuerySet[GradeTarget]:
        if self.show == "differs":
            rows = rows.filter(differs=True)
        elif self.show in GradeState.values:
            rows = rows.filter(state=self.show)
        return self.narrow_but_state(rows)

    def narrow_but_state(self, rows: QuerySet[GradeTarget]) -> QuerySet[GradeTarget]:
        if self.platform:
            rows = rows.filter(platform=int(self.platform))
        if self.course:
            rows = rows.filter(line_item__context=int(self.course))
        if self.words:
            named = Q(person__learner__display_name__icontains=self.words) | Q(person__sub=self.words)
            rows = rows.filter(named | Q(line_item__label__icontains=self.words))
        if self.hours:
            since = timezone.now() - timedelta(hours=int(self.hours))
            rows = rows.filter(Q(pending_since__gte=since) | Q(delivered_at__gte=since))
        return rows


def read(query: QueryDict, default: str = "") -> Choice:
    """Return the choice in a query or a posted form; what cannot be read narrows nothing."""
    show = query.get("show", default)
    return Choice(
        show=show if show in (*GradeState.values, "differs", "all") else default,
        platform=_key(query.get("platform")),
        course=_key(query.get("course")),
        words="".join(letter for letter in query.get("q", "")[:100] if letter.isprintable()).strip(),
        hours=query.get("hours", "") if query.get("hours", "") in HOURS else "",
    )


def offers(rows: QuerySet[GradeTarget]) -> dict[str, object]:
    """Return the LMSs and courses that there are grades of, for the form."""
    platforms = Platform.objects.filter(pk__in=rows.order_by().values("platform"))
    courses = Context.objects.filter(pk__in=rows.order_by().values("line_item__context")).order_by("title", "pk")
    return {
        "platforms": [(str(row.pk), str(row)) for row in platforms],
        "courses": [(str(row.pk), str(row)) for row in courses[:500]],
        "hours": list(HOURS.items()),
    }


def _key(text: str | None) -> str:
    return "" if (key := key_of(text)) is None else str(key)
