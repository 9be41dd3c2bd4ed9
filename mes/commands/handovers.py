"""What one shift of a line tells the next: written towards its end, acknowledged by somebody of the next."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.commands import hints
from mes.models import HandoverNote
from mes.queries import handovers
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.queries import places
from plant.transactions import command

LONGEST = 2000


class HandoverRefused(Refusal):
    """A handover that can't be written or acknowledged so."""

    code = "handover-refused"


@command
def write(*, line: Equipment, text: str, by: Person, at: datetime) -> HandoverNote:
    """Write the note of the shift that goes on; written again it replaces the words, until the next shift has read it.

    What is open on the line at that moment goes along by itself.
    """
    policies.check(by, "handover.say", on=line)
    said = text.replace("\r\n", "\n").strip()
    if len(said) > LONGEST:
        raise HandoverRefused(_("Write at most %(most)s characters.") % {"most": LONGEST}, facts={"field": "text"})
    lock(Equipment.objects.filter(pk=line.pk))
    shift_at = handovers.shift_of(line, at)
    known = HandoverNote.objects.filter(line=line, shift_at=shift_at).first()
    if known is not None and known.read_at is not None:
        raise HandoverRefused(_("The next shift has read this note already. Tell them yourself what is new."))
    fields = {"text": said, "facts": handovers.facts(line), "by": by, "at": at}
    note, _is_new = HandoverNote.objects.update_or_create(line=line, shift_at=shift_at, defaults=fields)
    journal.record("handover.written", subject=line, by=by, reason=said, data={"shift": shift_at})
    return told(note)


@command
def acknowledge(*, note: HandoverNote, by: Person, at: datetime) -> HandoverNote:
    """Say that the next shift has read it; not whoever wrote it."""
    policies.check(by, "handover.read", on=note.line)
    found = lock(HandoverNote.objects.select_related("line").filter(pk=note.pk))[0]
    if found.by_id == by.pk:
        raise HandoverRefused(_("Somebody of the next shift acknowledges it, not whoever wrote it."))
    if found.read_at is None:
        HandoverNote.objects.filter(pk=found.pk).update(read_by=by, read_at=max(at, found.at))
        found.refresh_from_db()
        journal.record("handover.read", subject=found.line, by=by, data={"shift": found.shift_at})
    return told(found)


def told(note: HandoverNote) -> HandoverNote:
    """The stations of the line look again."""
    for part in places.within(note.line):
        hints.station_changed(part.code)
    return note
