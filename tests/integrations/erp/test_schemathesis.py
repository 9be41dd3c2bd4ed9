"""The whole description, read by a stranger: whatever it allows is answered as it says, whatever key is held.

API_EXAMPLES is how many cases of each operation are made up, API_PHASES which of schemathesis' phases run (`coverage`
walks through the bounds of every word and takes minutes), API_SEED where chance begins.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread

from plant.key_scopes import SCOPES
from tests.integrations.erp.callers import caller
from tests.mes import factories as floor

EXAMPLES, PHASES = os.environ.get("API_EXAMPLES", ""), os.environ.get("API_PHASES", "")
WHOLLY, BRIEFLY = ("2", "examples,fuzzing"), ("1", "fuzzing")  # most of what few scopes send is refused at the door
SEED = os.environ.get("API_SEED", "20261123")
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance"
)
ROLES = {
    "everything": tuple(SCOPES),
    "erp": ("master:read", "master:write", "orders:read", "orders:write", "shipments:write", "lots:read", "lots:write"),
    "floor": ("andon:write", "maintenance:write", "scans:write", "readings:write", "quality:write", "holds:write"),
    "reader": tuple(scope for scope in SCOPES if scope.endswith(":read")),
    "metrics": ("metrics",),
}


@pytest.fixture(name="url")
def a_server(committed_db: None) -> Iterator[str]:
    """The plant behind a real port, whose rows everybody sees."""
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


def run(url: str, key: str, folder: Path, much: tuple[str, str]) -> tuple[int, str]:
    """Schemathesis against a server: whether it found something, and what."""
    examples, phases = EXAMPLES or much[0], PHASES or much[1]
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--config-file", os.devnull, "run",
        f"{url}/api/v1/schema/", "--checks", CHECKS, "--phases", phases, "--max-examples", examples, "--seed", SEED,
        "--header", f"Authorization: Api-Key {key}", "--header", "Accept-Language: en", "--generation-database", "none",
        "--suppress-health-check", "all", "--warnings", "off", "--no-shrink", "--no-color", "--continue-on-failure",
    ]
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.mark.timeout(3600 if "coverage" in PHASES else 400)
@pytest.mark.parametrize("role", ROLES)
def test_nothing_fails_and_nothing_is_answered_that_is_not_described(url, tmp_path, role):
    floor.world()

    status, said = run(url, caller(*ROLES[role], name=role).text, tmp_path, WHOLLY if role == "everything" else BRIEFLY)

    assert status == 0, said[-12_000:]
    assert " passed" in said
