"""Appointing who looks after the data of a site, and telling them what is late."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from plant import policies, scoping
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, EquipmentLevel, Notice, NoticeKind, Person, PersonKind
from plant.transactions import command
from traceability.models import DataSteward

AGAIN = timedelta(days=1)


class CantLookAfter(Refusal):
    """Somebody who can't answer for a site's data."""

    code = "cant-look-after"


@command
def appoint(*, site: Equipment, person: Person, url: str, by: Person, at: datetime) -> DataSteward:
    """From now on this person answers for the data of the site; whoever did so before is told as well."""
    policies.check(by, "anomaly.appoint", on=site)
    if site.level != EquipmentLevel.SITE:
        raise CantLookAfter(_("Choose a site."), facts={"field": "site"})
    if person.kind != PersonKind.HUMAN or not policies.may(person, "anomaly.read") or not scoping.reaches(person, site):
        message = _("%(person)s does not see the data of %(site)s. Choose somebody who works there.")
        raise CantLookAfter(message % {"person": person.name, "site": site.code}, facts={"field": "person"})
    lock(Equipment.objects.filter(pk=site.pk))
    former = DataSteward.objects.filter(site=site, until_at__isnull=True).select_related("person").first()
    if former is not None and former.person_id == person.pk:
        raise CantLookAfter(_("%(person)s does so already.") % {"person": person.name}, facts={"field": "person"})
    if former is not None:
        DataSteward.objects.filter(pk=former.pk).update(until_at=max(at, former.from_at))
        journal.record("datasteward.ended", subject=former, by=by)
        with override(former.person.language):
            title = _("%(person)s looks after the data of %(site)s from now on") % {
                "person": person.name, "site": site.code}
        desks.tell(person=former.person, kind=NoticeKind.NEWS, title=title, url=url, by=by, at=at)
    made = DataSteward.objects.create(site=site, person=person, from_at=at, appointed_by=by)
    journal.record("datasteward.appointed", subject=made, by=by)
    with override(person.language):
        title = _("You look after the data of %(site)s from now on") % {"site": site.code}
    desks.tell(person=person, kind=NoticeKind.NEWS, title=title, url=url, by=by, at=at)
    return made


@command
def tell_late(
    *, steward: DataSteward, late: Sequence[object], url: str, by: Person, at: datetime
) -> Notice | None:
    """Tell a data maintainer that records are late: once a day, and not again while they have not read it."""
    policies.check(by, "anomaly.tell")
    told = Notice.objects.filter(person=steward.person, kind=NoticeKind.ESCALATION, url=url)
    if not late or told.filter(Q(read_at__isnull=True) | Q(at__gt=at - AGAIN)).exists():
        return None
    with override(steward.person.language):
        title = ngettext(
            "%(many)s record should have been put right by now", "%(many)s records should have been put right by now",
            len(late),
        ) % {"many": len(late)}
    return desks.tell(person=steward.person, kind=NoticeKind.ESCALATION, title=title, url=url, by=by, at=at)
