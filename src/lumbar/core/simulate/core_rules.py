"""What core work must keep, whoever it is for: each rule looks at an exercise of a session beside what the clinical
design makes of it."""

from collections.abc import Callable, Iterator, Mapping

from lumbar.core.simulate.core_judge import CoreStep
from lumbar.core.simulate.doses import START

NO_CORE_PAIN, TEST_PAIN = 6, 4
"""From so much pain before it there is no core work; with more than so much, no measured hold (3.4, 3.1)."""

Broken = Iterator[str]


def much_pain(step: CoreStep) -> Broken:
    """No core work with a pain of six or more before it (3.4)."""
    if step.sitting.before >= NO_CORE_PAIN:
        yield f"{step.exercise} at {step.sitting.before} of 10"


def test_at_pain(step: CoreStep) -> Broken:
    """No measured hold with a pain above four before it (3.1)."""
    if step.asked.test_s and not step.sitting.short and step.sitting.before > TEST_PAIN:
        yield f"{step.exercise}: a measured hold at {step.sitting.before} of 10"


def _eased(cause: str) -> Callable[[CoreStep], Broken]:
    """No more than is left of the dose, step by step, after what takes from it."""

    def rule(step: CoreStep) -> Broken:
        if step.asked.baseline or not step.sure:
            return
        for name, most in step.limits:
            if name == cause and (step.asked.load_kg or step.dose.hold_s > most.hold_s or step.dose > most):
                yield f"{_told(step)}, and no more than {most.sets} x {most.hold_s} s is left"
        for name, rung in step.easier_than:
            if name == cause and step.asked.rung >= rung:
                yield f"{_told(step)}, and rung {rung} is too hard"

    return rule


def gap_not_eased(step: CoreStep) -> Broken:
    """Three quarters after ten days, half after three weeks, and after six weeks it begins anew (3.6)."""
    yield from _eased("gap")(step)
    if (
        step.anew
        and step.sure
        and not step.asked.baseline
        and (step.dose.total_s > START.total_s or step.asked.load_kg)
    ):
        yield f"{_told(step)} after six weeks without"


def short_test_kept(step: CoreStep) -> Broken:
    """A measured hold under ten seconds makes the rung easier (3.1)."""
    yield from _harder_than(step, "test")


def new_form_kept(step: CoreStep) -> Broken:
    """A new rung whose first hold gives out before ten seconds leads back, until it is earned once more (3.3)."""
    yield from _harder_than(step, "new-form")


def _harder_than(step: CoreStep, cause: str) -> Broken:
    for name, rung in step.easier_than:
        if name == cause and step.sure and step.asked.rung >= rung:
            yield f"{_told(step)}, and rung {rung} was too hard"


def unearned(step: CoreStep) -> Broken:
    """Five seconds after two sessions that counted, the next rung after two of twice thirty (3.3); a measured hold
    leads to its share (3.2), a way back to no more than was asked for before."""
    if step.asked.load_kg or step.asked.baseline or not step.sure:
        return
    if step.asked.rung > step.top and not any(step.asked.rung >= rung for _, rung in step.easier_than):
        yield f"{_told(step)}, and rung {step.top} is the hardest that was earned"
    if step.most is not None and step.dose > step.most:
        yield f"{_told(step)}, and {step.most.sets} x {step.most.hold_s} s was earned"


def stuck(step: CoreStep) -> Broken:
    """Whoever counts again and again goes on: no flare-up lasts beyond the usual pain, and no step waits for ever (3.3,
    3.7)."""
    if step.stuck and step.sure and not step.sitting.held:
        yield f"{_told(step)} still, after {step.stuck} sessions that counted"


def _weight(name: str) -> Callable[[CoreStep], Broken]:
    def rule(step: CoreStep) -> Broken:
        if step.sure:
            yield from (f"{step.exercise}: {what}" for broken, what in step.weight if broken == name)

    return rule


def _told(step: CoreStep) -> str:
    asked = step.asked
    weight = f", {asked.load_kg} kg" if asked.load_kg else ""
    return f"{step.exercise}: rung {asked.rung}, {asked.sets} x {asked.hold_s} s{weight}"


CORE_RULES: Mapping[str, Callable[[CoreStep], Broken]] = {
    "ambers-not-eased": _eased("amber"),
    "core-at-much-pain": much_pain,
    "core-stuck": stuck,
    "flare-not-eased": _eased("flare"),
    "gap-not-eased": gap_not_eased,
    "new-form-kept": new_form_kept,
    "red-not-eased": _eased("red"),
    "short-test-kept": short_test_kept,
    "step-unearned": unearned,
    "test-at-much-pain": test_at_pain,
    "week-not-eased": _eased("week"),
    "weight-never-lighter": _weight("lighter"),
    "weight-not-eased": _weight("eased"),
    "weight-too-fast": _weight("fast"),
    "weight-too-heavy": _weight("heavy"),
}
"""Every rule of core work by its name."""
