"""Worked examples of question credit (docs/scoring.md, rule 4)."""

from fractions import Fraction
from itertools import permutations

import pytest

from scenario_engine.credits import (
    after_hints,
    answer_credit,
    best_credit,
    can_be_given,
    matching_answer,
    matching_credit,
    option_credit,
    order_credit,
    worst_credit,
)
from scenario_engine.document import Option, Question
from scenario_engine.document.scenes import Answer, Hint, NoMatch, OrderedItem, Pair


def multiple(right: int, wrong: int, partial: bool = True) -> Question:
    options = [Option(id=f"r{i}", text="right", right=True) for i in range(right)]
    options += [Option(id=f"w{i}", text="wrong", right=False) for i in range(wrong)]
    return Question(id="q", type="multiple", options=options, partial=partial)


@pytest.mark.parametrize(
    ("picked", "credit"),
    [
        (["r0", "r1", "w0"], Fraction(1, 6)),
        (["r0", "r1", "r2", "w0", "w1"], 0),
        (["r0", "r1", "r2"], 1),
        (["w0"], 0),
        ([], 0),
    ],
)
def test_multiple_is_right_chosen_less_wrong_chosen(picked, credit):
    assert option_credit(multiple(3, 2), picked) == credit


def test_multiple_without_wrong_options_counts_what_was_found():
    assert option_credit(multiple(3, 0), ["r0", "r1"]) == Fraction(2, 3)


def test_without_partial_credit_an_answer_is_right_or_not():
    assert option_credit(multiple(3, 2, partial=False), ["r0", "r1"]) == 0
    assert option_credit(multiple(3, 2, partial=False), ["r0", "r1", "r2"]) == 1


def test_single_has_the_credit_of_its_option():
    question = Question(
        id="q", type="single", options=[Option(id="a", text="a", credit=0.1), Option(id="b", text="b", right=True)]
    )

    assert option_credit(question, ["a"]) == Fraction(1, 10)
    assert option_credit(question, ["b"]) == 1
    assert (best_credit(question), worst_credit(question)) == (Fraction(1), Fraction(1, 10))


def ordering(count: int) -> Question:
    return Question(id="q", type="ordering", items=[OrderedItem(id=f"i{n}", text=str(n)) for n in range(count)])


def test_ordering_loses_two_shares_of_a_wrong_pair():
    question = ordering(5)

    assert order_credit(question, ["i0", "i1", "i2", "i3", "i4"]) == 1
    assert order_credit(question, ["i1", "i0", "i2", "i3", "i4"]) == Fraction(4, 5)
    assert order_credit(question, ["i4", "i3", "i2", "i1", "i0"]) == 0
    assert order_credit(question, ["i0", "i1"]) == 0
    assert order_credit(ordering(1), ["i0"]) == 1


def test_a_random_order_of_five_earns_a_sixth_on_average():
    question = ordering(5)
    credits = [order_credit(question, order) for order in permutations([f"i{n}" for n in range(5)])]

    assert round(float(sum(credits) / len(credits)), 2) == 0.16


def test_matching_counts_right_pairs():
    question = Question(id="q", type="matching", pairs=[Pair(id=f"p{n}", left="l", right="r") for n in range(3)])

    assert matching_credit(question, {"p0": "p0", "p1": "p2", "p2": "p1"}) == Fraction(1, 3)
    assert matching_credit(question, {"p0": "p0", "p1": "p1", "p2": "p2"}) == 1
    assert best_credit(question) == 1


def test_a_number_has_the_credit_of_the_first_answer_it_fits():
    answers = [Answer(id="n1", value=8, tolerance=0.5), Answer(id="n2", value=10, tolerance=2, credit=0.5)]
    question = Question(id="q", type="numeric", answers=answers, no_match=NoMatch(credit=0.1))

    assert [answer_credit(question, [given]) for given in ("8.5", "8.6", "12", "13")] == [
        1,
        Fraction(1, 2),
        Fraction(1, 2),
        Fraction(1, 10),
    ]
    assert [matching_answer(question, given) is not None for given in ("8", "13")] == [True, False]
    assert worst_credit(question) == Fraction(1, 10)


def test_a_short_text_is_compared_without_case_and_spacing():
    answers = [Answer(id="n1", any=["a Stereotype", "stereotyping"]), Answer(id="n2", any=["bias"], credit=0.5)]
    question = Question(id="q", type="short_text", answers=answers)

    assert [answer_credit(question, [given]) for given in ("  A  stereotype ", "BIAS", "luck")] == [
        1,
        Fraction(1, 2),
        0,
    ]
    assert matching_answer(question, "bias") is not None


def test_hints_cost_a_share_of_the_credit_and_never_more_than_all():
    question = multiple(1, 1)
    question.hints = [Hint(text="one", cost=0.25), Hint(text="two", cost=0.9)]

    assert [after_hints(question, Fraction(4, 5), taken) for taken in (0, 1, 2)] == [Fraction(4, 5), Fraction(3, 5), 0]


def test_an_answer_that_nobody_foresaw_may_be_worth_more_or_less_than_those_foreseen():
    answers = [Answer(id="n1", any=["rude"], credit=0), Answer(id="n2", any=["bias"], credit=0.5)]
    question = Question(id="q", type="short_text", answers=answers, no_match=NoMatch(credit=0.75))

    assert (best_credit(question), worst_credit(question)) == (Fraction(3, 4), 0)


def test_an_answer_that_others_above_it_take_whole_counts_for_nothing():
    wide = Answer(id="n1", value=8, tolerance=1, credit=0.5)
    question = Question(id="q", type="numeric", answers=[wide, Answer(id="n2", value=8)])
    pieces = [Answer(id=f"n{n}", value=value, tolerance=1, credit=0.5) for n, value in enumerate((7, 9))]
    covered = Question(id="q", type="numeric", answers=[*pieces, Answer(id="n9", value=8, tolerance=3)])
    text = Question(
        id="q", type="short_text", answers=[Answer(id="a", any=["Yes"], credit=0.5), Answer(id="b", any=["yes"])]
    )

    assert best_credit(question) == best_credit(text) == Fraction(1, 2)
    assert [can_be_given(question, answer) for answer in question.answers] == [True, False]
    assert best_credit(covered) == 1  # 8 is taken, 10.5 is not
    covered.answers[-1].tolerance = 2
    assert best_credit(covered) == Fraction(1, 2)
