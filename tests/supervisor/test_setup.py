"""The set-up on machines that lack something: one sentence, exit 1, nothing half done."""

import shutil
import socket
import subprocess
from pathlib import Path

import pytest

TOOLS = (
    "bash",
    "env",
    "cat",
    "mkdir",
    "rm",
    "ls",
    "df",
    "awk",
    "flock",
    "sleep",
    "date",
    "cut",
    "sha256sum",
    "grep",
)
CI = Path(__file__).parents[2] / ".ci"


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """A clone and a PATH on which there is no Python and no Node."""
    shutil.copytree(CI, tmp_path / "clone" / ".ci")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        if found:
            (tools / name).symlink_to(found)
    return tmp_path


def set_up(machine: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / "clone" / ".ci" / "setup", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(machine / "bin"), "HOME": str(machine), **environment},
    )


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_no_python_is_one_sentence_and_nothing_is_made(bare_machine: Path):
    said = sentence(set_up(bare_machine))
    assert "needs Python 3.12 or 3.13" in said
    assert not (bare_machine / "clone" / ".venv").exists()


def test_a_shim_that_fails_is_no_python(bare_machine: Path):
    shim = bare_machine / "bin" / "python3.13"
    shim.write_text("#!/bin/sh\necho 'python3.13: command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert "needs Python 3.12 or 3.13" in sentence(set_up(bare_machine))


def test_a_taken_port_is_said_before_anything_is_begun(bare_machine: Path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = sentence(set_up(bare_machine, "run", PORT=str(port)))
    assert f"port {port} is taken" in said
    assert not (bare_machine / "clone" / "var").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("SPEED", "0"),
        ("SPEED", "121"),
        ("SPEED", "fast"),
        ("CITY", "../etc"),
    ],
)
def test_a_variable_that_makes_no_sense_is_named(bare_machine: Path, name: str, value: str):
    said = sentence(set_up(bare_machine, "run", **{"PORT": "1", name: value}))
    assert name in said
    assert value in said
