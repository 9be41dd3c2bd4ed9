"""Published and reference answers that lie beside the project; without them their tests skip loudly."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "conformance"


def load(name: str) -> Any:
    """The case `name` ("spc/rules_cont_qcc3"), parsed; skips the test where the file is absent, and names it."""
    path = locate(name if name.endswith(".json") else f"{name}.json")
    return _parse(path)


def locate(name: str) -> Path:
    """The path of a file or folder of the conformance data; skips the test where it is absent."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"CONFORMANCE DATA ABSENT: {name} is not in ../shared/conformance; this test proved nothing")
    return path


@cache
def _parse(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
