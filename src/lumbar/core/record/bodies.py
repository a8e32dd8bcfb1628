"""The types of facts and what their bodies hold."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lumbar.core.body import Side
from lumbar.core.errors import BadFact
from lumbar.core.record.approval_bodies import answered_proposals, approval_wanted
from lumbar.core.record.fields import (
    Body,
    answers,
    choice,
    day,
    details,
    flag,
    ids,
    items,
    maybe_choice,
    maybe_day,
    maybe_flag,
    maybe_number,
    maybe_seconds,
    maybe_text,
    maybe_whole,
    names,
    numbers,
    seconds,
    table,
    text,
    whole,
    wrong,
)
from lumbar.core.record.posture_bodies import POSTURE

VERSION = 1
"""The version of all bodies that this lumbar writes. A newer one is kept and left alone."""

LARGE: Mapping[str, frozenset[str]] = MappingProxyType({"session-started": frozenset({"script"})})
"""Fields by type that are large and that no rule reads. A record may be without them: then they are empty tables."""

OUTCOMES = ("done", "skipped", "stopped", "hurt")
MORNINGS = ("same-or-better", "a-bit-worse", "clearly-worse")
"""How the morning after is told, from the best to the worst."""

LENGTHS = ("whole", "short")
ENDINGS = ("finished", "stopped", "hurt")
"""How a session ends, first as it was meant to."""

DECISIONS = ("go-on", "with-changes", "stop", "contact")
"""What a reviewer decides; `contact` approves nothing and changes nothing, and asks to be spoken with."""
INSTRUMENTS: Mapping[str, str] = MappingProxyType(
    {"nprs": "nprs", "rmdq-24": "ticks", "psfs": "activities", "pgic": "impression"}
)
"""The outcome measures that can be answered, each with the field that its answer is in."""

BODY_MASS_KG = (20, 400)
"""The least and the most that a person may tell of their mass, in kilograms: beyond it is a slip of the finger."""

_ABOUT_A_PERSON = ("body_mass_kg", "birth_year", "helper", "equipment")
_RMDQ_ITEMS = 24
_PSFS_ACTIVITIES = 3
_WEEK_MINUTES = 10_080


def parse_body(fact_type: str, v: int, body: Body) -> Body:
    """A body as its type allows it. An unknown type, or a newer version of a known one, is kept as it is.

    Raises BadFact naming the field.
    """
    parser = _PARSERS.get(fact_type)
    if parser is None or v > VERSION:
        return body
    try:
        return parser(body)
    except KeyError as cause:
        raise BadFact("error.fact-field-missing", field=f"{fact_type}.{cause.args[0]}") from None
    except BadFact as error:
        params = dict(error.message.params)
        params["field"] = f"{fact_type}.{params.get('field', '')}"
        raise BadFact(error.message.id, **params) from None


def _programme_chosen(body: Body) -> Body:
    return {"programme": text(body, "programme")}


def _acknowledged(body: Body) -> Body:
    return {"text": text(body, "text"), "version": whole(body, "version", 1, 10_000)}


def _screen_answered(body: Body) -> Body:
    return {
        "kind": choice(body, "kind", ("full",)),
        "answers": answers(body),
        "details": details(body),
        "since": ids(body, "since"),
        "nprs": maybe_whole(body, "nprs", 0, 10),
        "pain_now": maybe_whole(body, "pain_now", 0, 10),
    }


def _daily_check(body: Body) -> Body:
    ticks = items(body, "ticks", 50)
    if not all(isinstance(tick, str) for tick in ticks):
        raise wrong("ticks", "ids")
    return {"ticks": ticks, "answers": answers(body), "details": details(body)}


def _clearance(body: Body) -> Body:
    return {
        "item": text(body, "item", 10),
        "seen_on": day(body, "seen_on").isoformat(),
        "by_whom": text(body, "by_whom"),
        "profession": text(body, "profession"),
        "may_exercise": flag(body, "may_exercise"),
    }


def _plan_shown(body: Body) -> Body:
    return {
        "programme": text(body, "programme"),
        "catalogue": text(body, "catalogue"),
        "rules": text(body, "rules"),
        "items": items(body, "items"),
    }


def _session_started(body: Body) -> Body:
    return {
        "session": text(body, "session"),
        "script": table(body, "script"),
        "length": maybe_choice(body, "length", LENGTHS) or "whole",
    }


def _session_ended(body: Body) -> Body:
    return {"session": text(body, "session"), "how": choice(body, "how", ENDINGS)}


def _set_done(body: Body) -> Body:
    side = body.get("side")
    return {
        "session": text(body, "session"),
        "step": whole(body, "step", 0, 10_000),
        "exercise": text(body, "exercise"),
        "rung": text(body, "rung"),
        "side": None if side is None else choice(body, "side", tuple(s.value for s in Side)),
        "set": whole(body, "set", 1, 100),
        "hold": whole(body, "hold", 1, 100),
        "target_s": seconds(body, "target_s"),
        "credited_s": seconds(body, "credited_s"),
        "outcome": choice(body, "outcome", OUTCOMES),
        "measured": flag(body, "measured"),
        "in_position_s": maybe_seconds(body, "in_position_s"),
        "unjudged_s": maybe_seconds(body, "unjudged_s"),
        "faults": items(body, "faults"),
        "coach": maybe_text(body, "coach"),
        "model": maybe_text(body, "model"),
        "test": maybe_flag(body, "test") or False,
        "again": maybe_flag(body, "again") or False,
        "load_kg": maybe_number(body, "load_kg", 0, 500),
    }


def _pain(body: Body) -> Body:
    return {
        "when": choice(body, "when", ("before", "after", "morning-after", "during")),
        "nprs": maybe_whole(body, "nprs", 0, 10),
        "words": maybe_choice(body, "words", MORNINGS),
        "session": maybe_text(body, "session"),
        "exercise": maybe_text(body, "exercise"),
        "exercises": names(body, "exercises"),
        "further_down_leg": flag(body, "further_down_leg"),
    }


def _effort(body: Body) -> Body:
    return {
        "session": text(body, "session"),
        "effort": whole(body, "effort", 0, 10),
        "exercises": names(body, "exercises"),
    }


def _shape(body: Body) -> Body:
    return {
        "session": text(body, "session"),
        "exercise": maybe_text(body, "exercise"),
        "kept": choice(body, "kept", ("yes", "mostly", "no")),
    }


def _hold_told(body: Body) -> Body:
    side = body.get("side")
    return {
        "session": text(body, "session"),
        "exercise": text(body, "exercise"),
        "side": None if side is None else choice(body, "side", tuple(s.value for s in Side)),
        "held_s": whole(body, "held_s", 0, 600),
    }


def _flare(body: Body) -> Body:
    return {"note": maybe_text(body, "note")}


def _walk(body: Body) -> Body:
    return {"minutes": whole(body, "minutes", 1, 1_440)}


def _usual_walk(body: Body) -> Body:
    return {"minutes": whole(body, "minutes", 1, 1_440)}


def _review(body: Body) -> Body:
    changes = {} if body.get("changes") is None else table(body, "changes")
    return {
        "by_whom": text(body, "by_whom"),
        "profession": text(body, "profession"),
        "reviewed_on": day(body, "reviewed_on").isoformat(),
        "examined": flag(body, "examined"),
        "decision": choice(body, "decision", DECISIONS),
        "load": maybe_flag(body, "load") or False,
        "contact": maybe_flag(body, "contact") or False,
        "until": maybe_day(body, "until"),
        "note": maybe_text(body, "note"),
        "packet": maybe_text(body, "packet"),
        "go_on": None if body.get("go_on") is None else names(body, "go_on"),
        "watched": [] if body.get("watched") is None else names(body, "watched"),
        "changes": {exercise: _row(table(changes, exercise)) for exercise in changes},
        "proposals": answered_proposals(body),
    }


def _row(body: Body) -> Body:
    """What a reviewer sets for one exercise. What is missing goes on as it was."""
    return {
        "stop": maybe_flag(body, "stop") or False,
        "rung": maybe_text(body, "rung"),
        "hold_s": maybe_whole(body, "hold_s", 5, 600),
        "sets": maybe_whole(body, "sets", 1, 10),
        "load_kg": maybe_number(body, "load_kg", 0, 500),
        "days_per_week": maybe_whole(body, "days_per_week", 1, 7),
        "note": maybe_text(body, "note"),
    }


def _packet_made(body: Body) -> Body:
    """A review packet that was handed out. key: of the seal that an answer to it carries; shown: its doses."""
    return {
        "packet": text(body, "packet"),
        "digest": text(body, "digest"),
        "key": text(body, "key"),
        "answer_by": day(body, "answer_by").isoformat(),
        "catalogue": text(body, "catalogue"),
        "rules": text(body, "rules"),
        "shown": items(body, "shown", 100),
    }


def _person(body: Body) -> Body:
    """What is null was not told this time; what was told before and holds no longer is named in `withdrawn`."""
    withdrawn = names(body, "withdrawn", len(_ABOUT_A_PERSON))
    if not set(withdrawn) <= set(_ABOUT_A_PERSON):
        raise wrong("withdrawn", "some-of", options=", ".join(_ABOUT_A_PERSON))
    return {
        "body_mass_kg": maybe_number(body, "body_mass_kg", *BODY_MASS_KG),
        "birth_year": maybe_whole(body, "birth_year", 1900, 2100),
        "name": maybe_text(body, "name"),
        "goal": maybe_text(body, "goal"),
        "helper": maybe_flag(body, "helper"),
        "equipment": None if body.get("equipment") is None else names(body, "equipment"),
        "withdrawn": withdrawn,
    }


def _outcome_answered(body: Body) -> Body:
    """An instrument's answer is in the field of its own; the others may be missing."""
    instrument = choice(body, "instrument", INSTRUMENTS)
    if body.get(INSTRUMENTS[instrument]) is None:
        raise KeyError(INSTRUMENTS[instrument])
    return {
        "instrument": instrument,
        "nprs": maybe_whole(body, "nprs", 0, 10),
        "walked_minutes": maybe_whole(body, "walked_minutes", 0, _WEEK_MINUTES),
        "ticks": None if body.get("ticks") is None else numbers(body, "ticks", 1, _RMDQ_ITEMS),
        "activities": None if body.get("activities") is None else _rated(body),
        "impression": maybe_whole(body, "impression", 1, 7),
    }


