"""Compiled stories of published versions, kept per process under digest and locale."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from authoring.documents import document_in
from authoring.models import ScenarioVersion
from scenario_engine.story import Story, compile_story

_KEPT = 256


def version_story(version_id: int, locale: str = "") -> Story:
    """Return the story of a version in a language (its own where there are no texts in that language).

    Raises ScenarioVersion.DoesNotExist.
    """
    small = ScenarioVersion.objects.values_list("content_digest", "language", "languages")
    digest, language, languages = small.get(pk=version_id)
    return _compiled(version_id, digest, _best_locale(locale, language, tuple(languages)))


@lru_cache(maxsize=_KEPT)
def _compiled(version_id: int, digest: str, locale: str) -> Story:
    """Compile once per content: the id alone would mean another version after a database is restored."""
    version = ScenarioVersion.objects.get(pk=version_id)
    maximum = Fraction(version.maximum) if version.maximum else None
    return compile_story(document_in(version.document), version.texts.get(locale), maximum, locale=locale)


def _best_locale(wanted: str, own: str, locales: tuple[str, ...]) -> str:
    """Return the language to play in: as wanted, else the same language of another region, else the author's."""
    names = {name.lower(): name for name in (*locales, own)}
    exact = names.get(wanted.lower())
    if exact:
        return exact
    base = wanted.lower().partition("-")[0]
    return names.get(base) or next((name for low, name in names.items() if low.partition("-")[0] == base), own)
