"""Where things are: the checkout, its environment, and the folder that holds all data."""

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"


def inside_venv() -> bool:
    """Whether this process already runs on the project's own Python."""
    return Path(sys.prefix).resolve() == VENV.resolve()


@dataclass(frozen=True)
class Var:
    """The folder of everything that a running house writes: data, logs, secrets."""

    root: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", self.root.resolve())
        self.log.mkdir(parents=True, exist_ok=True)
        (self.root / "secrets").mkdir(mode=0o700, exist_ok=True)

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def demo_json(self) -> Path:
        return self.root / "demo.json"

    def has_secret(self, name: str) -> bool:
        return (self.root / "secrets" / name).exists()

    def secret(self, name: str) -> str:
        """A random secret, made once and readable by its owner only."""
        path = self.root / "secrets" / name
        if not path.exists():
            write_private(path, secrets.token_hex(32))
        return path.read_text(encoding="utf-8")


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    temporary.replace(path)
