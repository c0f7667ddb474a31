"""Lock, back-off, logs, ports, names: the supervisor's small parts."""

import os
import socket
from pathlib import Path

import pytest

from dispatch.management.supervisor.backoff import HEALTHY_AFTER_S, LONGEST_S, Backoff
from dispatch.management.supervisor.endpoints import join_running_house, write_endpoints
from dispatch.management.supervisor.errors import CannotStart
from dispatch.management.supervisor.lock import hold
from dispatch.management.supervisor.logs import last_line, rotate
from dispatch.management.supervisor.names import house_name, socket_folder
from dispatch.management.supervisor.ports import choose, read_ports, require_free, write_ports


def test_the_lock_refuses_a_second_holder_and_names_the_first(tmp_path: Path):
    with (
        hold(tmp_path / "up.lock"),
        pytest.raises(CannotStart, match=str(os.getpid())),
        hold(tmp_path / "up.lock"),
    ):
        pass


def test_the_lock_is_free_again_afterwards(tmp_path: Path):
    with hold(tmp_path / "up.lock"):
        pass
    with hold(tmp_path / "up.lock"):
        assert (tmp_path / "up.lock").read_text() == f"{os.getpid()}\n"
    assert (tmp_path / "up.lock").read_text() == ""


def test_the_wait_doubles_with_every_early_death_up_to_a_limit():
    backoff, waits = Backoff(), []
    for _ in range(8):
        backoff = backoff.after_death(lived_s=1)
        waits.append(backoff.delay_s)
    assert waits[:4] == [0.2, 0.4, 0.8, 1.6]
    assert waits[-1] == LONGEST_S


def test_a_long_life_is_forgiven_all_that_was_before():
    tired = Backoff(early_deaths=9)
    assert tired.after_death(lived_s=HEALTHY_AFTER_S).delay_s == Backoff().delay_s


def test_logs_of_the_last_starts_are_kept_and_the_oldest_goes(tmp_path: Path):
    log = tmp_path / "web.log"
    for start in range(6):
        rotate(log)
        log.write_text(f"start {start}\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "web.log",
        "web.log.1",
        "web.log.2",
        "web.log.3",
    ]
    assert last_line(tmp_path / "web.log.3") == "start 2"


def test_a_taken_port_is_one_clear_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Port {port} is taken"):
            require_free(port)


def test_the_port_of_the_last_start_is_taken_again_unless_somebody_has_it():
    free = choose()
    assert choose(free) == free
    with socket.create_server(("127.0.0.1", free)):
        assert choose(free) != free


def test_ports_are_written_down_and_a_broken_file_is_no_ports(tmp_path: Path):
    write_ports(tmp_path / "ports.json", {"web": 8000})
    assert read_ports(tmp_path / "ports.json") == {"web": 8000}
    (tmp_path / "ports.json").write_text("{")
    assert read_ports(tmp_path / "ports.json") == {}


def test_two_folders_have_two_names_and_a_socket_fits_below_each(tmp_path: Path):
    deep = tmp_path / "/".join(["a-long-folder"] * 12)
    assert house_name(deep) != house_name(tmp_path)
    folder = socket_folder(house_name(deep))
    try:
        assert len(str(folder / ".s.PGSQL.5432.lock")) < 107
        assert folder.stat().st_mode & 0o777 == 0o700
    finally:
        folder.rmdir()


def test_a_socket_folder_somebody_else_has_put_there_is_refused(tmp_path: Path):
    trap = Path("/tmp") / house_name(tmp_path)
    trap.symlink_to(tmp_path)
    try:
        with pytest.raises(CannotStart, match="belongs to somebody else"):
            socket_folder(house_name(tmp_path))
    finally:
        trap.unlink()


def test_another_command_finds_the_running_house_and_what_was_given_stands(tmp_path: Path):
    (tmp_path / "run").mkdir()
    endpoints = tmp_path / "run" / "endpoints"
    write_endpoints(endpoints, {"DATABASE_URL": "postgresql://house", "PORT": "8000", "HOME": "/nowhere"})
    assert endpoints.stat().st_mode & 0o777 == 0o600
    environment = {"PORT": "9000"}
    join_running_house(tmp_path, environment)
    assert environment == {"DATABASE_URL": "postgresql://house", "PORT": "9000"}


def test_without_a_running_house_nothing_is_joined(tmp_path: Path):
    environment: dict[str, str] = {}
    join_running_house(tmp_path, environment)
    assert environment == {}
