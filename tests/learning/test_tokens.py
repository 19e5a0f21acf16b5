"""Tokens: short-lived, renewed in use, good for one thing only."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import override_settings

from learning import tokens
from learning.errors import NotAllowed
from learning.tokens import CoachGrant, Grant
from tests.learning.conftest import NOW

GRANT = Grant(participation=uuid4(), is_preview=True, locale="pt-br", return_url="https://lms.example/course")


def test_a_token_gives_back_what_was_granted() -> None:
    read = tokens.read(Grant, tokens.issue(GRANT, NOW), NOW)
    assert (read.participation, read.is_preview, read.locale, read.return_url) == (
        GRANT.participation, True, "pt-br", "https://lms.example/course",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("token", "code"),
    [("", "token.missing"), ("abc", "token.invalid"), ("a:b", "token.invalid"), ("x" * 5000, "token.invalid")],
)
def test_what_is_no_token_grants_nothing(token: str, code: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        tokens.read(Grant, token, NOW)
    assert refusal.value.code == code


def test_a_learners_token_coaches_nothing_and_the_other_way_round() -> None:
    coach = CoachGrant(placement=uuid4(), coach=uuid4())
    with pytest.raises(NotAllowed):
        tokens.read(CoachGrant, tokens.issue(GRANT, NOW), NOW)
    with pytest.raises(NotAllowed):
        tokens.read(Grant, tokens.issue(coach, NOW), NOW)


def test_another_site_s_token_grants_nothing() -> None:
    token = tokens.issue(GRANT, NOW)
    with override_settings(SECRET_KEY="another"), pytest.raises(NotAllowed):
        tokens.read(Grant, token, NOW)


def test_a_token_runs_out_unless_it_is_renewed() -> None:
    token = tokens.issue(GRANT, NOW)
    assert tokens.read(Grant, token, NOW + timedelta(hours=8))
    with pytest.raises(NotAllowed) as refusal:
        tokens.read(Grant, token, NOW + timedelta(hours=8, seconds=1))
    assert refusal.value.code == "token.expired"


def test_renewing_goes_on_for_a_day_and_no_longer() -> None:
    at, token = NOW, tokens.issue(GRANT, NOW)
    assert tokens.renew(tokens.read(Grant, token, at), at + timedelta(minutes=29)) == ""
    for _ in range(3):
        at += timedelta(hours=7)
        token = tokens.renew(tokens.read(Grant, token, at), at)
        assert token
    at += timedelta(hours=2, minutes=59)
    grant = tokens.read(Grant, token, at)
    assert tokens.renew(grant, at) == ""
    with pytest.raises(NotAllowed):
        tokens.read(Grant, token, NOW + timedelta(hours=24, seconds=1))
