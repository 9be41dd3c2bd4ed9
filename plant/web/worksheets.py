"""Worksheets: tables that are written in like a spreadsheet, row by row, each saved by one command."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from plant.errors import Refusal

MOST = 500  # rows in one request
CHANGED = "row-changed"  # the code of a refusal: somebody else saved the row


@dataclass(frozen=True, slots=True)
class Column:
    """A column: text of several lines, a short text, a number, a choice, a tick, a code out of a list, or what the
    server says of the row (told)."""

    key: str
    label: Any
    kind: str = "text"
    options: Sequence[tuple[str, Any]] = ()
    width: str = "m"
    hint: Any = ""

    def shown(self, value: Any) -> Any:
        """A value to read."""
        if self.kind == "choice":
            return dict(self.options).get(str(value), value)
        return value


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands: its key, the version that a change must have seen, its cells, and where its own page is."""

    key: str
    version: int
    cells: Mapping[str, Any]
    told: Mapping[str, SafeString] = field(default_factory=dict)
    href: str = ""

    def sent(self) -> dict[str, Any]:
        """The row for the browser."""
        return {
            "key": self.key, "version": self.version, "cells": dict(self.cells), "told": dict(self.told),
            "href": self.href,
        }


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A whole table; `why` says why nobody writes in it now."""

    label: Any
    url: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    why: str = ""


Save = Callable[[uuid.UUID, int, uuid.UUID | None, dict[str, Any]], Row]
Remove = Callable[[uuid.UUID, int], None]
Find = Callable[[uuid.UUID], Row | None]


class BadRows(Refusal):
    """Rows that no worksheet sends."""

    code = "bad-rows"


def answer(request: HttpRequest, *, save: Save, remove: Remove, find: Find) -> JsonResponse:
    """Save or remove the rows that were sent, each for itself: how each stands now, or why it was refused."""
    found = []
    for sent in _sent(request):
        key = _key(sent.get("key"))
        try:
            found.append(_one(sent, key, save, remove))
        except Refusal as refusal:
            told: dict[str, Any] = {"key": str(key), "error": refusal.code, "message": str(refusal),
                                    "field": refusal.facts.get("field", "")}
            theirs = find(key) if refusal.code == CHANGED else None
            found.append(told | ({"theirs": theirs.sent()} if theirs else {}))
    return JsonResponse({"rows": found})


def _one(sent: dict[str, Any], key: uuid.UUID, save: Save, remove: Remove) -> dict[str, Any]:
    version = sent["version"] if isinstance(sent.get("version"), int) else 0
    if sent.get("remove"):
        remove(key, version)
        return {"key": str(key), "removed": True}
    cells = sent.get("cells")
    if not isinstance(cells, dict):
        raise BadRows(_("These rows can't be read. Reload the page and try again."))
    return save(key, version, _key(sent["after"]) if sent.get("after") else None, cells).sent()


def _sent(request: HttpRequest) -> list[dict[str, Any]]:
    try:
        rows = json.loads(request.body)["rows"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadRows(_("These rows can't be read. Reload the page and try again.")) from error
    if not isinstance(rows, list) or len(rows) > MOST or not all(isinstance(row, dict) for row in rows):
        raise BadRows(_("At most %(most)s rows can be sent at once.") % {"most": MOST})
    return rows


def _key(text: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(text))
    except ValueError as error:
        raise BadRows(_("These rows can't be read. Reload the page and try again.")) from error
