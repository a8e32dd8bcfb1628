"""What goes out over HTTP, as the interface's description shows it, a module for each room that it tells of.

Core and the use cases build it; a test holds what they build against these.
"""

from lumbar.web.schemas.day import (
    DayAsShownOut,
    DayOut,
    DueOut,
    GoalOut,
    ItemOut,
    ProposalOut,
    StepOut,
    VerdictOut,
    WaitsOut,
    WalkOut,
)
from lumbar.web.schemas.exercises import ExerciseOut, SourceOut
from lumbar.web.schemas.lan import DeviceOut, DevicesOut, InvitationOut, LanOut, PairedOut, RevokedOut
from lumbar.web.schemas.outcomes import (
    ChangeOut,
    InstrumentOut,
    LimitsOut,
    MattersOut,
    OutcomesOut,
    PublishedOut,
    RatedOut,
    ScoreOut,
    WalkedOut,
)
from lumbar.web.schemas.parts import HealthOut, MessageOut, ProblemOut, ReasonOut, WordsOut
from lumbar.web.schemas.past import HeldOut, HistoryOut, PastDayOut, PastEffortOut, PastPainOut, PastSetOut
from lumbar.web.schemas.session import CurrentOut, HoldDoneOut, LeaseOut, ScriptOut, StartedOut
from lumbar.web.schemas.told import AnswerOut, MyselfOut, RecordedOut, TakenOut
from lumbar.web.schemas.why import BecauseOut, NumberOut, RuleOut, WhyOut

__all__ = [
    "AnswerOut",
    "BecauseOut",
    "ChangeOut",
    "CurrentOut",
    "DayAsShownOut",
    "DayOut",
    "DeviceOut",
    "DevicesOut",
    "DueOut",
    "ExerciseOut",
    "GoalOut",
    "HealthOut",
    "HeldOut",
    "HistoryOut",
    "HoldDoneOut",
    "InstrumentOut",
    "InvitationOut",
    "ItemOut",
    "LanOut",
    "LeaseOut",
    "LimitsOut",
    "MattersOut",
    "MessageOut",
    "MyselfOut",
    "NumberOut",
    "OutcomesOut",
    "PairedOut",
    "PastDayOut",
    "PastEffortOut",
    "PastPainOut",
    "PastSetOut",
    "ProblemOut",
    "ProposalOut",
    "PublishedOut",
    "RatedOut",
    "ReasonOut",
    "RecordedOut",
    "RevokedOut",
    "RuleOut",
    "ScoreOut",
    "ScriptOut",
    "SourceOut",
    "StartedOut",
    "StepOut",
    "TakenOut",
    "VerdictOut",
    "WaitsOut",
    "WalkOut",
    "WalkedOut",
    "WhyOut",
    "WordsOut",
]
