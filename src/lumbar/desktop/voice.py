"""A voice, by the command that each platform brings along. Where there is none, the words on the screen have to do."""

import sys

from lumbar.desktop.commands import Run, run

_TEXT = "NOTE_SPOKEN"
_WINDOWS = f"""
Add-Type -AssemblyName System.Speech
(New-Object System.Speech.Synthesis.SpeechSynthesizer).SpeakAsync($env:{_TEXT})
Start-Sleep -Seconds 2
"""


class DesktopVoice:
    """Speaks a short sentence."""

    def __init__(self, platform: str = sys.platform, command: Run = run) -> None:
        self._platform = platform
        self._run = command

    def speak(self, text: str) -> bool:
        """Whether a voice was found."""
        if self._platform == "darwin":
            return self._run(["say", "--", text]) is not None
        if self._platform == "win32":
            return self._run(["powershell", "-NoProfile", "-Command", _WINDOWS], {_TEXT: text}) is not None
        return self._run(["spd-say", "--", text]) is not None
