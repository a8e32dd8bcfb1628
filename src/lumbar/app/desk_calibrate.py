"""Takes a baseline: three poses of a few seconds before the camera, guided by voice and text.

Only averages of a few measures are kept.
"""

from lumbar.app.desk import Desk, Profile, profile_name
from lumbar.app.desk_ports import Voice
from lumbar.app.desk_watch import DeskPorts
from lumbar.app.ports import Person
from lumbar.catalog.words import Words
from lumbar.core.body import Frame
from lumbar.core.message import Message, say
from lumbar.core.posture import calibrate

_POSES = ("usual", "tall", "slump")
"""As it comes first, before anybody has thought of how to sit."""


class Calibration:
    """One guided calibration."""

    def __init__(self, desk: Desk, ports: DeskPorts, voice: Voice, words: Words) -> None:
        self._desk = desk
        self._ports = ports
        self._voice = voice
        self._words = words
        self._began_s = ports.clock.monotonic_s()

    def run(self, person: Person, name: str) -> Profile:
        """Guide through the poses, and keep the profile.

        Raises Conflict while everything is paused, Misuse for a name that is none, BadMedia for the camera, and
        BadInput when the poses could not be seen or look alike; then nothing is kept.
        """
        self._desk.need_open(person)
        name = profile_name(name)  # before anybody takes up three poses for it
        ports, settings = self._ports, self._desk.settings
        ports.eyes.open()
        try:
            seconds = f"{settings.calibration.capture_s:g}"
            ports.screen.tell(say("cli.posture.calibrate", profile=name, seconds=seconds))
            poses = {pose: self._pose(pose) for pose in _POSES}
        finally:
            ports.eyes.close()
        baseline = calibrate(poses["tall"], poses["slump"], settings, poses["usual"])
        self._desk.keep(person, name, baseline, ports.eyes.model)
        measures = ", ".join(self._words.written(say(f"cli.posture.measure.{span.measure}")) for span in baseline.spans)
        ports.screen.tell(say("cli.posture.kept", measures=measures))
        return self._desk.profile(person, name, ports.eyes.model)

    def _pose(self, pose: str) -> list[Frame]:
        settings, clock = self._desk.settings.calibration, self._ports.clock
        self._say(say("cli.posture.pose", pose=f"@posture.pose.{pose}"))
        self._ports.screen.key(settings.get_ready_s)
        self._say(say("cli.posture.hold"))
        ends_s = clock.monotonic_s() + settings.capture_s
        frames = []
        while clock.monotonic_s() < ends_s:
            frames.append(self._ports.eyes.look(clock.monotonic_s() - self._began_s).frame)
            self._ports.screen.key(1.0 / settings.captures_hz)
        return frames

    def _say(self, message: Message) -> None:
        self._ports.screen.tell(message)
        self._voice.speak(self._words.spoken(message))
