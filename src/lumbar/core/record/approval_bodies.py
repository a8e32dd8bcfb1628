"""Bodies about changes that wait for an expert's word: that they are to wait, and what was answered to them."""

from collections.abc import Mapping

from lumbar.core.record.fields import Body, choice, flag, maybe_text, table, text

PROPOSALS = ("rung", "load", "exercise")
"""The kinds of changes that can wait: the next form, a first weight, an exercise that is new in somebody's plan."""

_MOST_EXERCISES = 200


def approval_wanted(body: Body) -> Body:
    """by_whom: the reviewer who asked for it; None where the person chose it. known: the forms that the plan had come
    to by then, by exercise, which need nobody's word."""
    told = {} if body.get("known") is None else table(body, "known")
    names = sorted(told)[:_MOST_EXERCISES]
    return {
        "wanted": flag(body, "wanted"),
        "by_whom": maybe_text(body, "by_whom"),
        "profession": maybe_text(body, "profession"),
        "known": {name: text(told, name) for name in names},
    }


def answered_proposals(body: Body) -> Mapping[str, Body]:
    """A review's answers to what was proposed, by exercise. What is not in it was not answered, and waits on."""
    told = {} if body.get("proposals") is None else table(body, "proposals")
    return {exercise: _answered(table(told, exercise)) for exercise in told}


def _answered(body: Body) -> Body:
    return {
        "kind": choice(body, "kind", PROPOSALS),
        "rung": text(body, "rung"),
        "yes": flag(body, "yes"),
        "why": maybe_text(body, "why"),
    }
