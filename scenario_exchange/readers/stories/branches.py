"""An if and what follows it: the conditions of its arms, each looked into at the place of the if."""

from itertools import count

from scenario_exchange.readers.stories.expressions import Asked, Binary, Expression, Literal, Opaque, negated

MAX_BRANCHES = 30
_places = count()


class Branches:
    """The conditions of an if and what follows it: each arm holds when its own claim does and no earlier one."""

    def __init__(self) -> None:
        self.key = next(_places)
        self._none_before: Expression | None = None
        self._count = 0

    def arm(self, claim: Expression | None) -> Expression | None:
        """Return when the next arm shows; `claim` is None for the last resort (else)."""
        self._count += 1
        if self._count > MAX_BRANCHES:
            return Opaque("one of more than thirty alternatives")
        before = self._none_before
        if claim is None:
            return before
        asked = claim if isinstance(claim, Literal | Opaque) else Asked(claim, self.key)
        no = negated(asked)
        self._none_before = no if before is None else Binary("and", before, no)
        return asked if before is None else Binary("and", before, asked)
