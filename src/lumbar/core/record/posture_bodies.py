"""What the facts of desk posture hold. No landmark and no picture is among them, and none can be made of them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lumbar.core.record.fields import (
    Body,
    choice,
    items,
    maybe_number,
    maybe_seconds,
    maybe_text,
    number,
    seconds,
    text,
    whole,
    wrong,
)

NUDGES = ("still", "drift")
NUDGE_ANSWERS = ("break", "moved", "dismissed", "ignored")
REMINDERS = ("stretches", "stretches-evening", "strength")
VIEWS = ("front", "side")
_FAR = 1_000.0
"""No degree and no share of a picture is so large; a wider number is one gone wrong."""

_SPANS = 20

LONGEST_NAME = 40
"""Letters in the name of a profile."""

LONGEST_QUIET_MIN = 1_440
"""A day's minutes, when no clock changes in it."""


def _profile(body: Body) -> Body:
    """A profile's baseline: averages of measures when tall and as usual, and the limits between tall and slump."""
    return {
        "profile": text(body, "profile", LONGEST_NAME),
        "pose_model": text(body, "pose_model"),
        "view": choice(body, "view", VIEWS),
        "turn_deg": number(body, "turn_deg", 0.0, 360.0),
        "place": _place(body),
        "shoulders": number(body, "shoulders", 1e-4, _FAR),
        "neck": number(body, "neck", 1e-4, _FAR),
        "face": number(body, "face", 1e-4, _FAR),
        "spans": [_span(row) for row in items(body, "spans", _SPANS)],
    }


def _place(body: Body) -> list[float]:
    """Where the middle of the shoulders was, in heights of the picture."""
    place = body["place"]
    if not isinstance(place, list | tuple) or len(place) != 2 or not all(_is_near(one) for one in place):
        raise wrong("place", "place")
    return [float(one) for one in place]


def _is_near(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _FAR


def _span(row: object) -> Body:
    if not isinstance(row, Mapping) or not {"measure", "tall", "limit"} <= row.keys() or row["tall"] == row["limit"]:
        raise wrong("spans", "spans")
    return {
        "measure": text(row, "measure", 60),
        "tall": number(row, "tall", -_FAR, _FAR),
        "limit": number(row, "limit", -_FAR, _FAR),
        "usual": maybe_number(row, "usual", -_FAR, _FAR),
    }


def _profile_forgotten(body: Body) -> Body:
    return {"profile": text(body, "profile", LONGEST_NAME)}


def _settings(body: Body) -> Body:
    return {
        "interval_min": whole(body, "interval_min", 1, 240),
        "quiet_from_h": whole(body, "quiet_from_h", 0, 23),
        "quiet_to_h": whole(body, "quiet_to_h", 0, 23),
    }


def _watched(body: Body) -> Body:
    """What a watch saw by itself in the time up to the fact's moment. over_s: for how long it looked. changed_ago_s:
    how long before that moment each change of position was. A break, and a move that was told, are facts of their own
    and not among the changes."""
    return {
        "profile": text(body, "profile", LONGEST_NAME),
        "over_s": maybe_seconds(body, "over_s"),
        "tall_s": seconds(body, "tall_s"),
        "usual_s": seconds(body, "usual_s"),
        "slumped_s": seconds(body, "slumped_s"),
        "unjudged_s": maybe_seconds(body, "unjudged_s") or 0.0,
        "longest_still_s": seconds(body, "longest_still_s"),
        "position_changes": whole(body, "position_changes", 0, 100_000),
        "changed_ago_s": _changed_ago(body),
    }


def _changed_ago(body: Body) -> list[float] | None:
    """A moment for each change; None from an older lumbar, which kept none."""
    if body.get("changed_ago_s") is None:
        return None
    found = [seconds({"changed_ago_s": ago_s}, "changed_ago_s") for ago_s in items(body, "changed_ago_s")]
    if len(found) != body["position_changes"]:
        raise wrong("changed_ago_s", "list", longest=body["position_changes"])
    return found


def _nudge(body: Body) -> Body:
    return {"kind": choice(body, "kind", NUDGES), "profile": text(body, "profile", LONGEST_NAME)}


def _nudge_answer(body: Body) -> Body:
    return {"nudge": text(body, "nudge"), "answer": choice(body, "answer", NUDGE_ANSWERS)}


def _snooze(body: Body) -> Body:
    """Quiet for so many minutes; with none of them it may speak again."""
    return {"minutes": whole(body, "minutes", 0, LONGEST_QUIET_MIN)}


def _move(body: Body) -> Body:
    """Somebody said that they changed their position, to the watch of this profile."""
    return {"profile": text(body, "profile", LONGEST_NAME)}


def _break(body: Body) -> Body:
    return {"seconds": seconds(body, "seconds"), "stretch": maybe_text(body, "stretch")}


def _reminder(body: Body) -> Body:
    return {"about": choice(body, "about", REMINDERS)}


POSTURE: Mapping[str, Callable[[Body], Body]] = MappingProxyType(
    {
        "posture-profile-kept": _profile,
        "posture-profile-forgotten": _profile_forgotten,
        "posture-settings-chosen": _settings,
        "posture-watched": _watched,
        "nudge-given": _nudge,
        "nudge-answered": _nudge_answer,
        "nudges-snoozed": _snooze,
        "break-taken": _break,
        "move-told": _move,
        "reminder-given": _reminder,
    }
)
"""Their parsers, by type."""
