"""The adapter: rows since the mark become messages, messages become rows."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from integrations.adapters.port import Incoming, Link, Never, Outgoing, Proof, Receipt, Tested
from integrations.adapters.sql import engines, guard, marks
from integrations.adapters.sql.settings import SqlSettings
from plant.spoken import spoken as _

PIECE = 500


class Sql:
    """PostgreSQL, MySQL, SQL Server, or a file of SQLite."""

    kind = "sql"
    label = gettext_lazy("Database (SQL)")
    settings = SqlSettings
    is_called = True
    proved = (Proof("PostgreSQL 15", True), Proof("SQLite 3", True))

    def test(self, link: Link) -> Tested:
        """Sign in, and try each statement that reads without taking a row."""
        link = whole(link)
        sa = engines.library()
        with engines.session(link, reads=True) as wire:
            for source in link.settings["fetch"]:
                _execute(sa, wire, source, None).close()
            version = ".".join(str(part) for part in wire.dialect.server_version_info or ())
        count = len(link.settings["fetch"])
        return Tested(True, str(_("Signed in; %(count)s statements can be asked.") % {"count": count}), version)

    def fetch(self, link: Link, cursor: str) -> Iterator[Incoming]:
        """Each statement from its mark on, row by row."""
        link = whole(link)
        sa, known = engines.library(), marks.kept(cursor)
        for source in link.settings["fetch"]:
            with engines.session(link, reads=True) as wire:
                yield from _rows(sa, wire, source, known)

    def send(self, link: Link, message: Outgoing) -> Receipt:
        """Write one row, unless it is there under the message's number."""
        link = whole(link)
        where = next((one for one in link.settings["send"] if one["noun"] == message.noun), None)
        if where is None:
            raise Never(_("The settings of this connection name no statement for “%(noun)s”.") % {"noun": message.noun})
        guard.check_writing(where["statement"])
        sa = engines.library()
        said = {**{name: _written(value) for name, value in _words(message).items()}, "id": message.id,
                "key": message.key, "version": message.version}
        with engines.session(link, reads=False) as wire:
            if where["known"] and wire.execute(*_bound(sa, where["known"], said)).first() is not None:
                return Receipt(message.id, "known")
            done = wire.execute(*_bound(sa, where["statement"], said))
            if done.rowcount == 0:
                raise Never(_("The statement changed no row."))
        return Receipt(message.id, "")


def whole(link: Link) -> Link:
    """The connection with settings that were checked anew: nobody's statement goes past the guard."""
    form = SqlSettings(data=dict(link.settings))
    if not form.is_valid():
        raise Never(_("The settings of this connection are not valid: %(errors)s") % {"errors": form.errors})
    return Link(link.code, link.endpoint, link.auth, link.sign_in, link.secrets, link.timeout,
                dict(form.validated_data), link.open_networks)


def _rows(sa: Any, wire: Any, source: dict[str, Any], known: dict[str, str]) -> Iterator[Incoming]:
    name = f"{source['noun']} {source['statement'][:60]}"
    found = _execute(sa, wire, source, known.get(name))
    names = list(found.keys())
    if missing := [one for one in (source["key"], source["cursor"]) if one not in names]:
        raise Never(_("The statement gives no column “%(column)s”.") % {"column": missing[0]})
    for count, row in enumerate(found.mappings()):
        if count >= source["most"]:
            return
        key, mark = row[source["key"]], row[source["cursor"]]
        if key is None or mark is None:
            raise Never(_("A row has no key or no mark. Leave such rows out in the statement."))
        known[name] = marks.told(mark)
        body = json.dumps({column: marks.plain(row[column]) for column in names}, ensure_ascii=False).encode()
        version = marks.told(row[source["version"]]) if source["version"] in names else ""
        yield Incoming(source["noun"], str(key)[:120], version, body, "application/json", json.dumps(known))


def _execute(sa: Any, wire: Any, source: dict[str, Any], mark: str | None) -> Any:
    guard.check_reading(source["statement"])
    at = marks.bound(mark, source["cursor_kind"], source["overlap_seconds"])
    streaming = wire.execution_options(stream_results=True, yield_per=PIECE)
    return streaming.execute(sa.text(source["statement"]), {"cursor": at})


def _words(message: Outgoing) -> dict[str, Any]:
    """The words that a mapping wrote, or ours."""
    if not message.body:
        return dict(message.words)
    found = json.loads(message.body)
    return found if isinstance(found, dict) else {}


def _bound(sa: Any, statement: str, said: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """The statement and the values that it asks for; a word that there is not is NULL."""
    text = sa.text(statement)
    return text, {name: said.get(name) for name in text.compile().params}


def _written(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else value
