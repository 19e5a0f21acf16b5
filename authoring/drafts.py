"""Drafts: the one service through which the admin, packs, imports and generation write a scenario."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from authoring.checking import check_scenario
from authoring.media_store import MediaFile, store_media
from authoring.models import Scenario, ScenarioText
from foundation.api import Organisation, User, record
from scenario_engine.codec import decode_raw, to_raw
from scenario_engine.findings import Finding


@dataclass(frozen=True)
class Draft:
    """A saved draft: the row, the revision that holds it, and what is wrong with it."""

    scenario: Scenario
    revision: Any
    findings: tuple[Finding, ...]


def save_draft(
    organisation: Organisation,
    document: Mapping[str, Any],
    *,
    by: User | None,
    scenario: Scenario | None = None,
    layout: Mapping[str, Any] | None = None,
    texts: Mapping[str, Mapping[str, str]] | None = None,
    media: Mapping[str, MediaFile] | None = None,
    slug: str = "",
) -> Draft:
    """Save `document` as a new scenario, or as the newest draft of `scenario`. Faults are findings, never refusals.

    `texts` are {locale: {text key: text}} and `media` {key: file}; both add to what is there.
    Raises ValidationError only for what cannot be stored (not an object, too large).
    """
    kept = settle(dict(document))
    with transaction.atomic():
        if scenario is None:
            chosen = free_slug(organisation, slug or _slug_of(kept))
            scenario = Scenario(organisation=organisation, live=False, slug=chosen)
        else:
            scenario = _latest(scenario, organisation)
        scenario.document = kept
        if layout is not None:
            scenario.layout = dict(layout)
        scenario.read_document()
        if scenario.pk is None or not scenario.live:
            scenario.save()  # a published row stays as it is until a revision is published
        store_texts(scenario, texts or {})
        for key, file in (media or {}).items():
            store_media(scenario, key, file)
        revision = scenario.save_revision(user=by, clean=False, log_action=True)
        record(organisation, by or "authoring", "scenario.draft_saved", f"scenario:{scenario.uuid}")
    return Draft(scenario, revision, check_scenario(scenario))


def duplicate(scenario: Scenario, title: str, *, by: User) -> Draft:
    """Copy the newest draft of a scenario, with its texts and media, as a new unpublished scenario."""
    newest = scenario.get_latest_revision_as_object()
    document = {**newest.document, "title": title}
    slug = free_slug(scenario.organisation, _slug_of(document))
    if decode_raw(document).scenario is not None:
        document["id"] = slug
    texts = {row.locale: row.texts for row in scenario.translations.all()}
    with transaction.atomic():
        draft = save_draft(scenario.organisation, document, by=by, layout=newest.layout, texts=texts, slug=slug)
        for file in scenario.media_files.all():
            file.pk, file.scenario = None, draft.scenario
            file._state.adding = True
            file.save()
    return draft


def settle(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document as it is stored: with every id filled in, where it can be read; else as it came."""
    decoded = decode_raw(document)
    return to_raw(decoded.scenario) if decoded.scenario is not None else document


def store_texts(scenario: Scenario, texts: Mapping[str, Mapping[str, str]]) -> None:
    """Set the tables of texts given, by language; other languages stay."""
    for locale, table in texts.items():
        ScenarioText.objects.update_or_create(scenario=scenario, locale=locale, defaults={"texts": dict(table)})


def free_slug(organisation: Organisation, wanted: str, model: Any = Scenario) -> str:
    """Return `wanted`, or the first of wanted-2, wanted-3 … that the organisation does not use yet."""
    base = wanted[:64] or "scenario"  # an id has at most 64 letters
    taken = set(model.objects.filter(organisation=organisation, slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _latest(scenario: Scenario, organisation: Organisation) -> Scenario:
    if scenario.organisation_id != organisation.pk:
        raise ValueError("The scenario belongs to another organisation.")
    row = Scenario.objects.select_for_update().get(pk=scenario.pk)
    latest: Scenario = row.get_latest_revision_as_object()
    return latest


def _slug_of(document: Mapping[str, Any]) -> str:
    """Take the document's id where it makes a slug, else the title."""
    identity = document.get("id")
    if isinstance(identity, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9_\-]{0,63}", identity) and identity != "untitled":
        return identity
    title = document.get("title")
    slug = slugify(title)[:60] if isinstance(title, str) else ""
    return slug if re.match(r"[a-z]", slug) else f"scenario-{slug}".rstrip("-")
