"""The shape of an exercise's file, checked at the rim; inside, only core's own values are known.

Every field of a file is named here, and an unknown one is a mistake. Mistakes are collected, each with its place.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, PositiveFloat

from lumbar.catalog.fields import BandField, Id, JointName, Number, PartField, Two
from lumbar.catalog.keyframe_file import KeyframeFile, keyframes
from lumbar.core import check
from lumbar.core import exercise as core
from lumbar.core.body import Side
from lumbar.core.keyframe import Prop
from lumbar.core.position import Position
from lumbar.core.rung import Prompt, Rung
from lumbar.core.sign import Sign, Signs
from lumbar.core.view import Near, Region


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)


class SpoilFile(_File):
    """The change of pose that commits a fault."""

    turn: dict[str, Number] = {}
    bend_hips_ratio: Number = 0.0
    rung: Id | None = None
    lengths: dict[str, Number] = {}


class MendFile(_File):
    """How a fault is shown on the body."""

    joint: PartField
    towards: check.Towards


class CheckFile(_File):
    """One [[check]]."""

    id: Id
    measure: str
    good: BandField
    acceptable: BandField
    after_s: Number
    hysteresis: Number
    priority: int
    cues: list[str]
    source: str
    spoil: SpoilFile
    mend: MendFile | None = None
    required: bool = False
    unless: Id | None = None


class ConditionFile(_File):
    """One [[presence]]."""

    id: Id
    measure: str
    within: BandField
    source: str
    required: bool = False
    hint: str | None = None


class SignsFile(_File):
    """signs.toml."""

    after_s: PositiveFloat
    keep_s: PositiveFloat
    down_s: PositiveFloat
    blink_s: PositiveFloat
    needs: dict[Sign, list[ConditionFile]]
    usual: list[Sign]
    of_position: dict[Position, list[Sign]]
    source: str

    def to_core(self) -> Signs:
        """Core's own value."""
        return Signs(
            self.after_s,
            self.keep_s,
            self.down_s,
            self.blink_s,
            {sign: _conditions(needs) for sign, needs in self.needs.items()},
            tuple(self.usual),
            {str(position): tuple(signs) for position, signs in self.of_position.items()},
            self.source,
        )


class FinderFile(_File):
    """[side_by]."""

    measure: str
    margin: Number
    source: str
    unsure: check.Unsure = check.Unsure.REFUSE


class SteadinessFile(_File):
    """[steadiness]."""

    measure: str
    window_s: Number
    limit: Number
    cue: str
    source: str


class NudgeFile(_File):
    """[[nudge]]."""

    id: Id
    measure: str
    within: BandField
    after_s: Number
    message: str
    source: str


class SinkingFile(_File):
    """[sinking]."""

    measure: str
    window_s: Number
    limit: Number
    cue: str
    source: str


class RestFile(_File):
    """[rest]."""

    measure: str
    within: BandField
    over_s: Number
    most: Number
    source: str


class PropFile(_File):
    """One [[rung.prop]]."""

    id: Id
    line: list[Two] = []
    along: list[JointName] = []


class PromptFile(_File):
    """One [[prompt]]."""

    message: str
    at_s: Number


class CallOutFile(_File):
    """One [[callout]]."""

    message: str
    at: list[JointName]
    of: list[str]


class RungFile(_File):
    """One [[rung]]."""

    id: Id
    source: str
    goal_form: bool = False
    first: bool = False
    position: Position | None = None
    modifications: list[str] = []
    without: list[str] = []
    measures: dict[str, str] = {}
    presence: list[ConditionFile] | None = None
    camera_sees: bool = True
    near: Side | Literal["none"] = Side.LEFT
    body_line: list[JointName] | None = None
    variant: bool = False
    signs: list[Sign] | None = None
    equipment: list[Id] | None = None
    prompt: list[PromptFile] | None = None
    cues: dict[Id, list[str]] = {}
    words: list[str] = []
    prop: list[PropFile] = []
    keyframe: list[KeyframeFile] = []


class DoseFile(_File):
    """[dose]."""

    target_s: int
    sets: int
    source: str
    every_days: int = 1
    times_per_day: tuple[int, int] = (1, 1)
    gap_h: Number = 0
    gap_source: str = ""
    sets_source: str = ""
    days_per_week: int = 0
    gap_days: int = 1


class RepetitionFile(_File):
    """[repetition]."""

    count: int
    down_s: int
    up_s: int
    begins: list[ConditionFile]
    hint: str
    source: str
    why_source: str


class LoadFile(_File):
    """One [[load]]."""

    id: Id
    source: str
    first_lb: Number | None = None
    first_kg: Number | None = None
    weights_kg: list[Number] = []
    cap_kg: Number | None = None
    cap_share: Number = 0
    first_share: Number = 0
    alone_kg: Number | None = None
    rule_source: str = ""


