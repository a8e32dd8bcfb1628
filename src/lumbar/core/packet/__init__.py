"""What an expert is shown of a plan in a minute, and what they may answer.

packet    the packet as a value
make      record, programme and moment -> packet
rows      one line an exercise: form, dose, what comes next
ahead     the rules that the plan will follow next
past      what was kept, the worst of late, what a camera measured
log       what went wrong, and what was advised then
troubles  of that, what was told at once
answer    an expert's answer, checked -> facts
settled   what an answer did, once it is in the record
"""

from lumbar.core.packet.answer import AnswerTo, read_answer
from lumbar.core.packet.log import log_of
from lumbar.core.packet.make import make_packet, shown_rows
from lumbar.core.packet.packet import Event, Held, Kept, Packet, Question, Row, Score, Screened, WalkRow
from lumbar.core.packet.plain import as_json
from lumbar.core.packet.rows import whole_sets
from lumbar.core.packet.settled import settled

__all__ = [
    "AnswerTo",
    "Event",
    "Held",
    "Kept",
    "Packet",
    "Question",
    "Row",
    "Score",
    "Screened",
    "WalkRow",
    "as_json",
    "log_of",
    "make_packet",
    "read_answer",
    "settled",
    "shown_rows",
    "whole_sets",
]
