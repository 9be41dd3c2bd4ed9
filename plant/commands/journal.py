"""Writing the record book."""

import json
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.commands import deliveries
from plant.errors import Refusal
from plant.models import Person
from plant.statements import kept

RECORD = "SELECT zz_journal(%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s)"
_written: ContextVar[int] = ContextVar("written", default=0)


class IllegalMove(Refusal):
    """A state that can't follow the present one."""

    code = "illegal-move"


def record(
    kind: str, *, subject: models.Model, by: Person, reason: str = "", data: dict[str, Any] | None = None,
    crosses_sites: bool = False,
) -> int:
    """Write one entry in the caller's transaction, and hand it to whoever hears this kind of news.

    Nobody acts on what they do not reach, but for safety: a hold spreads wherever the material went.
    """
    if not crosses_sites:
        scoping.check(by, subject)
    name, key = subject._meta.model_name or "", str(subject.pk)
    names = list(subscribers(kind))
    row: list[Any] = [
        f"{name}:{key}", kind, name, key, str(subject)[:200], by.number, by.name, kept(reason),
        json.dumps(data or {}, cls=DjangoJSONEncoder), names,
    ]
    with connection.cursor() as cursor:
        cursor.execute(RECORD, row)
        entry: int = cursor.fetchone()[0]
    count(1)
    if names:
        deliveries.nudge()
    return entry


def written() -> int:
    """How many entries this thread of work has written so far: a command that adds none has changed nothing."""
    return _written.get()


def count(entries: int) -> None:
    """Add entries that were just written."""
    _written.set(_written.get() + entries)


def move(
    subject: Any, *, to: str, by: Person, reason: str = "", data: dict[str, Any] | None = None, **fields: Any
) -> None:
    """Change a state: only along the lifecycle, only from the state that was seen, and never unrecorded."""
    was = subject.status
    if to not in subject.LIFECYCLE[was]:
        raise IllegalMove(illegal(subject, to), facts={"from": was, "to": to})
    rows = type(subject)._default_manager.filter(pk=subject.pk, status=was)
    if rows.update(status=to, **fields) != 1:
        raise IllegalMove(
            _("%(subject)s was changed by somebody else meanwhile. Reload the page and try again.")
            % {"subject": subject}
        )
    for name, value in {"status": to, **fields}.items():
        setattr(subject, name, value)
    entry = {"from": was, "to": to, **(data or {})}
    record(f"{subject._meta.model_name}.{to.lower()}", subject=subject, by=by, reason=reason, data=entry)


def illegal(subject: Any, to: str) -> Any:
    """Say where the subject stands and where it could go."""
    labels = dict(subject._meta.get_field("status").flatchoices)
    allowed = ", ".join(str(labels[state]) for state in subject.LIFECYCLE[subject.status]) or _("nothing more")
    return _("%(subject)s is “%(was)s” and can't become “%(to)s”. Possible now: %(allowed)s.") % {
        "subject": subject, "was": labels[subject.status], "to": labels.get(to, to), "allowed": allowed,
    }


@cache
def subscribers(kind: str) -> tuple[str, ...]:
    """The tasks that hear this kind of news; a name ending in * stands for every kind that begins so."""
    return tuple(
        task
        for pattern, tasks in settings.JOURNAL_SUBSCRIPTIONS.items()
        if pattern == kind or (pattern.endswith("*") and kind.startswith(pattern[:-1]))
        for task in tasks
    )