class CameraFile(_File):
    """[camera]."""

    view: Literal["side", "front", "any"]
    height_m: BandField
    distance_m: BandField
    source: str
    whole_body: bool = True
    sees: tuple[Region, ...] = tuple(Region)
    near: Near = Near.EITHER


class ExerciseFile(_File):
    """A whole exercise file."""

    id: Id
    step: core.Step
    position: Position
    sides: Literal["none", "each"]
    judged: bool = True
    equipment: list[str] = []
    avoid: list[str] = []
    body_line: list[JointName] = []
    camera: CameraFile
    dose: DoseFile
    side_by: FinderFile | None = None
    steadiness: SteadinessFile | None = None
    sinking: SinkingFile | None = None
    nudge: list[NudgeFile] = []
    rest: RestFile | None = None
    repetition: RepetitionFile | None = None
    load: list[LoadFile] = []
    rung: list[RungFile]
    sight: list[ConditionFile] = []
    perspective: list[ConditionFile] = []
    presence: list[ConditionFile]
    check: list[CheckFile] = []
    prompt: list[PromptFile] = []
    callout: list[CallOutFile] = []

    def to_core(self, settings: core.CoachSettings) -> core.Exercise:
        """Core's own value. Raises BadCatalog with every mistake."""
        return core.Exercise(
            id=self.id,
            step=self.step,
            position=self.position,
            two_sided=self.sides == "each",
            judged=self.judged,
            equipment=tuple(self.equipment),
            avoid=frozenset(self.avoid),
            camera=core.Camera(**_fields(self.camera)),
            dose=core.Dose(**_fields(self.dose)),
            loads=tuple(core.Load(**{**_fields(load), "weights_kg": tuple(load.weights_kg)}) for load in self.load),
            rungs=tuple(_rung(rung) for rung in self.rung),
            presence=_conditions(self.presence),
            checks=tuple(_check(file) for file in sorted(self.check, key=lambda c: c.priority)),
            prompts=_prompts(self.prompt),
            side_by=check.SideFinder(**_fields(self.side_by)) if self.side_by else None,
            settings=settings,
            sight=_conditions(self.sight),
            perspective=_conditions(self.perspective),
            steadiness=check.Steadiness(**_fields(self.steadiness)) if self.steadiness else None,
            nudges=tuple(check.Nudge(**_fields(one)) for one in self.nudge),
            sinking=check.Sinking(**_fields(self.sinking)) if self.sinking else None,
            rest=check.Rest(**_fields(self.rest)) if self.rest else None,
            body_line=tuple(self.body_line),
            repetition=_repetition(self.repetition) if self.repetition else None,
            callouts=tuple(core.CallOut(one.message, tuple(one.at), tuple(one.of)) for one in self.callout),
        )


def _repetition(file: RepetitionFile) -> check.Repetition:
    return check.Repetition(**{**_fields(file), "begins": _conditions(file.begins)})


def _fields(model: BaseModel) -> dict[str, Any]:
    return {name: getattr(model, name) for name in type(model).model_fields}


def _conditions(files: list[ConditionFile]) -> tuple[check.Condition, ...]:
    return tuple(check.Condition(**_fields(file)) for file in files)


def _check(file: CheckFile) -> check.Check:
    fields = _fields(file)
    fields["cues"] = tuple(file.cues)
    fields["spoil"] = check.Spoil(
        dict(file.spoil.turn), float(file.spoil.bend_hips_ratio), file.spoil.rung, dict(file.spoil.lengths)
    )
    fields["mend"] = None if file.mend is None else check.Mend(**_fields(file.mend))
    return check.Check(**fields)


def _rung(file: RungFile) -> Rung:
    return Rung(
        id=file.id,
        source=file.source,
        keyframes=tuple(keyframes(file.id, file.keyframe)),
        props=tuple(Prop(prop.id, tuple(prop.line), tuple(prop.along)) for prop in file.prop),
        goal_form=file.goal_form,
        first=file.first,
        position=file.position,
        modifications=frozenset(file.modifications),
        without=frozenset(file.without),
        measures=dict(file.measures),
        presence=None if file.presence is None else _conditions(file.presence),
        camera_sees=file.camera_sees,
        near=None if file.near == "none" else file.near,
        body_line=None if file.body_line is None else tuple(file.body_line),
        variant=file.variant,
        signs=None if file.signs is None else tuple(file.signs),
        equipment=None if file.equipment is None else tuple(file.equipment),
        prompts=None if file.prompt is None else _prompts(file.prompt),
        cues={check_id: tuple(cues) for check_id, cues in file.cues.items()},
        words=frozenset(file.words),
    )


def _prompts(files: list[PromptFile]) -> tuple[Prompt, ...]:
    return tuple(Prompt(**_fields(file)) for file in files)
