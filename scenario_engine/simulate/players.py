"""Players: how each picks one of several texts, and how well it writes and answers. None looks ahead."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random
from typing import Literal, NamedTuple

# What passes for politeness when only the words are looked at, by language. A player, not a judgement of anybody.
POLITE = {
    "en": "please|thank|thanks|sorry|apolog|appreciate|kind|understand|glad|happy to|may i|could you|would you|welcome",
    "de": "bitte|dank|entschuldig|tut mir leid|leid|gern|verstehe|freundlich|könnten sie|würden sie|darf ich",
    "fr": "s'il vous plaît|merci|désolé|excus|pardon|comprends|volontiers|pourriez|voudriez|puis-je|aimable",
    "es": "por favor|gracias|siento|perdón|disculp|entiendo|encantad|podría|querría|puedo|amable",
    "it": "per favore|grazie|spiace|scus|perdon|capisco|volentieri|potrebbe|vorrebbe|posso|gentil",
    "nl": "alstublieft|dank|sorry|excus|spijt|begrijp|graag|zou u|kunt u|mag ik|vriendelijk",
    "pt": "por favor|obrigad|desculp|lamento|perdão|entendo|compreendo|poderia|gostaria|posso|gentil",
}


class Offer(NamedTuple):
    """One thing that can be picked: its text, and what picking it is worth by itself."""

    name: str
    text: str
    worth: float


Pick = Callable[[Sequence[Offer], Random, str], Offer]
Skill = Literal["random", "best", "worst", "none"]


class Player(NamedTuple):
    """A kind of player. `skill` says how well it answers questions and writes; "none": nobody assesses its words."""

    name: str
    title: str
    pick: Pick
    skill: Skill = "random"


def _random(offers: Sequence[Offer], chance: Random, language: str) -> Offer:
    return offers[int(chance.random() * len(offers))]


def _first(offers: Sequence[Offer], chance: Random, language: str) -> Offer:
    return offers[0]


def _last(offers: Sequence[Offer], chance: Random, language: str) -> Offer:
    return offers[-1]


def _middle(offers: Sequence[Offer], chance: Random, language: str) -> Offer:
    return offers[len(offers) // 2]


def _longest(offers: Sequence[Offer], chance: Random, language: str) -> Offer:
    return max(offers, key=lambda offer: len(offer.text))


def _shortest(offers: Sequence[Offer], chance: Random, language: str) -> Offer:
    return min(offers, key=lambda offer: len(offer.text))


def _best(offers: Sequence[Offer], chance: Random, language: str) -> Offer:
    return max(offers, key=lambda offer: offer.worth)


def _worst(offers: Sequence[Offer], chance: Random, language: str) -> Offer:
    return min(offers, key=lambda offer: offer.worth)


def _politest(offers: Sequence[Offer], chance: Random, language: str) -> Offer:
    return max(offers, key=lambda offer: politeness(offer.text, language))


@lru_cache(maxsize=10_000)
def politeness(text: str, language: str) -> int:
    """Return how many polite words a text has; 0 in a language without a list."""
    return len(_pattern(language.partition("-")[0].lower()).findall(text.casefold()))


@lru_cache(maxsize=64)
def _pattern(language: str) -> re.Pattern[str]:
    words = POLITE.get(language)
    return re.compile(rf"(?<!\w)(?:{words})" if words else r"(?!)")


PLAYERS: tuple[Player, ...] = (
    Player("random", "picks at random", _random),
    Player("first", "always the first choice", _first, "none"),
    Player("middle", "always the middle choice", _middle, "none"),
    Player("last", "always the last choice", _last, "none"),
    Player("longest", "always the longest choice", _longest, "none"),
    Player("shortest", "always the shortest choice", _shortest, "none"),
    Player("politest", "always the politest choice", _politest, "none"),
    Player("best", "what is worth the most now", _best, "best"),
    Player("worst", "what is worth the least now", _worst, "worst"),
)
