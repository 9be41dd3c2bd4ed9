"""Master data that changes by revision: a new draft from what there is, into effect, and out of use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from psycopg2.extras import DateTimeTZRange

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person, RevisionStatus
from plant.transactions import command

Parts = Mapping[str, Any]


class RevisionRefused(Refusal):
    """A step that a revision can't take."""

    code = "revision-refused"


@command
def revise(*, source: Any, parts: Parts, by: Person, noun: str = "", action: str = "master.edit") -> Any:
    """A draft with the next revision number, and a copy of everything below: {"segments": {"materials": {}}}."""
    policies.check(by, action, source=str(source))
    model = type(source)
    lock(model._default_manager.filter(code=source.code))
    newest = model._default_manager.filter(code=source.code).aggregate(top=Max("revision"))["top"]
    fresh = copy(source, parts, revision=newest + 1)
    kind = f"{noun or model._meta.model_name}.created"
    journal.record(kind, subject=fresh, by=by, data={"copied from": str(source), "revision": [None, fresh.revision]})
    return fresh


def copy(source: Any, parts: Parts, **changes: Any) -> Any:
    """A draft with everything below it, and these changes."""
    begins = {**getattr(source, "BEGINS", {}), **changes}
    fresh = copied(source, status=RevisionStatus.DRAFT, effective=None, **begins)
    _copy_parts(source, fresh, parts)
    return fresh


def copied(source: Any, **changes: Any) -> Any:
    """A new row with the values of another one and these changes, and the same links to several."""
    names = [field.attname for field in source._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(source, name) for name in names} | changes
    for name in [name for name in changes if f"{name}_id" in values]:
        del values[f"{name}_id"]
    fresh = type(source)._default_manager.create(**values)
    for field in source._meta.many_to_many:
        getattr(fresh, field.name).set(getattr(source, field.name).all())
    return fresh


def _copy_parts(source: Any, fresh: Any, parts: Parts) -> None:
    for name, below in parts.items():
        manager = getattr(source, name)
        for part in manager.all():
            _copy_parts(part, copied(part, **{manager.field.name: fresh}), below)


@command
def put_into_effect(*, row: Any, why_not: str, by: Person, at: datetime, noun: str, action: str = "master.edit") -> Any:
    """Make a draft effective from now on; the revision before it ends now, and running work keeps what it has."""
    policies.check(by, action, row=str(row))
    rows = lock(type(row)._default_manager.filter(code=row.code))
    fresh = next(one for one in rows if one.pk == row.pk)
    if fresh.status != RevisionStatus.DRAFT or why_not:
        draft = _("%(row)s is not a draft any more. Copy it as a new revision.") % {"row": fresh}
        raise RevisionRefused(why_not or draft)
    for former in rows:
        if former.status == RevisionStatus.EFFECTIVE:
            _end(former, by=by, at=at, noun=noun)
    _turn(fresh, RevisionStatus.EFFECTIVE, DateTimeTZRange(at, None))
    journal.record(f"{noun}.approved", subject=fresh, by=by)
    return fresh


@command
def retire(*, row: Any, by: Person, at: datetime, noun: str, action: str = "master.edit") -> Any:
    """Take an effective revision out of use; what runs under it keeps it."""
    policies.check(by, action, row=str(row))
    fresh = lock(type(row)._default_manager.filter(pk=row.pk))[0]
    if fresh.status != RevisionStatus.EFFECTIVE:
        raise RevisionRefused(_("%(row)s is not in effect, so it can't be retired.") % {"row": fresh})
    _end(fresh, by=by, at=at, noun=noun)
    return fresh


def _end(former: Any, *, by: Person, at: datetime, noun: str) -> None:
    began = former.effective.lower
    ended = DateTimeTZRange(began, at) if began is None or began < at else DateTimeTZRange(empty=True)
    _turn(former, RevisionStatus.OBSOLETE, ended)
    journal.record(f"{noun}.retired", subject=former, by=by)


def _turn(row: Any, status: str, effective: DateTimeTZRange) -> None:
    row.status, row.effective = status, effective
    row.save(update_fields=["status", "effective"])
