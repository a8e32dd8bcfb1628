"""What it costs to take ten years out and in: a session of thirty facts each day, its script among them.

Seconds of the processor, each measured once. The promise is an export under 5 s. What comes in is then asked for
the first time after a start, which reads and folds all of it.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from lumbar import wiring
from lumbar.core.record import Fact, new_fact

BEGAN = datetime(2016, 1, 1, 7, 30, tzinfo=UTC)
DAYS, HOLDS_A_DAY = 3_650, 25
PROMISED_S = 5.0


def facts(person: str, script: dict[str, Any], exercises: list[str]) -> Iterator[Fact]:
    """Ten years of facts."""
    made = 0

    def fact(fact_type: str, at: datetime, **body: object) -> Fact:
        nonlocal made
        made += 1
        fact_id = str(UUID(int=int(at.timestamp() * 1000) << 80 | 0x7 << 76 | 0b10 << 62 | made))
        return new_fact(fact_type, body, fact_id=fact_id, person=person, at=at, zone="UTC", device="tablet")

    for number in range(DAYS):
        at, session = BEGAN + timedelta(days=number), f"session-{number}"
        yield fact("pain-reported", at, when="before", nprs=2, further_down_leg=False, session=session)
        yield fact("session-started", at, session=session, script=script)
        for step in range(HOLDS_A_DAY):
            yield fact(
                "set-done", at + timedelta(seconds=60 * step + 60), session=session, step=step,
                exercise=exercises[step % len(exercises)], rung="forearm", side=None, set=1, hold=1, target_s=30.0,
                credited_s=24.5, outcome="done", measured=True, in_position_s=29.0, unjudged_s=0.5,
                faults=[{"id": "hips-sagging", "from_s": 3.0, "to_s": 4.5}], coach="0.1.0", model="full",
            )  # fmt: skip
        yield fact("effort-reported", at + timedelta(minutes=30), session=session, effort=5)
        yield fact("session-ended", at + timedelta(minutes=30), session=session, how="finished")


def measured(name: str, work: Callable[[], Any]) -> Any:
    """Do it, and say what it cost."""
    began_s = time.process_time()
    result = work()
    print(f"{name:<28} {time.process_time() - began_s:6.2f} s", flush=True)
    return result


def main() -> None:
    """Fill a house, take everything out in every way, and bring it into another one."""
    with tempfile.TemporaryDirectory() as folder:
        settings = [wiring.read_settings({"LUMBAR_HOME": str(Path(folder) / name)}) for name in ("one", "two")]
        rules = wiring.build_rules(settings[0])
        stores = [wiring.build_store(one) for one in settings]
        one, two = (
            wiring.build_house(rules, store, "token", settings=s) for store, s in zip(stores, settings, strict=True)
        )
        mine, yours = one.people.only(), two.people.only()
        # As large as a real one, which the plan makes only for somebody who was screened.
        script = {"steps": [{"i": number, "words": "x" * 160, "kind": "hold"} for number in range(100)]}
        told = list(facts(mine.id, script, list(rules.programme.exercises)))
        stores[0].append(mine.id, told)
        print(f"{len(told)} facts, {DAYS} days")
        whole = measured("JSON", lambda: b"".join(one.export_record(mine, "json").pieces))
        print(f"{'':<28} {len(whole) / 1e6:6.0f} MB; {PROMISED_S:g} s were promised")
        measured("CSV", lambda: b"".join(one.export_record(mine, "csv").pieces))
        measured("FHIR", lambda: b"".join(one.export_record(mine, "fhir").pieces))
        measured("backup", one.backups.make)
        measured("import", lambda: two.import_record.take(yours, whole))
        started = wiring.build_house(rules, stores[1], "token", settings=settings[1])
        measured("first answer after a start", lambda: started.show_today(yours))
        measured("erase", lambda: one.erase_everything(mine, "erase"))
        for store in stores:
            store.close()


if __name__ == "__main__":
    main()
