"""Native notifications, by the command that each platform brings along: no library has to be trusted with them."""

import sys

from lumbar.desktop.commands import Run, run

_TITLE, _TEXT = "NOTE_TITLE", "NOTE_TEXT"
"""Words go to other programs as variables or arguments, never as part of a script."""

_MAC = f'display notification (system attribute "{_TEXT}") with title (system attribute "{_TITLE}")'
_WINDOWS = f"""
[void][Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$kind = [Windows.UI.Notifications.ToastTemplateType]::ToastText02
$toast = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent($kind)
$lines = $toast.GetElementsByTagName('text')
[void]$lines.Item(0).AppendChild($toast.CreateTextNode($env:{_TITLE}))
[void]$lines.Item(1).AppendChild($toast.CreateTextNode($env:{_TEXT}))
$app = '{{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}}\\WindowsPowerShell\\v1.0\\powershell.exe'
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($app).Show($toast)
"""


class DesktopNotifier:
    """Shows a notification where the platform can; the terminal has the words in any case."""

    def __init__(self, platform: str = sys.platform, command: Run = run) -> None:
        self._platform = platform
        self._run = command

    def tell(self, title: str, text: str) -> bool:
        """Whether it was shown."""
        words = {_TITLE: title, _TEXT: text}
        if self._platform == "darwin":
            return self._run(["osascript", "-e", _MAC], words) is not None
        if self._platform == "win32":
            return self._run(["powershell", "-NoProfile", "-Command", _WINDOWS], words) is not None
        command = ["notify-send", "--app-name=lumbar", "--urgency=low", "--category=im", "--", title, text]
        return self._run(command) is not None
