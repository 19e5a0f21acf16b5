"""Detours of Yarn: a node that only says and changes something is put in place; any other does not come back."""

from collections.abc import Mapping

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.flow import Fork, Luck, Menu, Statement, Stop, is_plain
from scenario_exchange.readers.stories.pieces import Include, Jump


def settle_detours(statements: Mapping[str, list[Statement]], report: Report) -> None:
    """Leave detours to plain nodes as they are, and make the others jumps, which the report names."""
    plain = {name for name, each in statements.items() if is_plain(_played(each))}
    # A node is plain only if those that it detours to are.
    shown_by: dict[str, list[str]] = {}
    for name in plain:
        for target in _detours(statements[name]):
            shown_by.setdefault(target, []).append(name)
    lost = [target for target in shown_by if target not in plain]
    while lost:
        for name in shown_by.get(lost.pop(), ()):
            if name in plain:
                plain.discard(name)
                lost.append(name)
    for name in plain:
        statements[name][:] = _played(statements[name])
    for name, each in statements.items():
        _settle(each, name, plain, report)


def _played(statements: list[Statement]) -> list[Statement]:
    """Return what is played of a node that is stopped or returned from."""
    for index, statement in enumerate(statements):
        if isinstance(statement, Stop):
            return statements[:index]
    return statements


def _detours(statements: list[Statement]) -> set[str]:
    found = {each.target for each in statements if isinstance(each, Include)}
    for body in _bodies(statements):
        found |= _detours(body)
    return found


def _bodies(statements: list[Statement]) -> list[list[Statement]]:
    found = []
    for each in statements:
        if isinstance(each, Menu | Luck):
            found += [option.body for option in each.options]
        elif isinstance(each, Fork):
            found += [arm.body for arm in each.arms]
    return found


def _settle(statements: list[Statement], place: str, plain: set[str], report: Report) -> None:
    for index, each in enumerate(statements):
        if isinstance(each, Include) and each.target not in plain:
            what = f"The detour to “{shortened(each.target)}” does not come back."
            report.changed(place, what, "Draw the way back.")
            statements[index] = Jump(target=each.target)
    for body in _bodies(statements):
        _settle(body, place, plain, report)
