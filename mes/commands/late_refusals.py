"""What was done without network and could not be done any more when it arrived: kept until somebody saw to it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from mes.commands.everyday import Sent
from mes.models import LateRefusal
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command

LATE = timedelta(seconds=30)  # whoever scanned is told at once; after this long they have gone on


class NotSeenTo(Refusal):
    """An answer that says nothing, or to what is answered already."""

    code = "not-seen-to"


def keep(*, sent: Sent, act: str, code: str, reason: str) -> LateRefusal | None:
    """Write a refused act down if it was made long before it came; inside the transaction that refused it."""
    if sent.device_at is None or sent.at - sent.device_at < LATE:
        return None
    made = LateRefusal.objects.create(
        station=sent.station, event=sent.event_id, act=act, scanned=sent.code[:200], code=code[:60], reason=reason,
        by=sent.by, made_at=sent.device_at, at=sent.at,
    )
    journal.record("laterefusal.kept", subject=made, by=sent.by, reason=reason, data={"scanned": made.scanned})
    return made


@command
def see_to(*, refusal: LateRefusal, answer: str, by: Person, at: datetime) -> LateRefusal:
    """Say what was done about it: scanned again, put aside, reported to quality."""
    policies.check(by, "refusal.answer", on=refusal)
    found = lock(LateRefusal.objects.filter(pk=refusal.pk))[0]
    if found.seen_at is not None:
        raise NotSeenTo(_("Somebody has seen to it already. Open the list again."), code="seen-to-already")
    if not answer.strip():
        raise NotSeenTo(_("Say in a few words what was done about it."), code="no-reason", facts={"field": "reason"})
    found.seen_by, found.seen_at, found.answer = by, at, answer.strip()[:200]
    found.save(update_fields=["seen_by", "seen_at", "answer"])
    journal.record("laterefusal.seen", subject=found, by=by, reason=found.answer)
    return found
