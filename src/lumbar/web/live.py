"""The live socket: a page's frames to the hold's coach, the coach's events back.

One message is answered before the next is read, so nothing piles up here: a page that sends faster is slowed down by
its own socket, and one that does not read is let go after a while. Whatever goes wrong ends the connection only; the
coach stays for the next one.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from lumbar.app.house import House
from lumbar.app.live import LiveBadFrame, LiveLine, WatchLine
from lumbar.app.ports import Person
from lumbar.core.body import Frame
from lumbar.core.coach import Event
from lumbar.core.errors import BadFrame, Conflict, LumbarError, Misuse
from lumbar.core.message import Message
from lumbar.web import wire
from lumbar.web.problems import sentence

CANNOT_READ = 1003
NOT_ALLOWED = 1008

SEND_PATIENCE_S = 10.0
ASK_AGAIN_S = 5.0
"""How often it is looked at whether whoever speaks may still do so."""

SLICE = 64
"""Frames judged at a stretch, about 10 ms of work, before others have their turn."""

MOST_FRAMES_S = 150
"""Frames a second in the long run, well above any camera."""

HELD_FRAMES = 40_000
"""Frames that may come in a burst: ten minutes of a camera, sent again after a restart."""


class Allowance:
    """How many frames a connection may still send; it grows with time."""

    def __init__(self, now_s: float) -> None:
        self._left = float(HELD_FRAMES)
        self._at_s = now_s

    def take(self, frames: int, now_s: float) -> bool:
        """Whether so many may come now."""
        self._left = min(HELD_FRAMES, self._left + (now_s - self._at_s) * MOST_FRAMES_S)
        self._at_s = now_s
        if frames > self._left:
            return False
        self._left -= frames
        return True


class Conversation:
    """One connection, from its hello to its end."""

    def __init__(self, socket: WebSocket, house: House, who: Callable[[], Person]) -> None:
        """who: whose hold it is; asked at each hello and now and then, and raises NotAllowed once they may not any
        more."""
        self._socket = socket
        self._house = house
        self._who = who
        self._asked_s = -ASK_AGAIN_S
        self._words = house.rules.tongues.of(socket.headers.get("accept-language"))
        self._line: LiveLine | WatchLine | None = None
        self._allowance = Allowance(asyncio.get_running_loop().time())

    async def run(self) -> None:
        """Talk until the page leaves, or says something that cannot be used."""
        await self._socket.accept()
        try:
            while True:
                await self._answer(await self._socket.receive())
        except (WebSocketDisconnect, TimeoutError):
            return
        except LumbarError as error:
            await self._part(error)

    async def _answer(self, received: Mapping[str, Any]) -> None:
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(received.get("code") or 1000)
        if received.get("text") is not None:
            person = await asyncio.to_thread(self._who)
            self._line = self._house.live.open(person, wire.decode_hello(received["text"]))
            coach = self._house.rules.coach
            await self._send(wire.welcome_json(self._line.next_seq, self._line.progress, coach))
            return
        if self._line is None:
            raise Misuse("error.live-no-hello")
        await self._still_welcome()
        frames = wire.decode_frames(received["bytes"], self._line.hello.aspect)
        if not self._allowance.take(len(frames), asyncio.get_running_loop().time()):
            raise Conflict("error.live-flood")
        await self._coach(self._line, frames)

    async def _still_welcome(self) -> None:
        now_s = asyncio.get_running_loop().time()
        if now_s - self._asked_s >= ASK_AGAIN_S:
            await asyncio.to_thread(self._who)
            self._asked_s = now_s

    async def _coach(self, line: LiveLine | WatchLine, frames: list[tuple[int, Frame]]) -> None:
        for start in range(0, len(frames), SLICE):
            try:
                events = line.feed(frames[start : start + SLICE])
            except LiveBadFrame as error:
                await self._tell(error.events)
                raise
            await self._tell(events)
            await asyncio.sleep(0)
        await self._send(wire.ack_json(line.next_seq, line.progress))

    async def _tell(self, events: Iterable[Event]) -> None:
        for event in events:
            await self._send(wire.event_json(event))

    async def _send(self, told: Mapping[str, Any]) -> None:
        text = json.dumps(told, separators=(",", ":"), allow_nan=False)
        await asyncio.wait_for(self._socket.send_text(text), SEND_PATIENCE_S)

    async def _part(self, error: LumbarError) -> None:
        message: Message = error.message
        unreadable = isinstance(error, BadFrame) and not isinstance(error, LiveBadFrame)
        try:
            await self._send(wire.problem_json(message, sentence(self._words, message)))
            await self._socket.close(CANNOT_READ if unreadable else NOT_ALLOWED)
        except (WebSocketDisconnect, TimeoutError, RuntimeError):
            return
