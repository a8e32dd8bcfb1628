"""Looks the whole catalogue over: ``python -m lumbar.catalog.lint [OWN_CATALOGUE]``.

Reading the files has already proved that every number has a known source, every measure exists, every id equals its
file's name and every band is sound. What is left is looked at here: whether all words are there, whether one of them
says what we never say, whether what is shown of a form is true of it, and whether the pose that a check calls its
fault commits this fault and no other. The words of published questionnaires are not ours: how they speak is left
alone, and their fingerprints see to it that they stay.
"""

import re
import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from lumbar.catalog.fields import mistakes
from lumbar.catalog.forms import bad_callouts, bad_forms, load_not_here, words_shown
from lumbar.catalog.instruments import load_outcomes, words_of
from lumbar.catalog.load import HERE, Catalogue, Source, load_catalogue, read_toml
from lumbar.catalog.programme import load_programme
from lumbar.catalog.rules import bad_rules, load_rules
from lumbar.catalog.screening import load_form
from lumbar.catalog.words import Words, languages, load_words, places
from lumbar.core import figure
from lumbar.core.body import Side
from lumbar.core.coach import HandWatch
from lumbar.core.errors import BadCatalog
from lumbar.core.exercise import Exercise, Step
from lumbar.core.judge import State, judge
from lumbar.core.rung import Rung
from lumbar.core.safety.form import Form
from lumbar.core.sign import Sign
from lumbar.core.view import Region

_COMMON = (
    "coach.that-counts",
    "coach.cannot-see",
    "side.left",
    "side.right",
    "placement.nobody",
    "placement.too-near",
    "placement.too-far",
    "placement.stays",
    "placement.front",
    *(f"placement.cut.{region}" for region in Region),
    *(f"placement.near.{side}" for side in Side),
    *(f"placement.turn.{way}" for way in ("front", *Side)),
    *(f"session.sign.{sign}" for sign in Sign),
)
_OF_AN_EXERCISE = ("name", "why", "goal", "feel", "not-feel", "camera", "set-up.1", "set-up.2", "set-up.3")


class NeverFile(BaseModel):
    """One [[never]] of wording.toml: a pattern that none of our words may match, and what to say instead."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    pattern: str
    instead: str
    exempt: list[str] = []


def lint(extra: Path | None = None) -> list[str]:
    """Every mistake of our catalogue, and of an own one on top of it, each with its place."""
    try:
        catalogue = load_catalogue(extra)
        form = load_form(catalogue)
        outcomes = load_outcomes(catalogue)
        for name in _programmes(extra):
            load_programme(name, catalogue, form, extra=extra)
        never, not_here = load_never(), load_not_here()
        rules = load_rules()
        words = [load_words(language, extra) for language in languages()]
    except BadCatalog as error:
        return [f"{error.place}: {mistake}" for mistake in error.mistakes]
    found = [f"sources.toml: {mistake}" for mistake in bad_titles(catalogue.sources, never)]
    for language in words:
        needed = {*_COMMON, *_words_of_screening(form)}
        for exercise in catalogue.exercises.values():
            needed |= set(_words_of(exercise))
        for instrument in outcomes.instruments.values():
            needed |= set(words_of(instrument))
        found += [f"texts/{language.language}: no words for {i}" for i in sorted(needed) if not language.has(i)]
        spoken = [i for e in catalogue.exercises.values() for i in _spoken_of(e) if not language.has(i, spoken=True)]
        found += [f"texts/{language.language}: nothing to say for {i}" for i in spoken]
        untold = [s for s in catalogue.sources.values() if not language.of_source(s.id, s.title)]
        found += [f"texts/{language.language}: no words for source.{source.id}, nor a title" for source in untold]
        found += [f"texts/{language.language}: {mistake}" for mistake in bad_wording(language, catalogue, never)]
        for exercise in catalogue.exercises.values():
            found += [f"texts/{language.language}: {mistake}" for mistake in bad_forms(exercise, language, not_here)]
            found += [f"texts/{language.language}: {mistake}" for mistake in bad_callouts(exercise, language)]
        found += [f"texts/{language.language}: {mistake}" for mistake in parted_units(language)]
        found += [f"rules.toml: {mistake}" for mistake in bad_rules(rules, language.flat()["written"], _tables())]
    first, *others = sorted(words, key=lambda one: one.language != "en")
    for other in others:
        found += [f"texts/{other.language}: {mistake}" for mistake in unlike(other, first)]
    for exercise in catalogue.exercises.values():
        found += [f"exercises/{exercise.id}.toml: {mistake}" for mistake in bad_figures(exercise)]
        found += [f"exercises/{exercise.id}.toml: {mistake}" for mistake in bad_signs(exercise)]
    return found


def _programmes(extra: Path | None) -> list[str]:
    roots = [HERE] if extra is None else [HERE, extra]
    return sorted({path.stem for root in roots for path in (root / "programmes").glob("*.toml")})


def _tables() -> dict[str, dict[str, object]]:
    """Our programmes' files, as they are."""
    return {path.stem: read_toml(path) for path in sorted((HERE / "programmes").glob("*.toml"))}


