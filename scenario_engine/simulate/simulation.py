"""What simulated plays come to, as plain data: the same story, players, count and seed always give the same."""

import msgspec

# Grades are counted in ten steps: 0–10 %, …, 90–100 %.
STEPS = 10


class PlayerResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one kind of player came to. Grades are 0..1; None where no play was graded.

    `grades` counts the graded plays in ten steps of equal width; `ungraded` ended without a grade, `unfinished` came
    to no ending within the bound of an attempt. Lengths are scenes with a screen.
    """

    player: str
    plays: int
    endings: dict[str, int]
    grades: list[int]
    ungraded: int
    unfinished: int
    mean_grade: float | None
    least_grade: float | None
    greatest_grade: float | None
    mean_length: float
    shortest: int
    longest: int


class Simulation(msgspec.Struct, frozen=True, kw_only=True):
    """All players' results. `plays` is how many were played together; `outcomes` names the outcome of each ending."""

    scenario: str
    title: str
    language: str
    seed: str
    plays: int
    outcomes: dict[str, str]
    titles: dict[str, str]
    players: list[PlayerResult]

    def of(self, player: str) -> PlayerResult | None:
        """Return the result of a player."""
        return next((each for each in self.players if each.player == player), None)


class Tally:
    """Counts the plays of one player."""

    def __init__(self, player: str) -> None:
        self.player = player
        self.endings: dict[str, int] = {}
        self.grades: list[float] = []
        self.lengths: list[int] = []

    def add(self, ending: str, grade: float | None, length: int) -> None:
        """Count one play; `ending` is "" where none was reached."""
        if ending:
            self.endings[ending] = self.endings.get(ending, 0) + 1
        if grade is not None:
            self.grades.append(grade)
        self.lengths.append(length)

    def result(self) -> PlayerResult:
        """Return the sums."""
        steps = [0] * STEPS
        for grade in self.grades:
            steps[min(STEPS - 1, int(grade * STEPS))] += 1
        plays, finished, graded = len(self.lengths), sum(self.endings.values()), len(self.grades)
        return PlayerResult(
            player=self.player,
            plays=plays,
            endings=self.endings,
            grades=steps,
            ungraded=finished - graded,
            unfinished=plays - finished,
            mean_grade=round(sum(self.grades) / graded, 4) if graded else None,
            least_grade=round(min(self.grades), 4) if graded else None,
            greatest_grade=round(max(self.grades), 4) if graded else None,
            mean_length=round(sum(self.lengths) / plays, 2) if plays else 0,
            shortest=min(self.lengths, default=0),
            longest=max(self.lengths, default=0),
        )
