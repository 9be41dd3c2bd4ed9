"""What each operation does: rows taken one by one, one object told, a page of them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from integrations.erp import asked as filtering
from integrations.nouns import intake
from integrations.nouns.noun import Noun
from integrations.soap.operations import GET, MOST, PUT, Operation, plain_errors
from plant.errors import Refusal
from plant.models import Person
from plant.transactions import command

PAGE = 100


class NotAnswered(Refusal):
    """A request that asks for what can't be given."""

    code = "bad-request"


def answer(operation: Operation, asked: dict[str, Any], *, by: Person, at: datetime) -> dict[str, Any]:
    """The words of the answer."""
    if operation.verb == PUT:
        return {"result": _put(operation.noun, asked.get("row", []), by, at)}
    if operation.verb == GET:
        row = operation.noun.find(by, str(asked.get("key") or ""))
        if row is None:
            message = _("There is no %(what)s “%(key)s”.")
            raise NotAnswered(message % {"what": operation.noun.name, "key": asked.get("key")}, code="not-found")
        return {"row": operation.noun.told(row)}
    return _page(operation.noun, asked, by)


@command
def _put(noun: Noun, rows: list[dict[str, Any]], by: Person, at: datetime) -> list[dict[str, Any]]:
    """Every row for itself: a bad one blocks no good one."""
    if not 0 < len(rows) <= MOST:
        raise NotAnswered(_("Send 1 to %(most)s rows.") % {"most": MOST})
    found = []
    for row in rows:
        outcome = intake.take_row(noun, row, by=by, at=at)
        found.append({
            "key": outcome.key, "status": outcome.status, "code": outcome.code or None,
            "detail": str(outcome.detail) or None, "error": plain_errors(outcome.errors),
        })
    return found


def _page(noun: Noun, asked: dict[str, Any], by: Person) -> dict[str, Any]:
    """The rows after a mark, in the order in which they came to be."""
    after, limit = _number(asked, "after", 0), min(_number(asked, "limit", PAGE) or PAGE, MOST)
    narrowed = noun.rows(by).filter(pk__gt=after)
    for name, path in noun.filters.items():
        if said := asked.get(name):
            narrowed = filtering.narrowed(narrowed, name, path, str(said))
    found = list(narrowed.order_by("pk")[: limit + 1])
    rows = found[:limit]
    return {"row": noun.tell(rows), "next": str(rows[-1].pk) if len(found) > limit else None}


def _number(asked: dict[str, Any], name: str, default: int) -> int:
    text = asked.get(name) or ""
    if text and not (str(text).isascii() and str(text).isdigit() and len(str(text)) < 19):
        raise NotAnswered(_("“%(name)s” must be a whole number.") % {"name": name})
    return int(text or default)
