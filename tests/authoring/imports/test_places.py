"""Cards of an imported story keep their order on the map and never lie on each other."""

from __future__ import annotations

from authoring.imports.places import spread


def test_cards_drawn_closely_are_moved_apart_alike() -> None:
    drawn = {"a": {"x": 100.0, "y": 100.0}, "b": {"x": 200.0, "y": 100.0}, "c": {"x": 100.0, "y": 200.0}}
    assert spread(drawn) == {"a": {"x": 280, "y": 280}, "b": {"x": 560, "y": 280}, "c": {"x": 280, "y": 560}}


def test_cards_far_enough_apart_stay() -> None:
    drawn = {"a": {"x": 0.0, "y": 0.0}, "b": {"x": 300.0, "y": -250.0}}
    assert spread(drawn) == drawn


def test_cards_on_one_heap_are_left_to_the_editor() -> None:
    assert spread({"a": {"x": 5.0, "y": 5.0}, "b": {"x": 5.0, "y": 5.0}}) is None
    assert spread(None) is None


def test_many_cards_take_no_time_worth_telling() -> None:
    drawn = {str(number): {"x": 300.0 * (number % 100), "y": 220.0 * (number // 100)} for number in range(10_000)}
    assert spread(drawn) == drawn
