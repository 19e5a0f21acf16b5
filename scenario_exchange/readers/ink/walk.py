"""What is known while compiled ink is walked over: its passages, what is still to be read, and what it lacks."""

from scenario_exchange.detect import Peek
from scenario_exchange.imported import ImportRefused, Report
from scenario_exchange.readers.ink.containers import Container, Pointer
from scenario_exchange.readers.ink.landmarks import landmarks
from scenario_exchange.readers.ink.vocabulary import LACKING
from scenario_exchange.readers.stories.pieces import Passage

MAX_STEPS = 300_000


class Walk:
    """Turns containers into passages; `lacking` names every command that scenarios have no answer to."""

    def __init__(self, root: Container, peek: Peek, report: Report) -> None:
        self.root = root
        self.peek = peek
        self.report = report
        self.passages: dict[str, Passage] = {}
        self.lacking: dict[str, None] = {}
        self.waiting: list[Pointer] = []
        self.steps = 0
        self.landmarks = landmarks(root)

    def passage_at(self, pointer: Pointer) -> str:
        """Return the name of the passage that begins at `pointer`, to be walked later."""
        if pointer.name not in self.passages:
            if len(self.passages) >= self.peek.limits.scenes:
                raise ImportRefused("import.too-large", "The story has too many passages.", "Split it.")
            self.passages[pointer.name] = Passage(name=pointer.name)
            self.waiting.append(pointer)
        return pointer.name

    def lacks(self, command: str) -> None:
        """Remember that a scenario has nothing like a command."""
        self.lacking[LACKING.get(command, command[:40])] = None

    def step(self) -> None:
        """Count a step; a story that never ends is refused."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise ImportRefused("import.too-large", "The story takes too many steps to read.", "Split it.")
