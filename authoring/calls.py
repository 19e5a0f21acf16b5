"""Scenarios that call others: what is called, in its newest published version, is put in the place of the call.

A published version is frozen whole, so what it calls is in it already; republishing the called one changes no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from authoring.documents import document_in
from authoring.models import Scenario, ScenarioVersion
from scenario_engine.document import Route
from scenario_engine.document import Scenario as Document
from scenario_engine.findings import Finding
from scenario_engine.linking import Linked, link, link_texts


@dataclass(frozen=True)
class Whole:
    """A document with everything it calls in place. `document` is None where `problems` keep it from being one."""

    document: Document | None
    problems: list[Finding] = field(default_factory=list)
    called: Mapping[str, ScenarioVersion] = field(default_factory=dict)
    linked: Linked | None = None

    def media(self) -> dict[str, dict[str, str]]:
        """Return the frozen media of what is called, under the keys they have in the whole."""
        if self.linked is None:
            return {}
        found = {}
        for key, (name, own_key) in self.linked.media.items():
            kept = self.called[name].media.get(own_key)
            if kept is not None:
                found[key] = kept
        return found

    def texts(self, own: Mapping[str, Any], locale: str) -> dict[str, Any]:
        """Return the table of a language for the whole, out of the caller's and those of what it calls."""
        if self.linked is None:
            return dict(own)
        tables = {name: version.texts.get(locale, {}) for name, version in self.called.items()}
        return dict(link_texts(self.linked, own, tables))


def put_in_place(scenario: Scenario, document: Document) -> Whole:
    """Return the document of a scenario with its calls in place. Without calls nothing is looked up."""
    names = names_called(document)
    if not names:
        return Whole(document)
    called = _newest(scenario, names)
    linked = link(document, {name: document_in(version.document) for name, version in called.items()})
    return Whole(linked.scenario, list(linked.problems), called, linked)


def names_called(document: Document) -> set[str]:
    """Return the names under which a document calls others."""
    return {scene.call.scenario for scene in document.scenes if isinstance(scene, Route) and scene.call is not None}


def _newest(scenario: Scenario, names: set[str]) -> dict[str, ScenarioVersion]:
    """Return the newest version of each name (a slug or uuid) that the same organisation has published."""
    uuids = [UUID(name) for name in names if _is_uuid(name)]
    rows = Scenario.objects.filter(Q(slug__in=names) | Q(uuid__in=uuids), organisation_id=scenario.organisation_id)
    found: dict[str, ScenarioVersion] = {}
    for row in rows.exclude(pk=scenario.pk):
        version = row.versions.order_by("-number").first()
        for name in names & {row.slug, str(row.uuid)}:
            if version is not None:
                found[name] = version
    return found


def _is_uuid(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