def load_never() -> tuple[NeverFile, ...]:
    """What our words never say. Raises BadCatalog."""
    path = HERE / "wording.toml"
    table = read_toml(path)
    try:
        return tuple(NeverFile.model_validate(_renamed(row)) for row in table.get("never", []))
    except ValidationError as error:
        raise BadCatalog(path.name, mistakes(error)) from error


def _renamed(row: dict[str, object]) -> dict[str, object]:
    """`except` is a word of Python's own."""
    return {"exempt" if key == "except" else key: value for key, value in row.items()}


def bad_wording(words: Words, catalogue: Catalogue, never: Iterable[NeverFile]) -> Iterator[str]:
    """Words that say what we never say, and words that show an id which is for us alone."""
    rules = tuple(never)
    ids = {check.id for exercise in catalogue.exercises.values() for check in exercise.checks if "-" in check.id}
    ids |= {state.value for state in State if "-" in state.value}
    for texts in words.flat().values():
        yield from _said(texts, rules)
        for message_id, text in texts.items():
            yield from (f"{message_id} shows the id {i}, which is for us alone" for i in sorted(ids) if i in text)


_PARTED = re.compile(r"[0-9}] (?:mm|cm|m|km|s|min|h|kg|g|lb|MB|GB|%)(?!\w)")
_IN_A_TERMINAL = ("cli.", "error.")
"""Words that are read in a terminal, which keeps its lines as they are written."""


def parted_units(words: Words) -> Iterator[str]:
    """Written words whose number could end a line, with its unit on the next one."""
    for message_id, text in words.flat()["written"].items():
        if not message_id.startswith(_IN_A_TERMINAL):
            yield from (
                f"{message_id}: a no-break space belongs into {found.group()!r}" for found in _PARTED.finditer(text)
            )


def unlike(words: Words, first: Words) -> Iterator[str]:
    """What a language lacks, or has too much of, beside the first one: ids, and the places in each text."""
    for table, texts in first.flat().items():
        mine, counted = words.flat()[table], _counted(texts, first)
        theirs, ours = _places(texts, counted, first), _places(mine, counted, words)
        forms = {f"{i}.{form}": i for i in sorted(counted & ours.keys()) for form in words.grammar.forms}
        lacking = {form: i for form, i in forms.items() if form not in mine}
        yield from (f"{table}: no words for {i}" for i in [*sorted(theirs.keys() - ours.keys()), *lacking])
        yield from (
            f"{table}: {i} has words, and in {first.language} none" for i in sorted(ours.keys() - theirs.keys())
        )
        for i in sorted((theirs.keys() & ours.keys()) - set(lacking.values())):
            if theirs[i] != ours[i]:
                yield f"{table}: {i} has the places {sorted(ours[i])}, in {first.language} {sorted(theirs[i])}"


def _counted(texts: Mapping[str, str], words: Words) -> set[str]:
    """The ids that have plural forms: all of the language's."""
    stems = {message_id.rpartition(".")[0] for message_id in texts}
    return {stem for stem in stems if all(f"{stem}.{form}" in texts for form in words.grammar.forms)}


def _places(texts: Mapping[str, str], counted: Container[str], words: Words) -> dict[str, frozenset[str]]:
    """The places of each text; those of all its plural forms, for one of them may do without the number."""
    found: dict[str, frozenset[str]] = {}
    for message_id, text in texts.items():
        stem, _, form = message_id.rpartition(".")
        plain = stem if stem in counted and form in words.grammar.forms else message_id
        found[plain] = found.get(plain, frozenset()) | places(text)
    return found


def bad_titles(sources: Mapping[str, Source], never: Iterable[NeverFile]) -> Iterator[str]:
    """Titles of sources, which the page shows, that say what we never say."""
    yield from _said({f"source.{source.id}": source.title for source in sources.values() if source.title}, never)


def _said(texts: Mapping[str, str], never: Iterable[NeverFile]) -> Iterator[str]:
    patterns = [(re.compile(rf"(?<!\w)({row.pattern})(?!\w)", re.IGNORECASE), row) for row in never]
    for message_id, text in texts.items():
        for pattern, row in patterns:
            match = pattern.search(text)
            if match and not message_id.startswith(tuple(row.exempt)):
                yield f'{message_id} says "{match.group(0)}"; rather: {row.instead}'


