"""What the platform tells of itself: locked, in a call, full screen, focus. What it does not tell is unknown.

Only what a platform says by itself, without a permission and without looking into other programs: a microphone in use
stands for a call, notifications that are held back for focus mode.

Windows has one number for lock and full screen, and none for its do-not-disturb: quiet time there is only the first
hour of a new account. So its focus is yes then, and otherwise unknown, never no.
"""

import os
import sys
from collections.abc import Callable, Mapping

from lumbar.core.posture.nudge import Signal, Signals
from lumbar.desktop.commands import Run, run

_WINDOWS_AWAY, _WINDOWS_FULL, _WINDOWS_QUIET = frozenset({1}), frozenset({2, 3, 4}), frozenset({6})
"""QUERY_USER_NOTIFICATION_STATE: nobody there or locked; busy, a game, or presenting; the first hour of an account."""


class DesktopSignals:
    """Asks anew each time. A question that a platform does not answer costs nothing and is unknown."""

    def __init__(
        self,
        platform: str = sys.platform,
        command: Run = run,
        environment: Mapping[str, str] = os.environ,
        windows_state: Callable[[], int | None] | None = None,
    ) -> None:
        self._platform = platform
        self._run = command
        self._environment = environment
        self._windows_state = windows_state or _windows_state

    def now(self) -> Signals:
        """What is known at this moment."""
        if self._platform == "darwin":
            return Signals(locked=self._mac_locked())
        if self._platform == "win32":
            return self._windows()
        return Signals(self._microphone(), self._full_screen(), self._banners_off(), self._locked())

    def _locked(self) -> Signal:
        session = self._environment.get("XDG_SESSION_ID") or self._graphical_session()
        if not session:
            return Signal.UNKNOWN
        said = self._run(["loginctl", "show-session", session, "--property=LockedHint", "--value"])
        return {"yes": Signal.YES, "no": Signal.NO}.get((said or "").strip(), Signal.UNKNOWN)

    def _graphical_session(self) -> str:
        """The user's, where the terminal is none of its children: some are begun by a service, and not told."""
        said = self._run(["loginctl", "show-user", str(os.getuid()), "--property=Display", "--value"])
        return (said or "").strip()

    def _microphone(self) -> Signal:
        """Somebody records: each line is a program that listens, other than one that shows a meter."""
        said = self._run(["pactl", "list", "short", "source-outputs"])
        if said is None:
            return Signal.UNKNOWN
        return Signal.YES if said.strip() else Signal.NO

    def _full_screen(self) -> Signal:
        if not self._environment.get("DISPLAY") or self._environment.get("WAYLAND_DISPLAY"):
            return Signal.UNKNOWN  # under Wayland X knows only some of the windows
        active = self._run(["xprop", "-root", "-notype", "_NET_ACTIVE_WINDOW"])
        window = "" if active is None else active.strip().rpartition(" ")[2]
        if not window.startswith("0x") or window == "0x0":
            return Signal.UNKNOWN
        said = self._run(["xprop", "-id", window, "-notype", "_NET_WM_STATE"])
        if said is None:
            return Signal.UNKNOWN
        return Signal.YES if "_NET_WM_STATE_FULLSCREEN" in said else Signal.NO

    def _banners_off(self) -> Signal:
        """Under another desktop GNOME's switch is there as well, and nobody turns it."""
        if "GNOME" not in self._environment.get("XDG_CURRENT_DESKTOP", "").split(":"):
            return Signal.UNKNOWN
        said = self._run(["gsettings", "get", "org.gnome.desktop.notifications", "show-banners"])
        return {"false": Signal.YES, "true": Signal.NO}.get((said or "").strip(), Signal.UNKNOWN)

    def _mac_locked(self) -> Signal:
        said = self._run(["ioreg", "-n", "Root", "-d1", "-a"])
        if said is None:
            return Signal.UNKNOWN
        return Signal.YES if "CGSSessionScreenIsLocked" in said else Signal.NO

    def _windows(self) -> Signals:
        state = self._windows_state()
        if state is None:
            return Signals()
        focus = Signal.YES if state in _WINDOWS_QUIET else Signal.UNKNOWN
        return Signals(Signal.UNKNOWN, _yes(state in _WINDOWS_FULL), focus, _yes(state in _WINDOWS_AWAY))


def _yes(holds: bool) -> Signal:
    return Signal.YES if holds else Signal.NO


def _windows_state() -> int | None:
    """SHQueryUserNotificationState of the shell; None where there is no such shell."""
    try:
        import ctypes

        state = ctypes.c_int()
        asked = ctypes.windll.shell32.SHQueryUserNotificationState(ctypes.byref(state))  # type: ignore[attr-defined]
    except (ImportError, AttributeError, OSError):
        return None
    return state.value if asked == 0 else None
