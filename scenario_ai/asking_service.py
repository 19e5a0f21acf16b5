"""`ask_model`: one question under an organisation's settings and budget, its usage recorded, its answer decoded."""

from __future__ import annotations

import json
import time
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import msgspec
from django.db.models import Sum
from django.utils import timezone

from scenario_ai import errors
from scenario_ai.asking import Answered, Ask, Provider
from scenario_ai.models import AiSettings, AiUsage, ProviderName
from scenario_ai.providers.scripted import Scripted

if TYPE_CHECKING:
    from foundation.api import Organisation

Shape = TypeVar("Shape", bound=msgspec.Struct)


def provider_for(organisation: Organisation) -> Provider | None:
    """Return whom this organisation asks, or None when it works without a model."""
    settings = AiSettings.objects.filter(organisation=organisation).first()
    if settings is None or settings.provider == ProviderName.NONE:
        return None
    if settings.provider == ProviderName.SCRIPTED:
        return Scripted()
    if not settings.base_url or not settings.model:
        raise errors.NotConfigured("The AI settings need an address and a model.")
    from scenario_ai.providers.openai_chat import OpenAiChat  # a second of start-up that most sites need not spend

    return OpenAiChat(settings.base_url, settings.key(), settings.model)


def ask_model(organisation: Organisation, ask: Ask[Shape]) -> Shape:
    """Return the decoded answer. Raises ModelError; what the call cost is recorded either way."""
    provider = provider_for(organisation)
    if provider is None:
        raise errors.NotConfigured("No model is configured. Start from a template, or set one up in the AI settings.")
    _check_budget(organisation)
    usage = AiUsage(organisation=organisation, purpose=ask.purpose, provider=provider.name)
    begun = time.monotonic()
    try:
        answered = provider.complete(ask)
        _note(usage, answered)
        return _decoded(answered.text, ask.shape)
    except errors.ModelError as error:
        usage.outcome = error.code
        raise
    finally:
        usage.seconds = round(time.monotonic() - begun, 3)
        usage.save()


def tokens_this_month(organisation: Organisation, now: datetime) -> int:
    """Return the tokens used since the first of the month, both ways together."""
    since = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    used = AiUsage.objects.filter(organisation=organisation, at__gte=since).aggregate(
        prompt=Sum("prompt_tokens"), completion=Sum("completion_tokens")
    )
    return (used["prompt"] or 0) + (used["completion"] or 0)


def _check_budget(organisation: Organisation) -> None:
    budget = AiSettings.objects.values_list("monthly_tokens", flat=True).get(organisation=organisation)
    if tokens_this_month(organisation, timezone.now()) >= budget:
        raise errors.OverBudget(f"This month's budget of {budget:,} tokens is used up. It begins anew next month.")


def _note(usage: AiUsage, answered: Answered) -> None:
    usage.model = answered.model[:200]
    usage.prompt_tokens, usage.completion_tokens = answered.prompt_tokens, answered.completion_tokens


def _decoded(text: str, shape: type[Shape]) -> Shape:
    """Return the answer as its shape; a fence of backticks around the JSON is forgiven, anything else is not."""
    body = text.strip()
    if body.startswith("```"):
        body = body.split("\n", 1)[-1].rsplit("```", 1)[0]
    try:
        return msgspec.json.decode(body.encode("utf-8", "surrogatepass"), type=shape)
    except (msgspec.DecodeError, json.JSONDecodeError, UnicodeError) as error:
        raise errors.Unusable(f"The answer does not fit: {error}.") from error
