"""The adapter for systems that want several calls for one thing, all of it written in the connection's settings."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from integrations.adapters.port import Incoming, Link, Never, Outgoing, Proof, Receipt, Tested
from integrations.adapters.steps import filling
from integrations.adapters.steps.session import Session
from integrations.adapters.steps.settings import StepsSettings
from integrations.links import paths
from plant.spoken import spoken as _

MOST_PAGES = 1000


class Steps:
    """REST in several steps."""

    kind = "http-steps"
    label = gettext_lazy("REST in several steps (ERP)")
    settings = StepsSettings
    is_called = True
    proved = (Proof("HTTP/1.1, JSON", False),)

    def test(self, link: Link) -> Tested:
        """Sign in, and ask what the settings say. Without either of both nothing was tested."""
        if not link.settings.get("test") and not link.settings.get("sign_in"):
            raise Never(_("The settings name nothing that a test could ask. Name a test, or how one signs in."))
        with Session(link) as session:
            step = link.settings.get("test")
            found = session.step(step) if step else {}
        place = link.settings.get("test_version", "")
        version = filling.spelled(filling.read(found, place)) if place else ""
        return Tested(True, _("The sign-in works."), version[:80])

    def fetch(self, link: Link, cursor: str) -> Iterable[Incoming]:
        """Every list in its turn; the cursor keeps how far each of them was read."""
        marks = read_cursor(cursor)
        with Session(link) as session:
            for number, source in enumerate(link.settings.get("fetch", [])):
                yield from changes(session, source, marks, str(number))

    def send(self, link: Link, message: Outgoing) -> Receipt:
        """Book one message: look whether it is there, then go on with what is missing."""
        how = next((one for one in link.settings.get("send", []) if one["noun"] == message.noun), None)
        if how is None:
            raise Never(_("The settings of this connection name no address for “%(noun)s”.") % {"noun": message.noun})
        with Session(link) as session:
            return book(session, how, message)


def book(session: Session, how: Mapping[str, Any], message: Outgoing) -> Receipt:
    """The steps of one message. `found` is what they have of it already; a step may be left out for what that says."""
    body = json.loads(message.body) if message.body else dict(message.words)
    short = message.id.replace("-", "")[:16]
    said: dict[str, Any] = {
        "id": message.id, "short": short, "key": message.key, "version": message.version,
        "words": dict(message.words), "body": body, "found": {},
    }
    if how["find"]:
        rows = paths.items(filling.read(session.step(how["find"], said), how["found"]))
        said["found"] = as_row(rows[0], how["find"].get("columns", [])) if rows else {}
        said |= {name: filling.read(said["found"], place) for name, place in how["find"]["keeps"].items()}
        if not rows and how["required"]:
            raise Never(_("The other system does not have “%(key)s”.") % {"key": message.key})
    answer: Any = {}
    for step in how["steps"]:
        if is_left_out(step, said):
            continue
        answer = session.step(step, said)
        for name, place in step["keeps"].items():
            said[name] = filling.read(answer, place) or said.get(name)
    reference = filling.spelled(filling.named(said, how["reference"])) if how["reference"] else ""
    return Receipt(reference[:120], json.dumps(answer, ensure_ascii=False, default=str)[:500])


def is_left_out(step: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Whether what they have says that this step was done, or what it needs is not there."""
    if step["needs"] and filling.spelled(filling.named(said, step["needs"])) in {"", "false"}:
        return True
    found, done = said["found"], filling.filled(step["unless"], said)
    return bool(found and done and filling.fits(found, done))


def changes(session: Session, source: Mapping[str, Any], marks: dict[str, str], name: str) -> Iterator[Incoming]:
    """The rows of one list from where it was left, a page at a time."""
    since = newest = marks.get(name, source["since"])
    for page in range(MOST_PAGES):
        said = {"since": since, "offset": page * source["most"], "page": page + 1, "most": source["most"]}
        found = session.step(source, said)
        rows = [as_row(one, source["columns"]) for one in paths.items(filling.read(found, source["rows"]))]
        for row in rows:
            key, version = (filling.spelled(filling.read(row, source[one])) for one in ("id", "version"))
            if not key:
                raise Never(_("A row of “%(path)s” has no key at %(place)s.") % {
                    "path": source["path"], "place": source["id"]})
            newest = max(newest, version)
            body = json.dumps(row, ensure_ascii=False, default=str).encode()
            marks[name] = newest
            yield Incoming(source["noun"], key[:120], version[:80], body, "application/json", json.dumps(marks))
        if len(rows) < source["most"]:
            return


def as_row(row: Any, columns: list[str]) -> Any:
    """Rows that came as bare lists get the names that were asked for."""
    return dict(zip(columns, row, strict=False)) if isinstance(row, list) and columns else row


def read_cursor(cursor: str) -> dict[str, str]:
    try:
        found = json.loads(cursor or "{}")
    except ValueError:
        return {}
    return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}
