"""One page for each exercise, and a page about all of them, from the catalogue's files and words."""

from collections.abc import Iterable, Mapping

from lumbar.catalog.load import Catalogue, Source, load_catalogue
from lumbar.catalog.words import Words, load_words
from lumbar.core.check import Band, Check
from lumbar.core.exercise import Dose, Exercise
from lumbar.core.message import say
from lumbar.core.plan.dose import goal
from lumbar.core.rung import Rung
from reference.markdown import number, page, table


def write_all() -> Mapping[str, str]:
    """Pages by name: README and every exercise's id."""
    catalogue, words = load_catalogue(), load_words("en")
    pages = {exercise.id: _exercise(exercise, catalogue, words) for exercise in catalogue.exercises.values()}
    return {"README": _index(catalogue, words), **pages}


def _index(catalogue: Catalogue, words: Words) -> str:
    rows = [
        (
            f"[{_word(words, ex.id, 'name')}]({ex.id}.md)",
            _word(words, "step", ex.step.value),
            _goal(ex, words),
            _seen(ex),
        )
        for ex in catalogue.exercises.values()
    ]
    sources = [(f"`{s.id}`", _cited(s, words), s.status) for s in catalogue.sources.values()]
    return page(
        "# Exercises",
        "Each is one file in the catalogue; these pages are written from those files.",
        table(["exercise", "step", "goal", "what the camera does"], rows),
        "## Sources",
        "`brief`: the programme itself. `checked`: read at the source. `from-memory`: still to be checked. "
        "`design`: our own choice.",
        table(["id", "source", "status"], sources),
    )


def _cited(source: Source, words: Words) -> str:
    told = words.of_source(source.id, source.title)
    return told if not source.url else f"[{told}]({source.url})"


def _seen(exercise: Exercise) -> str:
    if exercise.checks:
        return "judges the form and counts what is held well"
    return "sees that somebody is in position" if exercise.judged else "nothing; it is timed"


def _exercise(exercise: Exercise, catalogue: Catalogue, words: Words) -> str:
    set_up = [text for n in range(1, 10) if (text := _word(words, exercise.id, f"set-up.{n}"))]
    camera = exercise.camera
    return page(
        f"# {_word(words, exercise.id, 'name')}",
        _word(words, exercise.id, "why"),
        f"Goal: {_goal(exercise, words)} {_dose(exercise.dose)}",
        "## How",
        "\n".join(f"{n}. {text}" for n, text in enumerate(set_up, start=1)),
        f"You feel: {_word(words, exercise.id, 'feel')}",
        f"You should not feel: {_word(words, exercise.id, 'not-feel')}",
        "## Ladder",
        "Easiest first. What is not told of a form here is as above.",
        table(
            ["rung", "what it is", "", "chosen by", "source"], [_rung(exercise, rung, words) for rung in exercise.rungs]
        ),
        "\n".join(_form(exercise, rung, words) for rung in exercise.rungs),
        *_checks(exercise, words),
        "## Camera",
        f"{_word(words, exercise.id, 'camera')} View: {camera.view}; lens {_band(camera.height_m)} m above the floor, "
        f"{_band(camera.distance_m)} m away (`{camera.source}`).",
        *_presence(exercise),
        *_prompts(exercise, words),
        *_loads(exercise),
        "## Sources",
        _sources(exercise, catalogue, words),
    )


def _goal(exercise: Exercise, words: Words) -> str:
    return words.written(goal(exercise).message)


def _dose(dose: Dose) -> str:
    often = f"every {dose.every_days} days" if dose.every_days > 1 else _times(dose.times_per_day)
    apart = f", at least {number(dose.gap_h)} h apart (`{dose.gap_source}`)" if dose.gap_h else ""
    sets = f"{dose.sets} {'set' if dose.sets == 1 else 'sets'}"
    return f"In the file: {dose.target_s} s, {sets}, {often} (`{dose.source}`){apart}."


def _times(times: tuple[int, int]) -> str:
    low, high = times
    counted = str(low) if low == high else f"{low} to {high}"
    return f"{counted} {'time' if high == 1 else 'times'} a day"


