"""What learners write for themselves, kept apart from the record that a course team may look at.

One field per learner over all blocks of this type: words by block, attempt, scene and prompt. Open edX has no page on
which a coach could read them, so prompts that ask a coach are not shown here at all.
"""

from typing import Any

import msgspec
from xblock.exceptions import JsonHandlerError

from scenario_engine.hosting import PrivateWords
from scenario_engine.state import State
from scenario_engine.views import Served
from scenario_xblock.fields import BlockFields

# Over all blocks of one learner; every save rewrites the whole field.
MAX_BYTES = 400_000


class JournalMixin(BlockFields):
    """Reads and writes the learner's own words."""

    def private_words(self, number: int, state: State) -> dict[str, str]:
        """Return the learner's words at the prompts of the present scene."""
        found = self.journal.get(self._own_place(number), {}).get(state.scene, {})
        return {str(prompt): str(text) for prompt, text in found.items()}

    def keep_private(self, number: int, words: PrivateWords | None) -> None:
        """Store what was written at a prompt; an empty text takes it away."""
        if words is None:
            return
        place = self._own_place(number)
        journal: dict[str, Any] = {**self.journal}
        scenes = {**journal.get(place, {})}
        prompts = {name: text for name, text in scenes.get(words.scene, {}).items() if name != words.prompt}
        if words.text:
            prompts[words.prompt] = words.text
        scenes[words.scene] = prompts
        journal[place] = {name: kept for name, kept in scenes.items() if kept}
        journal = {name: kept for name, kept in journal.items() if kept}
        if len(msgspec.json.encode(journal)) > MAX_BYTES:
            raise JsonHandlerError(413, "Your notes have become too long to be saved. Delete some, then save again.")
        self.journal = journal

    def _own_place(self, number: int) -> str:
        return f"{self.scope_ids.usage_id}#{number}"


def without_coach(served: Served) -> None:
    """Leave out what only a coach could answer."""
    served.view.prompts = [prompt for prompt in served.view.prompts if prompt.type != "ask_coach"]
