"""A simulation as a small SVG: for each player the endings as one bar and the grades as a range with its mean.

Colours are CSS variables with fallbacks that read on light and dark; lines and letters take the colour of the text
around. Nothing in it needs a style element or attribute, so it can stand in a page with a strict policy.
"""

from collections.abc import Iterator
from html import escape

from scenario_engine.simulate.players import PLAYERS
from scenario_engine.simulate.simulation import PlayerResult, Simulation

OUTCOMES = ("good", "mixed", "poor", "read", "stopped", "")
_FILL = {
    "good": "var(--outcome-good, #2f8f62)",
    "mixed": "var(--outcome-mixed, #c08a1e)",
    "poor": "var(--outcome-poor, #c4564a)",
    "read": "var(--outcome-read, #5b7fb5)",
    "stopped": "var(--outcome-stopped, #8a8f98)",
    "": "var(--outcome-none, #8a8f98)",
}
_WORDS = {"good": "good", "mixed": "mixed", "poor": "poor", "read": "read", "stopped": "stopped", "": "no ending"}

WIDTH, ROW, TOP, LABELS, BAR, GAP = 720, 30, 64, 190, 250, 26
MARGIN = 54  # to the right of the grades, for the mean in figures
_TITLES = {player.name: player.title for player in PLAYERS}


def draw(simulation: Simulation) -> str:
    """Return the picture as SVG. All words are escaped."""
    height = TOP + ROW * len(simulation.players) + 34
    own = escape(f"simulation-{simulation.scenario}", quote=True)
    name = escape(f"Simulated plays of “{simulation.title}”", quote=True)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{own}-title {own}-desc" font-family="system-ui, sans-serif" font-size="13" '
        f'fill="currentColor">',
        f'<title id="{own}-title">{name}</title>',
        f'<desc id="{own}-desc">{escape(describe(simulation), quote=True)}</desc>',
        *_legend(simulation),
        *_axis(len(simulation.players)),
    ]
    for index, result in enumerate(simulation.players):
        lines += _row(result, simulation, TOP + ROW * index)
    return "\n".join([*lines, "</svg>", ""])


def describe(simulation: Simulation) -> str:
    """Return the picture in words, one sentence per player."""
    return " ".join(_sentence(result, simulation) for result in simulation.players)


def _sentence(result: PlayerResult, simulation: Simulation) -> str:
    outcomes = [f"{count} {_WORDS[outcome]}" for outcome, count in _by_outcome(result, simulation) if count]
    grade = "no grade" if result.mean_grade is None else f"mean grade {result.mean_grade:.0%}"
    return f"{_title(result.player)}: {', '.join(outcomes)}; {grade}; {result.mean_length:g} scenes on average."


def _title(player: str) -> str:
    title = _TITLES.get(player, player)
    return title[:1].upper() + title[1:]


def _by_outcome(result: PlayerResult, simulation: Simulation) -> list[tuple[str, int]]:
    counts = dict.fromkeys(OUTCOMES, 0)
    counts[""] = result.unfinished
    for ending, count in result.endings.items():
        counts[simulation.outcomes.get(ending, "")] += count
    return list(counts.items())


def _legend(simulation: Simulation) -> Iterator[str]:
    totals = dict.fromkeys(OUTCOMES, 0)
    for result in simulation.players:
        for outcome, count in _by_outcome(result, simulation):
            totals[outcome] += count
    x = float(LABELS)
    yield f'<text x="0" y="18" font-weight="600">{simulation.plays:,} plays</text>'
    for outcome in (each for each, count in totals.items() if count):
        word = _WORDS[outcome]
        yield f'<rect x="{x:g}" y="8" width="11" height="11" rx="2" fill="{_FILL[outcome]}"/>'
        yield f'<text x="{x + 16:g}" y="18">{word}</text>'
        x += 34 + 7 * len(word)


def _axis(rows: int) -> Iterator[str]:
    left, bottom = LABELS + BAR + GAP, TOP + ROW * rows
    width = WIDTH - left - MARGIN
    yield f'<text x="{LABELS}" y="46" opacity="0.75">endings</text><text x="{left}" y="46" opacity="0.75">grade</text>'
    for share in (0, 0.5, 1):
        x = left + share * width
        yield f'<line x1="{x:g}" y1="{TOP - 8}" x2="{x:g}" y2="{bottom}" stroke="currentColor" stroke-opacity="0.2"/>'
        yield f'<text x="{x:g}" y="{bottom + 18}" text-anchor="middle" opacity="0.75">{share:.0%}</text>'


def _row(result: PlayerResult, simulation: Simulation, y: int) -> Iterator[str]:
    yield f'<text x="0" y="{y + 15}">{escape(_title(result.player))}</text>'
    x = float(LABELS)
    for outcome, count in _by_outcome(result, simulation):
        width = BAR * count / max(1, result.plays)
        if width:
            yield f'<rect x="{x:.2f}" y="{y}" width="{width:.2f}" height="20" fill="{_FILL[outcome]}">'
            yield f"<title>{count} {_WORDS[outcome]}</title></rect>"
        x += width
    yield from _grade(result, y + 10)


def _grade(result: PlayerResult, y: int) -> Iterator[str]:
    left = LABELS + BAR + GAP
    width = WIDTH - left - MARGIN
    if result.mean_grade is None or result.least_grade is None or result.greatest_grade is None:
        yield f'<text x="{left}" y="{y + 4}" opacity="0.75">no grade</text>'
        return
    low, mean, high = (left + each * width for each in (result.least_grade, result.mean_grade, result.greatest_grade))
    yield f'<line x1="{low:.2f}" y1="{y}" x2="{high:.2f}" y2="{y}" stroke="currentColor" stroke-width="2"/>'
    yield f'<circle cx="{mean:.2f}" cy="{y}" r="5"><title>mean {result.mean_grade:.0%}</title></circle>'
    yield f'<text x="{WIDTH}" y="{y + 4}" text-anchor="end">{result.mean_grade:.0%}</text>'
