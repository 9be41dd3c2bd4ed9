"""Naming somebody who sees what waits while one is away, and coming back."""

from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.models import Deputy, NoticeKind, Person
from plant.transactions import command


class DeputyRefused(Refusal):
    """A deputy that can't be."""

    code = "deputy-refused"


@command
def name(
    *, deputy: Person, begins_at: datetime, ends_at: datetime, by: Person, at: datetime, note: str = ""
) -> Deputy:
    """Have somebody see one's own tasks for some days; they are told, and keep their own rights and signature."""
    policies.check(by, "inbox.view")
    if deputy.pk == by.pk:
        raise DeputyRefused(_("Name somebody else than yourself."), facts={"field": "deputy"})
    if ends_at <= max(at, begins_at):
        raise DeputyRefused(_("Choose a moment that is still to come."), facts={"field": "ends_at"})
    made = Deputy.objects.create(
        person=by, deputy=deputy, begins_at=begins_at, ends_at=ends_at, note=note.strip()
    )
    data = {"deputy": deputy.number, "name": deputy.name, "from": begins_at, "until": ends_at}
    journal.record("person.deputy", subject=by, by=by, data=data)
    desks.tell(
        person=deputy, kind=NoticeKind.NEWS, title=_("You stand in for %(person)s") % {"person": by},
        url="/inbox/", by=by, at=at,
    )
    return made


@command
def end(*, row: Deputy, by: Person, at: datetime) -> None:
    """Back again: from now on only the own inbox shows the tasks."""
    policies.check(by, "inbox.view")
    if row.person_id != by.pk:
        raise DeputyRefused(_("Only %(person)s can end this.") % {"person": row.person})
    Deputy.objects.filter(pk=row.pk, ends_at__gt=at).update(ends_at=max(at, row.begins_at))
    journal.record("person.deputy-ended", subject=by, by=by, data={"deputy": row.deputy.number})
