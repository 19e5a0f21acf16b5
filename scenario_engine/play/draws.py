"""Draws: n of m scenes without repetition, in seeded order; of draws inside draws the innermost goes first."""

from scenario_engine.document.scenes import Draw, Route
from scenario_engine.play.chance import shuffled
from scenario_engine.state import Drawn, State


def begin_draw(state: State, route: Route, draw: Draw) -> None:
    """Fix what is drawn. A route that draws again while its draw is under way begins anew."""
    running = [drawn.route for drawn in state.draws]
    if route.id in running:
        del state.draws[running.index(route.id) :]
    order = shuffled(draw.from_, str, state.seed, route.id, state.visits[route.id])
    state.draws.append(Drawn(route=route.id, left=order[: draw.count], then=draw.then))


def next_drawn(state: State) -> str:
    """Return the next scene of the innermost draw, or where it leads when all has been played; "" without a draw."""
    if not state.draws:
        return ""
    drawn = state.draws[-1]
    if drawn.left:
        target, *rest = drawn.left
        state.draws[-1] = Drawn(route=drawn.route, left=rest, then=drawn.then)
        return target
    state.draws.pop()
    return drawn.then
