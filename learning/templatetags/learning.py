"""Figures, times, delivery words and rich text as the pages of learning show them."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

register = template.Library()

_DELIVERY = {
    "none": gettext_lazy("Not sent anywhere: this activity is not graded in your course."),
    "saved": gettext_lazy("Saved."),
    "sent": gettext_lazy("Saved, and sent to the gradebook."),
    "confirmed": gettext_lazy("Saved, and in the gradebook."),
    "held": gettext_lazy("Saved. It is sent once a coach has read it."),
    "delayed": gettext_lazy("Saved, on its way to the gradebook."),
}
# What stands around each block or inline of a rich tree. Anything else in a tree is shown as its words.
_ELEMENTS = {"p": "p", "h": "h4", "quote": "blockquote", "b": "strong", "i": "em", "code": "code", "term": "span"}


@register.filter
def percent(ratio: Decimal | float | str | None) -> str:
    """Return a share 0..1 as people read it: "81 %", with a decimal only where there is one ("81.3 %")."""
    if ratio is None or ratio == "":
        return "–"
    exact = Fraction(str(ratio)) * 100
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    places = 0 if rounded == rounded.to_integral_value() else 1
    return f"{number_format(rounded, places)}\u00a0%"


@register.filter
def isolate(text: str) -> SafeString:
    """Return authored words so that their direction does not disturb the sentence around them."""
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def signed(points: float) -> str:
    """Return points with their sign: "+3", "−0.5"."""
    figure = number_format(abs(Decimal(str(points)).normalize()), force_grouping=False)
    return f"{'−' if points < 0 else '+'}{figure}"


@register.filter
def moment(at: datetime | str | None) -> SafeString | str:
    """Return a time as an element that the page's script rewrites to the reader's own time zone."""
    if not at:
        return ""
    when = timezone.localtime(datetime.fromisoformat(at) if isinstance(at, str) else at)
    shown = date_format(when, "DATETIME_FORMAT")
    return format_html('<time datetime="{}">{} UTC</time>', when.isoformat(timespec="seconds"), shown)


@register.filter
def delivery(status: str) -> str:
    """Return the sentence for how far a grade has come."""
    return str(_DELIVERY.get(status, ""))


@register.filter
def level(value: str | None) -> str:
    """Return a level as a figure, or the words for "not applicable"."""
    return value if value not in (None, "") else gettext("not applicable")


@register.filter
def rich(tree: Any) -> SafeString:
    """Return checked rich text as HTML; every word in it is escaped."""
    if isinstance(tree, str):
        return format_html("{}", tree)
    if isinstance(tree, list | tuple):
        return format_html_join("", "{}", ((rich(each),) for each in tree))
    kind, children = tree.get("t"), tree.get("c", [])
    if kind in ("br", "hr"):
        return mark_safe(f"<{kind}>")  # noqa: S308 (one of two constants)
    if kind in ("ul", "ol"):
        items = format_html_join("", "<li>{}</li>", ((rich(each),) for each in children))
        return format_html("<ul>{}</ul>" if kind == "ul" else "<ol>{}</ol>", items)
    if kind == "a":
        return format_html('<a href="{}" rel="noreferrer" target="_blank">{}</a>', tree.get("href", ""), rich(children))
    element = _ELEMENTS.get(kind or "", "span")
    return format_html("<{}>{}</{}>", element, rich(children), element)


@register.filter
def times_value(factor: float) -> str:
    """Return a time factor as a form sends it: "1.5"."""
    return f"{factor:.1f}"


@register.filter
def times_words(factor: float) -> str:
    """Return a time factor in words: "twice as long"."""
    words = {
        0.0: gettext("no time limits"),
        1.0: gettext("as the author set it"),
        1.5: gettext("half as long again"),
        2.0: gettext("twice as long"),
        3.0: gettext("three times as long"),
    }
    return words.get(factor, number_format(factor))
