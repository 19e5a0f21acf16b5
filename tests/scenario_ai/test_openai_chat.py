"""The provider against a real server that speaks chat completions, and breaks on demand (llmock)."""

from __future__ import annotations

import logging
from typing import Any

import msgspec
import pytest
from django.test import override_settings

from foundation.api import Organisation
from foundation.outbound import client_for_this_site
from scenario_ai import errors
from scenario_ai.api import AiSettings, AiUsage, ask_model, provider_for
from scenario_ai.asking import Ask
from scenario_ai.providers import openai_chat

KEY = "key-that-must-not-be-logged"


class Poem(msgspec.Struct):
    title: str
    lines: list[str]


POEM = '{"title": "Rain", "lines": ["It rains.", "It stops."]}'
ASK: Ask[Poem] = Ask("test.poem", "Write a poem.", Poem, {"topic": "rain"}, timeout_s=3)


@pytest.fixture
def organisation(db: None, llmock: Any) -> Any:
    """An organisation whose model is the server under test; loopback may be called."""
    openai_chat._no_schema.clear()
    client_for_this_site.cache_clear()
    organisation = Organisation.objects.create(name="House", slug="house")
    settings = AiSettings(organisation=organisation, provider="openai", base_url=llmock.base_url(), model="gpt-4o-mini")
    settings.set_key(KEY)
    settings.save()
    with override_settings(ALLOW_LOOPBACK=True):
        yield organisation
    client_for_this_site.cache_clear()


def outcomes() -> list[str]:
    return list(AiUsage.objects.order_by("pk").values_list("outcome", flat=True))


def test_an_answer_is_decoded_and_its_cost_recorded(organisation: Organisation, llmock: Any) -> None:
    llmock.reply(POEM)
    assert ask_model(organisation, ASK) == Poem("Rain", ["It rains.", "It stops."])
    usage = AiUsage.objects.get()
    assert (usage.purpose, usage.provider, usage.outcome) == ("test.poem", "openai", "ok")
    assert usage.completion_tokens > 0


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (lambda server: server.rate_limit(retry_after=7), errors.RateLimited),
        (lambda server: server.fail(401), errors.KeyRefused),
        (lambda server: server.fail(500), errors.Unreachable),
        (lambda server: server.fail(404, times=None), errors.BadRequest),
        (lambda server: server.reply("The weather is fine."), errors.Unusable),
        (lambda server: server.reply('{"title": "Rain"}'), errors.Unusable),
        (lambda server: server.reply('{"title": "Rain", "lines": [1]}'), errors.Unusable),
        (lambda server: server.reply(POEM).truncate(after_chunks=1), errors.CutOff),
        (lambda server: server.reply(POEM).disconnect(after_chunks=1), errors.ModelError),
        (lambda server: server.reply(POEM).corrupt(after_chunks=1), errors.ModelError),
        (lambda server: server.reply(POEM).stall(after_chunks=1, seconds=30), errors.TimedOut),
    ],
)
def test_every_fault_is_one_clear_error(organisation: Organisation, llmock: Any, fault: Any, expected: Any) -> None:
    fault(llmock)
    with pytest.raises(expected) as caught:
        ask_model(organisation, ASK)
    assert str(caught.value)
    assert outcomes() == [caught.value.code]
    if expected is errors.RateLimited:
        assert caught.value.retry_after_s == 7


def test_a_server_without_schemas_is_asked_in_words_and_remembered(organisation: Organisation, llmock: Any) -> None:
    llmock.fail(400).reply(POEM).reply(POEM)
    assert ask_model(organisation, ASK).title == "Rain"
    assert ask_model(organisation, ASK).title == "Rain"
    assert len(llmock.requests) == 3


def test_the_key_and_the_words_stay_out_of_the_log(
    organisation: Organisation, llmock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    llmock.fail(401)
    with caplog.at_level(logging.DEBUG), pytest.raises(errors.KeyRefused):
        ask_model(organisation, ASK)
    assert KEY not in caplog.text
    assert KEY not in AiSettings.objects.get().sealed_key


def test_an_address_inside_our_network_is_not_called(db: None) -> None:
    client_for_this_site.cache_clear()
    organisation = Organisation.objects.create(name="House", slug="inside")
    AiSettings.objects.create(
        organisation=organisation, provider="openai", base_url="https://169.254.169.254/v1", model="m"
    )
    with override_settings(ALLOW_LOOPBACK=False), pytest.raises(errors.Unreachable, match="not a public address"):
        ask_model(organisation, ASK)
    client_for_this_site.cache_clear()


def test_the_budget_stops_further_calls(organisation: Organisation, llmock: Any) -> None:
    AiSettings.objects.update(monthly_tokens=10)
    llmock.reply(POEM)
    ask_model(organisation, ASK)
    with pytest.raises(errors.OverBudget, match="10 tokens"):
        ask_model(organisation, ASK)


def test_without_a_model_nothing_is_asked(db: None) -> None:
    organisation = Organisation.objects.create(name="House", slug="none")
    assert provider_for(organisation) is None
    with pytest.raises(errors.NotConfigured):
        ask_model(organisation, ASK)
