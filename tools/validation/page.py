"""The tables as a page. It is made of `validation.json` and `desk.json` alone, so that anybody can tell."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lumbar.catalog.words import load_words
from lumbar.core.message import say
from validation import desk_page
from validation.words import GOALS, INTRODUCTION, LIMITS, METHOD

PAGE = Path(__file__).parents[2] / "docs/validation.md"
_MARK = "<!-- Written by `make validate` from src/lumbar/catalog/validation.json. Change the tool, not this page. -->"

Plain = Mapping[str, Any]


def page(table: Plain, desk: Plain | None = None) -> str:
    """The whole page, in Markdown. desk: the figures of desk posture, where they were measured."""
    parts = [
        _MARK,
        "# How far can the coach be trusted?",
        INTRODUCTION.format(**table["evidence"]),
        "## What was promised, and what was measured",
        _goals(table["goals"]),
        METHOD,
        LIMITS + "\n" + "\n".join(_never_shown(table)),
        "## Exercise by exercise",
        *(part for asked in table["exercises"] for part in _exercise(asked)),
        "## Labelled planks",
        *_planks(table["planks"]),
        "## What is taken for what",
        *_crossing(table),
        *(() if desk is None else desk_page.section(desk)),
        "## Measured with",
        _measured_with(table),
    ]
    return "\n\n".join(parts) + "\n"


def _never_shown(table: Plain) -> list[str]:
    """Checks whose fault nobody commits in any picture of the right view: what the shares above are silent about."""
    found = []
    for asked in table["exercises"]:
        by_check = asked["by_check"]
        shown = {
            check
            for looked_at in by_check.values()
            for check, counts in looked_at.items()
            if counts["told_when_there"]["n"]
        }
        missing = [f"`{check}`" for check in asked["checks"] if check not in shown]
        if missing and asked["as_shown"] and asked["people"]:
            found.append(f"{asked['exercise']}: {', '.join(missing)}")
    if not found:
        return []
    return [
        "- Nobody commits these faults in any picture of the right view: nothing tells how often they are caught,",
        "  only how seldom they are told of in good form:",
        *(f"  - {line}" for line in found),
    ]


def goal_line(goal: Plain) -> str:
    """A goal in one line, for the terminal."""
    return (
        f"{_kept(goal).strip('*'):>14}  {goal['id']}: {_value(goal['figure'], goal['unit'])}, n {goal['figure']['n']}"
    )


def _goals(goals: Iterable[Plain]) -> str:
    rows = [
        [
            GOALS[goal["id"]],
            ("at least " if goal["at_least"] else "at most ") + _number(goal["limit"], goal["unit"]),
            _value(goal["figure"], goal["unit"]),
            _count(goal["figure"]),
            _kept(goal),
        ]
        for goal in goals
    ]
    return _grid(["what", "promised", "measured, with its 95 % interval", "n", "kept?"], rows)


def _kept(goal: Plain) -> str:
    if goal["met"] is None:
        return "not measured"
    if not goal["met"]:
        return "**no**"
    return "yes" if goal["sure"] else "yes, not sure"


def _exercise(asked: Plain) -> Iterable[str]:
    name = load_words("en").written(say(f"{asked['exercise']}.name"))
    yield f"### {name}, rung `{asked['rung']}`"
    view = "any view" if asked["view"] == "any" else f"the {asked['view']} view"
    first = "where everybody starts" if asked["first"] else "not where everybody starts"
    shown = (
        "what the pictures show"
        if asked["as_shown"]
        else "the pictures show a harder one, judged here as if it were this one"
    )
    if not asked["people"]:
        yield (
            f"It asks for {view}, and no picture or clip shows it: nothing of it is measured. Its bands are tried on"
            " drawn bodies alone, and that others are not taken for it is told under *What is taken for what*."
        )
        return
    yield f"It asks for {view}. This rung is {first}, and {shown}."
    rows = [_detection(f"stills, {view}", it["stills"], it["right"]) for view, it in asked["views"].items()]
    yield _grid(
        [
            "looked at",
            "faults caught",
            "named right",
            "good form faulted",
            "balanced accuracy",
            "not judged",
            "refused",
        ],
        [*rows, _detection("frames of clips, right view", asked["frames"], right=True)],
    )
    if asked["checks"]:
        yield _checks(asked["by_check"])
        yield "What was said (across) of what was there (down), right view, stills and then frames:"
        yield _confusion(asked["confusion"]["stills"])
        yield _confusion(asked["confusion"]["frames"])
        yield _angles(asked)
    yield _people(asked["people"])
    if asked["sides"] and asked["sides"]["swapped"]["n"]:
        swapped, undecided = asked["sides"]["swapped"], asked["sides"]["undecided"]
        yield (
            f"Left and right: swapped in {_value(swapped, 'share')}, undecided in {_value(undecided, 'share')}"
            f" of {swapped['n']} stills in the right view when no side was asked for."
        )
    yield from _time(asked)


def _detection(name: str, it: Plain, right: bool) -> list[str]:
    accuracy = it["balanced_accuracy"]
    return [
        f"**{name}**" if right else name,
        _of(it["caught"]),
        _of(it["named_right"]),
        _of(it["false"]),
        "–" if accuracy is None else _number(accuracy, "share"),
        _of(it["not_judged"]),
        _of(it["refused"]),
    ]


def _checks(by_check: Plain) -> str:
    rows = [
        [
            f"`{check}`",
            _of(it["told_when_there"]),
            _of(it["told_when_not"]),
            _of(by_check["frames"][check]["told_when_there"]),
            _of(by_check["frames"][check]["told_when_not"]),
        ]
        for check, it in by_check["stills"].items()
    ]
    return _grid(
        ["check", "stills: told when there", "told when not", "frames: told when there", "told when not"], rows
    )


def _confusion(rows: Mapping[str, Mapping[str, int]]) -> str:
    said = sorted({name for row in rows.values() for name in row})
    return _grid(["", *said], [[true, *(str(row.get(name, 0)) for name in said)] for true, row in rows.items()])


def _angles(asked: Plain) -> str:
    rows = []
    for view, it in asked["views"].items():
        rows += [_angle(measure, f"stills, {view}", errors) for measure, errors in it["readings"].items()]
    rows += [_angle(m, "frames, right view", errors) for m, errors in asked["frame_readings"].items()]
    head = ["measure", "looked at", "error against space", "bias", "error against the picture", "bias", "n"]
    return _grid(head, sorted(rows))


def _angle(measure: str, where: str, errors: Plain) -> list[str]:
    unit = _unit(measure)
    figures = [errors[against][what] for against in ("space", "picture") for what in ("error", "bias")]
    return [f"`{measure}`", where, *(_value(it, unit) for it in figures), _count(figures[0])]


def _people(people: Sequence[Plain]) -> str:
    rows = [[it["person"], _of(it["caught"]), _of(it["false"]), *_off(it["errors"])] for it in people]
    measures = [f"`{measure}`: mean error" for measure in people[0]["errors"]]
    return _grid(["person (stills, right view)", "faults caught", "good form faulted", *measures], rows)


def _off(errors: Mapping[str, Plain]) -> list[str]:
    return [
        "–" if it["value"] is None else _number(it["value"], _unit(measure)) + f" of {it['n']}"
        for measure, it in errors.items()
    ]


def _unit(measure: str) -> str:
    return "ratio" if measure.endswith("-ratio") else "deg"


def _time(asked: Plain) -> Iterable[str]:
    delay = asked["onsets"]
    if delay["told"] or delay["missed"]:
        yield (
            f"Faults that came and stayed: {delay['told']} told, {delay['missed']} missed; the median delay beyond what"
            f" the check waits is {_value(delay['delay_s'], 's')}."
        )
    alarms = asked["false_alarms"]
    yield (
        f"Faults told of in good form: {alarms['told']}, and to somebody who had left the posture:"
        f" {alarms['told_at_rest']}, in {alarms['clips']} clips of the right view."
    )
    rows = [
        [
            it["clip"],
            it["view"],
            f"{it['owed_s']:.1f}",
            f"{it['credited_s']:.1f}",
            _edges(it, "starts_s"),
            _edges(it, "ends_s"),
        ]
        for it in asked["clocks"]
    ]
    yield _grid(["clip", "view", "owed (s)", "credited (s)", "starts off by (s)", "ends off by (s)"], rows)


def _edges(clock: Plain, end: str) -> str:
    return ", ".join(f"{error:+.2f}" for error in clock[end]) or "–"


def _planks(scored: Plain | None) -> Iterable[str]:
    if scored is None:
        yield "Not measured."
        return
    yield (
        f"Macro F1 {_value(scored['macro_f1'], 'score')} over {scored['macro_f1']['n']} frames of"
        f" {scored['macro_f1']['clusters']} recordings; judged {_value(scored['judged'], 'share')}; correct planks"
        f" credited {_value(scored['accepted'], 'share')}. C is correct, H hips too high, L hips too low, and `-` is"
        " everything that was not answered, which counts as wrong."
    )
    yield _confusion(scored["confusion"])
    yield "Recording by recording (whole recordings are drawn for the interval, for their frames are much alike):"
    rows = [
        [str(it["group"]), str(it["n"]), *(_row(it["confusion"][label]) for label in ("C", "H", "L"))]
        for it in scored["groups"]
    ]
    yield _grid(["recording", "n", "C: C / H / L / -", "H: C / H / L / -", "L: C / H / L / -"], rows)
    changed = [
        [name, _value(it["macro_f1"], "score"), f"{it['different']} of {it['n']}"]
        for name, it in scored["changes"].items()
    ]
    yield _grid(["the same frames", "macro F1", "answered differently"], changed)


def _row(counts: Mapping[str, int]) -> str:
    return " / ".join(str(it) for it in counts.values()) if sum(counts.values()) else "–"


def _crossing(table: Plain) -> Iterable[str]:
    matrix = table["crossing"]
    columns = list(next(iter(matrix.values())))
    for what, title in (
        ("in_position", "Shown (down) and asked for (across): the share found in position. Stills of all views."),
        ("credited", "The same, and the share that would be credited:"),
    ):
        yield title
        rows = [
            [shows, str(row[columns[0]][what]["n"]), *(_percent(row[column][what]) for column in columns)]
            for shows, row in matrix.items()
        ]
        yield _grid(["shown", "n", *columns], rows)
    drawn = table["drawn_poses"]
    yield (
        f"Drawn figures (no pictures, no noise) in poses that are no hold, in front of every rung: {drawn['n']} looks,"
        f" credited {_value(drawn['credited'], 'share')}, found in position {drawn['in_position']} times."
    )


def _measured_with(table: Plain) -> str:
    models = ", ".join(f"`{name}` {sha256[:12]}" for name, sha256 in sorted(table["models"].items()))
    return f"lumbar {table['version']}; models {models}. How to measure again: [validate](howto/validate.md)."


def _of(it: Plain) -> str:
    return "–" if it["value"] is None else f"{_value(it, 'share')} of {it['n']}"


def _percent(it: Plain) -> str:
    return _number(it["value"], "share")


def _count(it: Plain) -> str:
    return f"{it['n']} in {it['clusters']}" if it.get("clusters") else str(it["n"])


def _value(it: Plain, unit: str) -> str:
    if it["value"] is None:
        return "–"
    between = (
        "" if it["low"] is None else f" ({_number(it['low'], unit, bare=True)}–{_number(it['high'], unit, bare=True)})"
    )
    return _number(it["value"], unit) + between


def _number(value: float, unit: str, *, bare: bool = False) -> str:
    if unit == "share":
        return f"{100 * value:.1f}".removesuffix(".0") + ("" if bare else " %")
    if unit in ("ratio", "score"):
        return f"{value:.3f}"
    return f"{value:.1f}" + ("" if bare else f" {unit}")


def _grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