def bad_figures(exercise: Exercise) -> Iterator[str]:
    """Holds that are not held well, and spoils that do not commit their fault, or commit another with it."""
    for rung in exercise.rungs:
        if not rung.camera_sees:
            continue
        sides = (Side.LEFT, Side.RIGHT) if exercise.two_sided else (None,)
        for side in sides:
            shown = judge(exercise, figure.held(exercise, rung=rung.id, side=side), rung=rung.id)
            if shown.state is not State.GOOD or shown.side is not side:
                yield f"rung {rung.id}: its hold is judged {shown.state}, {_faults(shown.faults)}, side {shown.side}"
        yield from _bad_spoils(exercise, rung)


def bad_signs(exercise: Exercise) -> Iterator[str]:
    """Rungs on which somebody who only does the exercise would pause it."""
    for rung in exercise.rungs:
        watch = HandWatch(exercise.settings, exercise.signs_of(rung))
        longest_s = max(exercise.settings.signs.after_s, exercise.settings.signs.keep_s)
        story = figure.story(exercise, fps=_STORY_FPS, hold_s=longest_s + 1.0, rung=rung.id)
        if any(watch.feed(frame) for frame in story):
            yield f"rung {rung.id}: its own form looks like a sign of the hand; name another with signs = […]"


_STORY_FPS = 15.0


def _bad_spoils(exercise: Exercise, rung: Rung) -> Iterator[str]:
    for check in exercise.checks_of(rung):
        if check.spoil.rung not in (None, rung.id):
            continue
        shown = judge(exercise, figure.spoiled(exercise, check.id, rung=rung.id), rung=rung.id)
        if shown.faults != (check.id,):
            yield f"rung {rung.id}: the spoil of {check.id} is judged {shown.state.value}, {_faults(shown.faults)}"


def _faults(ids: Iterable[str]) -> str:
    return ", ".join(ids) or "no fault"


def _words_of(exercise: Exercise) -> Iterator[str]:
    yield from (f"{exercise.id}.{part}" for part in _OF_AN_EXERCISE)
    yield f"step.{exercise.step}"
    yield from (f"equipment.{thing}" for thing in exercise.equipment)
    yield from (f"{exercise.id}.load.{load.id}" for load in exercise.loads)
    if exercise.loads and exercise.step is Step.CORE:
        yield from (f"{exercise.id}.carry.{how}" for how in ("helped", "alone"))
    yield from (prompt.message for prompt in exercise.prompts)
    yield from (cue for check in exercise.checks for cue in check.cues)
    yield from (condition.hint for condition in (*exercise.sight, *exercise.perspective) if condition.hint is not None)
    if exercise.steadiness is not None:
        yield exercise.steadiness.cue
    yield from (nudge.message for nudge in exercise.nudges)
    if exercise.sinking is not None:
        yield exercise.sinking.cue
    if exercise.step.ours:
        yield f"step.{exercise.step}.ours"
    if exercise.repetition is not None:
        yield from (f"{exercise.id}.way-down", f"{exercise.id}.way-up", exercise.repetition.hint)
    for rung in exercise.rungs:
        yield from words_shown(exercise, rung)
        yield f"position.{rung.position or exercise.position}"


def _spoken_of(exercise: Exercise) -> Iterator[str]:
    """What the voice alone says: how the first rung begins, which side, and how another rung differs."""
    yield f"{exercise.id}.start"
    if exercise.two_sided:
        yield from (f"{exercise.id}.side.{side}" for side in Side)
    yield from (f"{exercise.id}.rung.{rung.id}.set-up" for rung in exercise.rungs if not rung.first)


def _words_of_screening(form: Form) -> Iterator[str]:
    yield from (f"screen.card.{card.id}" for card in form.cards)
    yield from (f"screen.{item}.{part}" for item in form.items for part in ("short", "full"))
    yield from (f"screen.{daily.id}" for daily in form.daily)
    for item in form.items.values():
        if item.detail is not None:
            yield f"screen.{item.id}.{item.detail.id}"
            yield from (f"screen.{item.id}.{item.detail.id}.{option.id}" for option in item.detail.options)


def main(arguments: list[str]) -> int:
    """Tell every mistake; 0 when there is none, 1 otherwise, 2 for a folder that is not there."""
    extra = Path(arguments[0]) if arguments else None
    if extra is not None and not extra.is_dir():
        sys.stderr.write(f"There is no folder {extra}. Name the folder of your own catalogue.\n")
        return 2
    found = lint(extra)
    sys.stdout.writelines(f"{mistake}\n" for mistake in found)
    sys.stdout.write("The catalogue is fine.\n" if not found else f"{len(found)} to mend.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