def _rated(body: Body) -> list[Body]:
    """Activities with their ratings, 0 to 10. Two of one name would be one."""
    rows = items(body, "activities", _PSFS_ACTIVITIES)
    if not rows or not all(isinstance(row, Mapping) and {"name", "rating"} <= row.keys() for row in rows):
        raise wrong("activities", "activities", most=_PSFS_ACTIVITIES)
    rated: list[Body] = [
        {"name": text(row, "name", 120).strip(), "rating": whole(row, "rating", 0, 10)} for row in rows
    ]
    found = {row["name"] for row in rated}
    if len(found) != len(rows) or "" in found:
        raise wrong("activities", "other-names")
    return rated


def _outcome_put_off(body: Body) -> Body:
    return {"instrument": choice(body, "instrument", INSTRUMENTS)}


def _retracted(body: Body) -> Body:
    return {"fact": text(body, "fact")}


def _amended(body: Body) -> Body:
    return {"fact": text(body, "fact"), "body": table(body, "body")}


_PARSERS: Mapping[str, Callable[[Body], Body]] = MappingProxyType(
    {
        "programme-chosen": _programme_chosen,
        "acknowledged": _acknowledged,
        "screen-answered": _screen_answered,
        "daily-check-answered": _daily_check,
        "clearance-recorded": _clearance,
        "plan-shown": _plan_shown,
        "session-started": _session_started,
        "session-ended": _session_ended,
        "set-done": _set_done,
        "pain-reported": _pain,
        "effort-reported": _effort,
        "shape-reported": _shape,
        "hold-told": _hold_told,
        "flare-reported": _flare,
        "walk-done": _walk,
        "usual-walk-told": _usual_walk,
        "review-recorded": _review,
        "packet-made": _packet_made,
        "approval-wanted": approval_wanted,
        "person-described": _person,
        "outcome-answered": _outcome_answered,
        "outcome-put-off": _outcome_put_off,
        **POSTURE,
        "retracted": _retracted,
        "amended": _amended,
    }
)

TYPES = tuple(_PARSERS)
"""The types of facts that this version knows."""
