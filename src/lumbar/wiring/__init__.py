"""Puts the rooms together. The only place that knows every one of them; it does nothing else."""

from lumbar.wiring.home import (
    backups_of,
    build_backup_folder,
    build_engine,
    build_store,
    is_encrypted,
    kept_secret,
    prepare_home,
    session_token,
    set_damaged_aside,
)
from lumbar.wiring.house import PaperPrinter, build_calendar_keys, build_house
from lumbar.wiring.machine import SystemClock, local_zone, new_id
from lumbar.wiring.outside import (
    build_calibration,
    build_desk_ports,
    build_devices,
    build_network,
    build_pairing,
    build_web,
)
from lumbar.wiring.rules import build_rules, own_catalogue
from lumbar.wiring.settings import (
    SETTINGS,
    PassphraseFile,
    Setting,
    Settings,
    passphrase_file_is_open,
    read_passphrase,
    read_settings,
)

__all__ = [
    "SETTINGS",
    "PaperPrinter",
    "PassphraseFile",
    "Setting",
    "Settings",
    "SystemClock",
    "backups_of",
    "build_backup_folder",
    "build_calendar_keys",
    "build_calibration",
    "build_desk_ports",
    "build_devices",
    "build_engine",
    "build_house",
    "build_network",
    "build_pairing",
    "build_rules",
    "build_store",
    "build_web",
    "is_encrypted",
    "kept_secret",
    "local_zone",
    "new_id",
    "own_catalogue",
    "passphrase_file_is_open",
    "prepare_home",
    "read_passphrase",
    "read_settings",
    "session_token",
    "set_damaged_aside",
]
