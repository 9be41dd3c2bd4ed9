"""Help as files: `help/<language>/<namespace>.<name>.md` per page, `docs/user/<language>/<role>.md` per role."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from plant import markdown

FOLDERS = {"en": "en", "zh-hans": "zh"}


@dataclass(frozen=True, slots=True)
class Topic:
    """One help text: the name of the page that it is for, its title and its words."""

    name: str
    title: str
    text: str

    @property
    def html(self) -> SafeString:
        return markdown.render(self.text)

    @property
    def first_words(self) -> str:
        """The sentence that says what the page is for."""
        return next((line for line in self.text.splitlines() if line and not line.startswith(("#", "-"))), "")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the plant in both languages, and what it means."""

    en: str
    zh: str
    meaning: str
    meaning_zh: str
    url: str = ""

    @property
    def words(self) -> str:
        """Everything by which it is found."""
        return f"{self.en} {self.zh} {self.meaning} {self.meaning_zh}".lower()


def folder(root: str) -> Path:
    """Where the texts in the reader's language lie."""
    return Path(settings.BASE_DIR) / root / FOLDERS.get(get_language() or "", "en")


def topic(name: str) -> Topic | None:
    """The help of a page, by the page's URL name."""
    return next((topic for topic in topics() if topic.name == name), None)


def topics() -> list[Topic]:
    """The help of every page in the reader's language, by title."""
    return _read(folder("help"))


def guides() -> list[Topic]:
    """The guide of every role in the reader's language."""
    return _read(folder("docs/user"))


def guide(role: str) -> Topic | None:
    """The guide of one role."""
    return next((guide for guide in guides() if guide.name == role), None)


def find(text: str) -> list[Topic]:
    """Help that speaks of every word; titles first."""
    words = text.lower().split()
    found = [topic for topic in [*topics(), *guides()] if words and all(word in topic.text.lower() for word in words)]
    return sorted(found, key=lambda topic: not all(word in topic.title.lower() for word in words))


@cache
def _read(path: Path) -> list[Topic]:
    found = []
    for file in sorted(path.glob("*.md")):
        head, _, rest = file.read_text("utf-8").partition("\n")
        found.append(Topic(file.stem.replace(".", ":", 1), head.removeprefix("# ").strip(), rest.strip()))
    return sorted(found, key=lambda topic: topic.title)


@cache
def terms() -> list[Term]:
    """The words of the plant."""
    with open(Path(settings.BASE_DIR) / "help" / "glossary.toml", "rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["term"]
    return [Term(**row) for row in rows]
