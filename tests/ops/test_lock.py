"""Lock files: hashes, and no address of the machine that made them."""

import json

from ops.frontend import FRONTEND, prepared
from ops.lock import REQUIREMENTS, refuse_addresses, requirements_with_addresses


def test_committed_locks_hold_no_address():
    refuse_addresses()


def test_an_address_is_found(tmp_path):
    (tmp_path / "runtime.txt").write_text("a==1\n--index-url https\nb @ file://x\n")

    assert requirements_with_addresses(tmp_path) == ["runtime.txt:2", "runtime.txt:3"]


def test_every_requirement_has_a_hash():
    for path in REQUIREMENTS.glob("*.txt"):
        pinned = [line for line in path.read_text().splitlines() if "==" in line]
        assert pinned
        assert all(line.endswith("\\") for line in pinned)


def test_zxing_is_the_version_that_the_detector_pins():
    packages = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]

    wanted = packages["node_modules/barcode-detector"]["dependencies"]["zxing-wasm"]
    assert packages["node_modules/zxing-wasm"]["version"] == wanted


def test_prepared_drops_source_maps():
    assert prepared("x.js", b"a()\n//# sourceMappingURL=x.js.map\n") == b"a()\n\n"
    assert prepared("x.wasm", b"//# sourceMappingURL=x") == b"//# sourceMappingURL=x"
