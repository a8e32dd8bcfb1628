"""A folder of recordings to traces, on all cores.

What is done stays done: the same call again goes on where it stopped.
"""

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from lumbar.core.errors import BadMedia, LumbarError, Misuse
from lumbar.core.message import Param
from lumbar.pose import trace
from lumbar.pose.files import PICTURES, VIDEOS
from lumbar.pose.models import LANDMARKS
from lumbar.pose.recordings import need_libraries, write_trace

_SUFFIX = ".jsonl.gz"


@dataclass(frozen=True, slots=True)
class Job:
    """A recording, and the trace that it becomes."""

    source: Path
    trace: Path

    @property
    def done(self) -> bool:
        """Whether its trace is there, whole, of our model, and no older than the recording."""
        try:
            if self.trace.stat().st_mtime < self.source.stat().st_mtime:
                return False
            return trace.read_header(self.trace).model.get("sha256") == LANDMARKS.sha256
        except (OSError, LumbarError):
            return False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: its frames and those with a person; or why not, as a message's id and parameters.

    It comes from another process, and so it is made of plain values.
    """

    job: Job
    frames: int = 0
    seen: int = 0
    problem: tuple[str, dict[str, Param]] | None = None


def jobs_in(folder: Path, out: Path) -> list[Job]:
    """Every video and picture in a folder and below it, each with a trace of its own in the same place below `out`.

    Raises BadMedia when there is none, and Misuse when `out` is a file or lies where the recordings would be read from.
    """
    if out.exists() and not out.is_dir():
        raise Misuse("error.batch-out", file=out.name)
    kinds = PICTURES | VIDEOS
    sources = sorted(path for path in folder.rglob("*") if path.suffix.lower() in kinds and path.is_file())
    if not sources:
        raise BadMedia("error.batch-empty", folder=folder.name or str(folder))
    return [Job(source, _beside(out / source.relative_to(folder))) for source in sources]


def _beside(path: Path) -> Path:
    return path.with_name(path.name + _SUFFIX)


def cores() -> int:
    """How many processes may work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(jobs: Iterable[Job], processes: int) -> Iterator[Outcome]:
    """Do the jobs, each in one of so many processes, and tell of each as it ends.

    An interrupt ends the processes; a trace that was half-written then leaves nothing behind.
    """
    need_libraries()
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_hear_no_interrupt)
    under_way: set[Future[Outcome]] = {pool.submit(_do, job) for job in jobs}
    try:
        while under_way:
            ended, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in ended)
    finally:
        workers = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        if under_way:
            for worker in workers:
                worker.terminate()
        for worker in workers:
            worker.join()


def _hear_no_interrupt() -> None:
    """The first process alone decides what an interrupt means, and a terminal that is closed; being told to end is
    another thing, and clears away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)


def _leave(_signal: int, _frame: object) -> None:
    raise SystemExit(1)


def _do(job: Job) -> Outcome:
    try:
        job.trace.parent.mkdir(parents=True, exist_ok=True)
        frames, seen = write_trace(job.source, job.trace, threads=1)
    except OSError:
        return Outcome(job, problem=("error.trace-unwritable", {"file": job.trace.name}))
    except LumbarError as error:
        return Outcome(job, problem=(error.message.id, dict(error.message.params)))
    return Outcome(job, frames, seen)
