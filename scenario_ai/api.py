"""The only door of scenario_ai: asking a model, and the pure rooms of drafting."""

from scenario_ai.asking import Ask
from scenario_ai.asking_service import ask_model, provider_for, tokens_this_month
from scenario_ai.drafting.problems import read_draft
from scenario_ai.drafting.questions import SOURCE_CHARACTERS, ask_module, ask_objectives, ask_outline
from scenario_ai.drafting.shapes import (
    SHAPE_OF,
    Brief,
    ModuleDraft,
    ModuleOutline,
    ObjectiveDraft,
    ObjectivesDraft,
    OutlineDraft,
)
from scenario_ai.drafting.templates import module_from, objectives_from, outline_from
from scenario_ai.errors import ModelError
from scenario_ai.models import AiSettings, AiUsage, ProviderName

__all__ = [
    "SHAPE_OF",
    "SOURCE_CHARACTERS",
    "AiSettings",
    "AiUsage",
    "Ask",
    "Brief",
    "ModelError",
    "ModuleDraft",
    "ModuleOutline",
    "ObjectiveDraft",
    "ObjectivesDraft",
    "OutlineDraft",
    "ProviderName",
    "ask_model",
    "ask_module",
    "ask_objectives",
    "ask_outline",
    "module_from",
    "objectives_from",
    "outline_from",
    "provider_for",
    "read_draft",
    "tokens_this_month",
]
