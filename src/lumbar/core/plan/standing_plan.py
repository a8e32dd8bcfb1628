"""What a plan has come to at a moment, form by form, whatever of it is due."""

from collections.abc import Mapping
from datetime import datetime

from lumbar.core.plan.courses import course_on
from lumbar.core.plan.history import fold
from lumbar.core.plan.moment import Moment
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.proposed import in_plan
from lumbar.core.record import Record, day_of
from lumbar.core.safety import conclude, stand


def in_plan_on(programme: Programme, record: Record, at: datetime) -> Mapping[str, str]:
    """The hardest form of each exercise that the plan has come to by then: from there on, changes can wait."""
    on, history = day_of(at), fold(record)
    verdict = stand(record, programme.form, at).verdict or conclude((), (), programme.form, on)
    moment = Moment(programme, history, course_on(programme, record, history, on), verdict, at)
    return in_plan(programme, moment.known)
