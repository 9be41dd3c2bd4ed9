"""Which texts the product shows, found in code and templates, and the catalogue that turns them into Chinese."""

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

# Function -> positions of (context, singular, plural) among its arguments.
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None), "gettext": (None, 0, None), "gettext_lazy": (None, 0, None), "gettext_noop": (None, 0, None),
    "spoken": (None, 0, None), "pspoken": (0, 1, None),
    "pgettext": (0, 1, None), "pgettext_lazy": (0, 1, None),
    "ngettext": (None, 0, 1), "ngettext_lazy": (None, 0, 1), "npgettext": (0, 1, 2), "npgettext_lazy": (0, 1, 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w+\}")
CALL = re.compile(r"\b(?:" + "|".join(sorted(CALLS, key=len, reverse=True)) + r")\(")


@dataclass(frozen=True, slots=True)
class Text:
    """A text to translate; `context` and `plural` are empty for most."""

    msgid: str
    context: str = ""
    plural: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A text and the file that shows it."""

    text: Text
    path: str


def found(root: Path, rooms: Iterable[str]) -> list[Place]:
    """Every text of the rooms' code and of the templates."""
    code = [path for room in rooms for path in sorted((root / room).rglob("*.py")) if "migrations" not in path.parts]
    pages = sorted((root / "templates").rglob("*.html"))
    places = [Place(text, str(path.relative_to(root))) for path in code for text in in_code(path.read_text("utf-8"))]
    places += [Place(text, str(path.relative_to(root))) for path in pages for text in in_page(path.read_text("utf-8"))]
    return places


def in_code(source: str) -> Iterator[Text]:
    """The texts that Python code marks."""
    for node in ast.walk(ast.parse(source)):
        text = _marked(node)
        if text:
            yield text


def in_page(source: str) -> Iterator[Text]:
    """The texts that a template marks, by Django's own reading of it."""
    marked = templatize(source)
    for start in (match.start() for match in CALL.finditer(marked)):
        text = _marked(_call_at(marked, start))
        if text:
            yield text


def _call_at(text: str, start: int) -> ast.AST | None:
    """The call that begins here: the shortest piece up to a closing bracket that is Python."""
    end = text.find(")", start)
    while end != -1:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)
                return ast.parse(text[start : end + 1], mode="eval").body
        except SyntaxError:
            end = text.find(")", end + 1)
    return None


def _marked(node: ast.AST | None) -> Text | None:
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in CALLS:
        return None
    context, one, many = CALLS[name]
    msgid = _string(node, one)
    return Text(msgid, _string(node, context), _string(node, many)) if msgid else None


def _string(node: ast.Call, position: int | None) -> str:
    if position is None or position >= len(node.args):
        return ""
    value = getattr(node.args[position], "value", "")
    return value if isinstance(value, str) else ""


def catalogue(fragments: Iterable[Path]) -> polib.POFile:
    """One catalogue of all fragments; the first word for a text stays."""
    merged = polib.POFile()
    merged.metadata = {
        "Language": "zh_Hans", "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit", "Plural-Forms": "nplurals=1; plural=0;",
    }
    known: set[tuple[str, str]] = set()
    for entry in (entry for path in sorted(fragments) for entry in polib.pofile(str(path)) if not entry.obsolete):
        key = (entry.msgctxt or "", entry.msgid)
        if entry.translated() and key not in known:
            known.add(key)
            merged.append(entry)
    return merged


def untranslated(places: Iterable[Place], words: polib.POFile, elsewhere: Iterable[str] = ()) -> list[Place]:
    """The texts that the catalogue has no Chinese for, each once."""
    known = {(entry.msgctxt or "", entry.msgid) for entry in words} | {("", text) for text in elsewhere}
    missing = {place.text: place for place in places if (place.text.context, place.text.msgid) not in known}
    return list(missing.values())


def disagreements(fragments: Iterable[Path]) -> list[str]:
    """Texts for which two fragments have different words."""
    words: dict[tuple[str, str], str] = {}
    clashes = []
    for path in sorted(fragments):
        for entry in polib.pofile(str(path)):
            key, word = (entry.msgctxt or "", entry.msgid), entry.msgstr or str(entry.msgstr_plural)
            if words.setdefault(key, word) != word:
                clashes.append(f"{path.name}: {entry.msgid} = {word}, elsewhere {words[key]}")
    return clashes
