"""What real hosts are given: pinned, not root, watched, and told only what the code reads."""

import re
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from accounts.sealing import read_ring
from config.reference import list_found
from tests.deploy.compose import ROOT, read_compose

COMPOSE = read_compose(DOMAIN="charge.example")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: row for name, row in SERVICES.items() if row["image"].startswith("voltrun:")}
# It ends by itself, or an alert sees that it does not tick.
WITHOUT_HEALTH = {"prepare", "city", "beat"}
# Read by uvicorn, by Django and by Python, not by the settings.
OTHERS = {"FORWARDED_ALLOW_IPS"}
EXACT = re.compile(r":\d+\.\d+(\.\d+)?(-[a-z0-9]+)*$")

services = pytest.mark.parametrize("name", SERVICES)


def run(*command: str | Path) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_what_a_compose_file_may_be():
    run(ROOT / ".venv/bin/check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml")


def test_yaml_is_written_with_care():
    files = [path.relative_to(ROOT) for path in (ROOT / "deploy").glob("*.yaml")]
    run(ROOT / ".venv/bin/yamllint", "--strict", "-c", "deploy/yamllint.yaml", "compose.yaml", *files)


def test_the_container_file_is_written_with_care():
    run(ROOT / ".venv/bin/hadolint", "Containerfile")


@services
def test_every_image_is_ours_or_of_an_exact_version(name):
    image = SERVICES[name]["image"]
    assert image.startswith(("voltrun:", "voltrun-proxy:")) or EXACT.search(image)


def test_every_image_we_build_upon_is_of_an_exact_version():
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Containerfile").read_text(), re.MULTILINE)
    assert len(bases) >= 4
    assert [base for base in bases if not EXACT.search(base)] == []


@services
def test_nobody_is_root_and_nobody_may_become_it(name):
    row = SERVICES[name]
    assert not row["user"].startswith(("0", "root"))
    assert row["cap_drop"] == ["ALL"]
    assert row["security_opt"] == ["no-new-privileges:true"]


@services
def test_what_lies_in_an_image_cannot_be_changed(name):
    assert SERVICES[name]["read_only"] is True


@services
def test_nobody_takes_the_whole_host(name):
    assert {"mem_limit", "pids_limit"} <= set(SERVICES[name])


@services
def test_each_is_asked_how_it_is(name):
    assert name in WITHOUT_HEALTH or "healthcheck" in SERVICES[name]


def test_only_the_proxy_can_be_reached_from_outside():
    assert [name for name, row in SERVICES.items() if "ports" in row] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", OURS)
def test_each_is_told_only_what_the_code_reads(name):
    read = {setting.name for setting in list_found()}
    secret = {f"{setting.name}_FILE" for setting in list_found() if setting.secret}
    assert set(OURS[name]["environment"]) <= read | secret | OTHERS


@services
def test_nothing_is_taken_from_whoever_starts_the_containers(name):
    # A name without a value is looked up there; an empty text is not.
    given = SERVICES[name].get("environment") or {}
    assert [key for key, value in given.items() if value is None] == []


@services
def test_no_secret_stands_in_an_environment(name):
    for key, value in (SERVICES[name].get("environment") or {}).items():
        if re.search(r"PASSWORD|SECRET|TOKEN|DATABASE_URL|REDIS_URL", key):
            assert key.endswith("_FILE")
            assert Path(value).name in SERVICES[name]["secrets"]


@services
def test_what_it_names_is_there(name):
    row = SERVICES[name]
    assert set(row.get("secrets", [])) <= set(COMPOSE["secrets"])
    assert set(row.get("depends_on", {})) <= set(SERVICES)
    volumes = {volume.partition(":")[0] for volume in row.get("volumes", [])}
    assert {volume for volume in volumes if "/" not in volume} <= set(COMPOSE["volumes"])


def test_every_secret_is_made_once_and_for_its_owner_alone(tmp_path):
    folder = tmp_path / "secrets"
    run(ROOT / "deploy/make-secrets", folder)
    made = {path.name: path.read_text() for path in folder.iterdir()}
    assert {Path(row["file"]).name for row in COMPOSE["secrets"].values()} == set(made)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(made["secret_key"]) >= 50
    assert len(read_ring(made["field_keys"]).keys["k1"]) == 32
    assert made["postgres_password"] in made["database_url"]
    run(ROOT / "deploy/make-secrets", folder)
    assert {path.name: path.read_text() for path in folder.iterdir()} == made


def test_without_the_name_of_the_house_nothing_starts():
    with pytest.raises(KeyError, match="DOMAIN"):
        read_compose()
