"""How rows look as JSON in the admin API."""

from typing import Any

from sandbox_lms import personalities
from sandbox_lms.launches import Login
from sandbox_lms.models import (
    Course,
    DeepLink,
    Enrolment,
    Grade,
    LineItem,
    Link,
    Lms,
    Person,
    Registration,
    ScorePost,
)


def lms(row: Lms) -> dict[str, Any]:
    return {
        "key": row.key, "name": row.name, "personality": row.personality, "issuer": row.issuer,
        "options": row.options, "faults": row.faults,
        "openid_configuration": f"{row.issuer}/.well-known/openid-configuration",
        "auth": f"{row.issuer}/auth", "token": f"{row.issuer}/token", "jwks": f"{row.issuer}/jwks",
    }  # fmt: skip


def person(row: Person) -> dict[str, Any]:
    return {
        "username": row.username, "name": row.name, "email": row.email, "is_admin": row.is_admin,
        "user_id": personalities.of(row.lms).person_id(row),
    }  # fmt: skip


def course(row: Course) -> dict[str, Any]:
    return {
        "id": row.pk, "title": row.title, "label": row.label,
        "context_id": personalities.of(row.lms).context_id(row),
        "copied_from": row.copied_from_id,
    }  # fmt: skip


def enrolment(row: Enrolment) -> dict[str, Any]:
    return {**person(row.person), "role": row.role, "suspended": row.suspended}


def registration(row: Registration) -> dict[str, Any]:
    return {
        "id": row.pk, "name": row.name, "state": row.state, "client_id": row.client_id,
        "deployment_id": row.deployment_id, "scopes": row.scopes, "claims": row.claims,
        "target_link_uri": row.target_link_uri, "initiate_login_uri": row.initiate_login_uri,
        "redirect_uris": row.redirect_uris, "jwks_uri": row.jwks_uri, "custom": row.custom,
    }  # fmt: skip


def login(row: Login) -> dict[str, Any]:
    return {"method": row.method, "url": row.url, "fields": row.fields, "hint": row.hint}


def deep_link(row: DeepLink) -> dict[str, Any]:
    return {"id": row.pk, "state": row.state, "items": row.items, "problems": row.problems, "said": row.said}


def link(row: Link) -> dict[str, Any]:
    return {
        "id": row.pk, "title": row.title, "url": row.url, "text": row.text, "custom": row.custom,
        "resource_link_id": row.resource_link_id, "history": row.history, "registration": row.registration_id,
        "hidden": row.hidden, "past_due": row.past_due,
        "line_items": [line_item(item) for item in row.columns.all()],
    }  # fmt: skip


def line_item(row: LineItem) -> dict[str, Any]:
    issuer = row.course.lms.issuer
    return {
        "id": row.pk, "url": issuer + personalities.of(row.course.lms).line_item_path(row),
        "label": row.label, "maximum": row.maximum, "resource_id": row.resource_id, "tag": row.tag,
        "resource_link_id": row.resource_link_id, "coupled": row.coupled, "locked": row.locked,
        "attempts_allowed": row.attempts_allowed,
    }  # fmt: skip


def grade(row: Grade) -> dict[str, Any]:
    return {
        "username": row.person.username, "line_item": row.line_item_id, "shown": row.shown,
        "maximum": row.line_item.maximum, "given": row.given, "given_maximum": row.given_maximum,
        "stamp": row.stamp.isoformat() if row.stamp else None, "comment": row.comment,
        "comments": row.comments, "attempts": row.attempts, "completed": row.completed,
        "activity_progress": row.activity_progress, "grading_progress": row.grading_progress,
        "overridden": row.overridden, "locked": row.locked,
    }  # fmt: skip


def score_post(row: ScorePost) -> dict[str, Any]:
    return {
        "id": row.pk, "at": row.at.isoformat(), "line_item": row.line_item_id, "user_id": row.user_id,
        "given": row.given, "maximum": row.maximum, "stamp": row.stamp,
        "grading_progress": row.grading_progress, "status": row.status, "reason": row.reason,
        "applied": row.applied, "fault": row.fault,
    }  # fmt: skip