def _rung(exercise: Exercise, rung: Rung, words: Words) -> tuple[str, str, str, str, str]:
    marks = [text for stands, text in ((rung.first, "first"), (rung.goal_form, "the goal's form")) if stands]
    flags = ", ".join(sorted(rung.modifications))
    return f"`{rung.id}`", _word(words, exercise.id, f"rung.{rung.id}"), ", ".join(marks), flags, f"`{rung.source}`"


def _form(exercise: Exercise, rung: Rung, words: Words) -> str:
    """What is said of a form in words of its own, and what has to lie ready for it."""
    needs = ", ".join(words.written(say(f"equipment.{thing}")) for thing in exercise.equipment_of(rung)) or "nothing"
    told = [f"Needs {needs}."]
    if not rung.first:
        told += [words.written(say(line)) for line in exercise.set_up_of(rung)]
    labels = {"feel": "You feel: ", "not-feel": "You should not feel: ", "camera": ""}
    told += [label + words.written(say(exercise.words_of(rung, p))) for p, label in labels.items() if p in rung.words]
    told += [] if rung.camera_sees else ["No camera looks at it."]
    if rung.prompts is not None:
        told.append("Said in the hold: " + " ".join(words.spoken(say(prompt.message)) for prompt in rung.prompts))
    told += [
        f"For `{check}`: " + " / ".join(words.spoken(say(cue)) for cue in cues) for check, cues in rung.cues.items()
    ]
    return f"- `{rung.id}`: " + " ".join(told)


def _checks(exercise: Exercise, words: Words) -> Iterable[str]:
    if exercise.checks:
        yield "## Checks"
        yield "What the camera can see and a person can mend. Within `good` or `acceptable` a second counts."
        head = ["fault", "measure", "good", "acceptable", "said after", "words", "source"]
        yield table(head, [_check(check, words) for check in exercise.checks])


def _check(check: Check, words: Words) -> tuple[str, ...]:
    said = " / ".join(words.spoken(say(cue)) for cue in check.cues)
    bands = _band(check.good), _band(check.acceptable)
    return f"`{check.id}`", f"`{check.measure}`", *bands, f"{number(check.after_s)} s", said, f"`{check.source}`"


def _presence(exercise: Exercise) -> Iterable[str]:
    if exercise.presence:
        yield "## In position"
        yield "All of these must hold. Where a needed one was not seen, nothing is judged."
        rows = [
            (c.id, f"`{c.measure}`", _band(c.within), "needed" if c.required else "", f"`{c.source}`")
            for c in exercise.presence
        ]
        yield table(["condition", "measure", "within", "", "source"], rows)


def _prompts(exercise: Exercise, words: Words) -> Iterable[str]:
    if exercise.prompts:
        yield "## Said in the hold"
        yield "\n".join(f"- after {number(p.at_s)} s: {words.spoken(say(p.message))}" for p in exercise.prompts)


def _loads(exercise: Exercise) -> Iterable[str]:
    if exercise.loads:
        yield "## With a load"
        yield "Shut until an expert's review opens it."
        rows = [
            (load.id, f"{number(load.first_lb)} lb" if load.first_lb else "", f"`{load.source}`")
            for load in exercise.loads
        ]
        yield table(["load", "first", "source"], rows)


def _sources(exercise: Exercise, catalogue: Catalogue, words: Words) -> str:
    used = {exercise.camera.source, exercise.dose.source, exercise.dose.gap_source}
    used |= {rung.source for rung in exercise.rungs} | {load.source for load in exercise.loads}
    used |= {check.source for check in exercise.checks} | {condition.source for condition in exercise.presence}
    known = [source for source in catalogue.sources.values() if source.id in used]
    return "\n".join(f"- `{it.id}`: {words.of_source(it.id, it.title)} ({it.status})" for it in known)


def _word(words: Words, prefix: str, name: str) -> str:
    """The words for an id; nothing when it has none, since not every id of the pattern need exist."""
    message = say(f"{prefix}.{name}")
    return words.written(message) if words.has(message.id) else ""


def _band(band: Band) -> str:
    return f"{number(band.low)} to {number(band.high)}"
