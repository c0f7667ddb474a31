"""Processes that outlived their master: found by the folder they work in, and ended."""

import time
from pathlib import Path

import psutil

_WITHIN_S = 5


def kill_leftovers(name: str, folder: Path) -> None:
    """Kill every process of this name that works in the folder, and wait until it is gone."""
    place = str(folder.resolve())
    found = [process for process in psutil.process_iter(["name"]) if _is_one(process, name, place)]
    for process in found:
        _kill(process)
    _wait_until_gone(found)


def _is_one(process: psutil.Process, name: str, place: str) -> bool:
    try:
        return bool(process.info["name"] == name and process.cwd() == place)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


def _wait_until_gone(processes: list[psutil.Process]) -> None:
    deadline = time.monotonic() + _WITHIN_S
    while time.monotonic() < deadline and any(_lives(process) for process in processes):
        time.sleep(0.02)


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
