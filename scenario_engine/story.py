"""A story: a scenario indexed once for play, in one language. Cached by hosts under (digest, locale)."""

from collections.abc import Mapping
from fractions import Fraction

from scenario_engine.document import Choice, Decision, Route, Scenario, Scene
from scenario_engine.texts import Texts, iter_texts, text_in, translate


class Story:
    """A compiled scenario. Shared between attempts, so nothing in it may be changed.

    `maximum` is the best total of any play, frozen at publish; None until it is proven.
    """

    __slots__ = ("_untranslated", "choices", "locale", "maximum", "memo", "scenario", "scenes")

    def __init__(
        self, scenario: Scenario, locale: str, maximum: Fraction | None, untranslated: frozenset[str] = frozenset()
    ) -> None:
        self.scenario = scenario
        self._untranslated = untranslated
        self.locale = locale
        self.maximum = maximum
        self.scenes: Mapping[str, Scene] = {scene.id: scene for scene in scenario.scenes}
        self.choices: Mapping[str, tuple[Decision, Choice]] = {
            choice.id: (scene, choice)
            for scene in scenario.scenes
            if isinstance(scene, Decision)
            for choice in scene.choices
        }
        # What later rooms of the engine derive once and keep: a proof, a parsed text.
        self.memo: dict[str, object] = {}

    def language_of(self, text: str) -> str:
        """Return the language that an authored text is in: the author's where it has not been translated."""
        return self.scenario.language if text in self._untranslated else self.locale

    def moment_of(self, scene: Scene) -> str:
        """Return the id of the scored opportunity that a scene belongs to: its own, or the one it names."""
        return scene.moment or scene.id

    def has_screen(self, scene_id: str) -> bool:
        """Return whether a learner sees this scene (routes are passed through)."""
        scene = self.scenes.get(scene_id)
        return scene is not None and not isinstance(scene, Route)


def compile_story(
    scenario: Scenario, texts: Texts | None = None, maximum: Fraction | None = None, locale: str = ""
) -> Story:
    """Index `scenario` for play, with `texts` of another language laid over it where they exist."""
    if not texts:
        return Story(scenario, locale or scenario.language, maximum)
    left = frozenset(text for key, text in iter_texts(scenario) if not text_in(texts.get(key)))
    return Story(translate(scenario, texts), locale or scenario.language, maximum, left)
