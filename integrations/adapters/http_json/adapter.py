"""The adapter for REST with JSON: what it does is written in the settings of the connection."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext_lazy

from integrations.adapters import calling
from integrations.adapters.http_json.settings import HttpJsonSettings
from integrations.adapters.port import Again, Incoming, Link, Never, Outgoing, Proof, Receipt, Tested, Total
from integrations.links import paths
from plant.spoken import spoken as _

MOST_PAGES = 1000
STOCK = "STOCK"  # counted by material, of no order


class HttpJson:
    """REST with JSON."""

    kind = "http-json"
    label = gettext_lazy("REST with JSON")
    settings = HttpJsonSettings
    is_called = True
    proved = (Proof("HTTP/1.1, JSON", False),)

    def test(self, link: Link) -> Tested:
        """Ask the address of the test."""
        answer = calling.good(calling.call(link, str(link.settings.get("test", ""))))
        place = str(link.settings.get("test_version", ""))
        version = _read(calling.decoded(answer), place) if place else ""
        return Tested(True, f"HTTP {answer.status}", str(version or "")[:80])

    def fetch(self, link: Link, cursor: str) -> Iterable[Incoming]:
        """Every list in its turn; the cursor keeps where each of them was left."""
        marks = _marks(cursor)
        for source in link.settings.get("fetch", []):
            yield from self._rows(link, source, marks)

    def _rows(self, link: Link, source: dict[str, Any], marks: dict[str, str]) -> Iterator[Incoming]:
        name = f"{source['noun']} {source['path']}"
        newest = marks.get(name, "")
        for row in _pages(link, source, newest):
            key = _read(row, source["id"])
            if key in (None, "", paths.MISSING):
                raise Never(_("A row of “%(path)s” has no key at %(place)s.") % {
                    "path": source["path"], "place": source["id"]})
            if source.get("cursor"):
                marks[name] = max(marks.get(name, ""), str(_read(row, source["cursor"]) or ""), key=_ordered)
            version = _read(row, source["version"]) if source.get("version") else ""
            body = json.dumps(row, ensure_ascii=False, default=str).encode()
            yield Incoming(
                source["noun"], str(key)[:120], str(version or "")[:80], body, "application/json", json.dumps(marks)
            )

    def send(self, link: Link, message: Outgoing) -> Receipt:
        """Post one message under its id."""
        where = next((one for one in link.settings.get("send", []) if one["noun"] == message.noun), None)
        if where is None:
            raise Never(_("The settings of this connection name no address for “%(noun)s”.") % {"noun": message.noun})
        path = where["path"].replace("{key}", quote(message.key, safe="")).replace("{id}", message.id)
        headers = {where["id_header"]: message.id} if where.get("id_header") else {}
        body = message.body or json.dumps(dict(message.words), ensure_ascii=False, default=str).encode()
        answer = calling.call(link, path, method=where.get("method", "POST"), body=body, headers=headers)
        known = frozenset(where.get("known", []))
        calling.good(answer, also=known)
        reference = _read(_quietly(answer), where["reference"]) if where.get("reference") else ""
        return Receipt(str(reference or "")[:120], answer.body[:500].decode("utf-8", "replace"))

    def totals(self, link: Link, orders: Iterable[str]) -> Iterable[Total]:
        """What they count of these orders."""
        known = list(orders)
        for figures in link.settings.get("totals", []):
            asked = known if "{order}" in figures["path"] else [""]
            for order in asked:
                path = figures["path"].replace("{order}", quote(order, safe=""))
                answer = calling.call(link, path)
                if answer.status != 404:
                    yield from _figures(calling.decoded(calling.good(answer)), figures, order)


def _marks(cursor: str) -> dict[str, str]:
    try:
        found = json.loads(cursor or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _ordered(mark: str) -> tuple[bool, int, str]:
    """Numbers by their value, everything else by its letters."""
    return (True, int(mark), "") if mark.isdecimal() else (False, 0, mark)


def _read(tree: Any, place: str) -> Any:
    found = paths.read(tree, paths.parts(place)) if place else tree
    return None if found is paths.MISSING else found


def _quietly(answer: Any) -> Any:
    """The answer's JSON where it has one: what was taken is taken, whatever is said about it."""
    try:
        return calling.decoded(answer)
    except Again:
        return None


def _pages(link: Link, source: dict[str, Any], since: str) -> Iterator[Any]:
    """Every row of a list, page after page."""
    words, path = dict(source.get("words", {})), source["path"]
    if source.get("since") and since:
        words[source["since"]] = since
    if source.get("size"):
        words[source["size"]] = source["most"]
    way, count = source.get("paging", "none"), 0
    for page in range(MOST_PAGES):
        if way == "page":
            words[source["page"]] = page + 1
        elif way == "offset":
            words[source["page"]] = count
        found = calling.decoded(calling.good(calling.call(link, path, words=words)))
        rows = paths.items(_read(found, source.get("rows", "")))
        yield from rows
        count += len(rows)
        following = str(_read(found, source["next"]) or "") if way == "next" and source.get("next") else ""
        if way == "next" and following:
            path, words = (following, {}) if "/" in following else (source["path"], words | {source["page"]: following})
        elif way in {"none", "next"} or not rows or (source.get("size") and len(rows) < source["most"]):
            return


def _figures(found: Any, how: dict[str, Any], order: str) -> Iterator[Total]:
    names = how.get("measures", {})
    for row in paths.items(_read(found, how.get("rows", ""))):
        said = how.get("counts") or str(_read(row, how["measure"]) or "")
        try:
            quantity = Decimal(str(_read(row, how["quantity"])))
        except InvalidOperation as error:
            raise Again(_("A total of theirs is no number.")) from error
        measure = names.get(said, said)
        place = "" if measure == STOCK else str(_read(row, how["order"]) or order)
        material, unit = (str(_read(row, how[name]) or "") for name in ("material", "unit"))
        yield Total(measure, place, material, quantity, unit)
