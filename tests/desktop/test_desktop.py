"""The platform's own commands, told what they say: yes, no or unknown; and words that no shell or script ever sees."""

from collections.abc import Mapping, Sequence

import pytest

from lumbar.core.posture.nudge import Signal, Signals
from lumbar.desktop.commands import run
from lumbar.desktop.notify import DesktopNotifier
from lumbar.desktop.signals import DesktopSignals
from lumbar.desktop.voice import DesktopVoice

X11 = {"XDG_SESSION_ID": "3", "DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}


class Said:
    """Answers commands by their first words."""

    def __init__(self, answers: Mapping[str, str | None]) -> None:
        self.answers = answers
        self.ran: list[tuple[list[str], dict[str, str]]] = []

    def __call__(self, command: Sequence[str], words: Mapping[str, str] | None = None) -> str | None:
        self.ran.append((list(command), dict(words or {})))
        said = " ".join(command)
        return next((answer for begin, answer in self.answers.items() if said.startswith(begin)), None)


def linux(answers: Mapping[str, str | None], environment: Mapping[str, str] = X11) -> Signals:
    return DesktopSignals("linux", Said(answers), environment).now()


@pytest.mark.parametrize(
    ("command", "answer", "name", "wanted"),
    [
        ("loginctl show-session 3", "yes\n", "locked", Signal.YES),
        ("loginctl show-session 3", "no\n", "locked", Signal.NO),
        ("loginctl show-session 3", "\n", "locked", Signal.UNKNOWN),
        ("pactl", "54\t1\t53\tPipeWire\tfloat32le 1ch 48000Hz\n", "call", Signal.YES),
        ("pactl", "", "call", Signal.NO),
        ("pactl", None, "call", Signal.UNKNOWN),
        ("gsettings", "false\n", "focus", Signal.YES),
        ("gsettings", "true\n", "focus", Signal.NO),
        ("gsettings", "No such schema", "focus", Signal.UNKNOWN),
    ],
)
def test_linux(command: str, answer: str | None, name: str, wanted: Signal) -> None:
    assert getattr(linux({command: answer}), name) is wanted


@pytest.mark.parametrize("desktop", ["KDE", "X-Cinnamon", "XFCE", "", None])
def test_the_switch_of_a_desktop_that_does_not_run_tells_nothing(desktop: str | None) -> None:
    """Its settings are installed with many programs, and say then that do-not-disturb is off, for ever."""
    environment = {} if desktop is None else {"XDG_CURRENT_DESKTOP": desktop}
    for banners in ("true\n", "false\n"):
        assert linux({"gsettings": banners}, environment).focus is Signal.UNKNOWN


@pytest.mark.parametrize(("display", "wanted"), [("2\n", Signal.YES), ("\n", Signal.UNKNOWN), (None, Signal.UNKNOWN)])
def test_a_terminal_that_is_not_told_its_session_asks_for_the_users_own(display: str | None, wanted: Signal) -> None:
    answers = {"loginctl show-user": display, "loginctl show-session 2 ": "yes\n"}
    assert linux(answers, {}).locked is wanted


@pytest.mark.parametrize(
    ("active", "state", "wanted"),
    [
        ("_NET_ACTIVE_WINDOW: window id # 0x1e00007\n", "_NET_WM_STATE = _NET_WM_STATE_FULLSCREEN\n", Signal.YES),
        ("_NET_ACTIVE_WINDOW: window id # 0x1e00007\n", "_NET_WM_STATE = \n", Signal.NO),
        ("_NET_ACTIVE_WINDOW: window id # 0x0\n", "", Signal.UNKNOWN),
        (None, None, Signal.UNKNOWN),
    ],
)
def test_full_screen_under_x(active: str | None, state: str | None, wanted: Signal) -> None:
    assert linux({"xprop -root": active, "xprop -id": state}).full_screen is wanted


def test_a_platform_that_tells_nothing_is_unknown() -> None:
    assert linux({}, {}) == Signals()
    assert DesktopSignals("darwin", Said({})).now() == Signals()
    assert DesktopSignals("win32", Said({}), windows_state=lambda: None).now() == Signals()


def test_mac_tells_its_lock() -> None:
    locked = "<key>CGSSessionScreenIsLocked</key><true/>"
    assert DesktopSignals("darwin", Said({"ioreg": locked})).now() == Signals(locked=Signal.YES)
    assert DesktopSignals("darwin", Said({"ioreg": "<plist/>"})).now() == Signals(locked=Signal.NO)


@pytest.mark.parametrize(
    ("state", "yes"), [(1, "locked"), (2, "full_screen"), (3, "full_screen"), (4, "full_screen"), (5, ""), (6, "focus")]
)
def test_windows_tells_lock_and_full_screen_by_one_number(state: int, yes: str) -> None:
    told = DesktopSignals("win32", Said({}), windows_state=lambda: state).now()
    assert told.call is Signal.UNKNOWN
    named = {name: getattr(told, name) for name in ("locked", "full_screen")}
    assert named == {name: Signal.YES if name == yes else Signal.NO for name in named}


@pytest.mark.parametrize(("state", "wanted"), [(5, Signal.UNKNOWN), (2, Signal.UNKNOWN), (6, Signal.YES)])
def test_windows_never_says_that_it_does_not_want_to_be_left_in_peace(state: int, wanted: Signal) -> None:
    """Its number has no state for do-not-disturb; 6 is the first hour of a new account."""
    assert DesktopSignals("win32", Said({}), windows_state=lambda: state).now().focus is wanted


NASTY = "\"; rm -rf / $(id) ' -e"


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_notification_never_makes_words_part_of_a_script(platform: str) -> None:
    command = Said({"notify-send": "", "osascript": "", "powershell": ""})
    assert DesktopNotifier(platform, command).tell(NASTY, NASTY)
    ((ran, words),) = command.ran
    assert all(part == NASTY or NASTY not in part for part in ran)
    assert (NASTY in ran) or set(words.values()) == {NASTY}


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_where_there_is_no_command_nothing_is_shown_and_nothing_breaks(platform: str) -> None:
    assert not DesktopNotifier(platform, Said({})).tell("a", "b")
    assert not DesktopVoice(platform, Said({})).speak("a")


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_voice_speaks(platform: str) -> None:
    command = Said({"spd-say": "", "say": "", "powershell": ""})
    assert DesktopVoice(platform, command).speak(NASTY)
    ((ran, words),) = command.ran
    assert NASTY in ran or NASTY in words.values()


def test_a_command_that_is_missing_or_fails_says_nothing() -> None:
    assert run(["no-such-command-of-lumbar"]) is None
    assert run(["false"]) is None
    assert run(["echo", "fine"]) == "fine\n"
    assert run(["sh", "-c", 'echo "$NOTE_SPOKEN"'], {"NOTE_SPOKEN": "a"}) == "a\n"
