"""What an expert is shown of a plan in a minute, and what they may answer.

packet    the packet as a value
make      record, programme and moment -> packet
rows      one line an exercise: form, dose, what comes next
ahead     the rules that the plan will follow next
past      what was kept, what went wrong, what a camera measured
answer    an expert's answer, checked -> facts
"""

from lumbar.core.packet.answer import AnswerTo, read_answer
from lumbar.core.packet.make import make_packet, shown_rows
from lumbar.core.packet.packet import Event, Held, Kept, Packet, Question, Row, Score, Screened, WalkRow
from lumbar.core.packet.plain import as_json

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
    "make_packet",
    "read_answer",
    "shown_rows",
]
