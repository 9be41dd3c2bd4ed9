"""Readings that a device or gateway pushes: each row for itself, stored in one transaction with what follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from integrations.erp import intake
from integrations.models import Access, Plc, PlcHealth, PlcState, PlcTag, SourceKind, TagKind
from integrations.plc.commands import observations
from integrations.plc.queries.devices import as_tag, key_of
from integrations.plc.tags import Quality, Sample, sequence_at
from integrations.sources.cfx import envelopes
from integrations.sources.settling import settle
from mes.commands import scans
from plant import policies
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.queries import persons
from plant.transactions import command
from traceability.commands.readings import ReadingRow, record_gap
from traceability.models import Quality as Trust
from traceability.models import Source

OLDEST, AHEAD = timedelta(days=366), timedelta(minutes=5)
MACHINE = (TagKind.STATE, TagKind.PACKML, TagKind.COUNTER)


class NotPushed(Refusal):
    """A source that takes no pushed readings."""

    code = "source-takes-no-push"


@dataclass(frozen=True, slots=True)
class Pushed:
    """One value of one tag, its moment, its quality, and a number that tells two of one moment apart."""

    tag: str
    at: datetime
    value: Any
    quality: Quality = Quality.GOOD
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that was not taken, and why."""

    index: int
    message: str


@command
def take_in(*, plc: Plc, rows: Sequence[Pushed], by: Person, at: datetime) -> tuple[int, list[Wrong]]:
    """Store what is new of these rows and judge it; how many were, and what could not be taken.

    What comes late or again is sorted in by its own moment; a row that is wrong holds no other one up.
    """
    policies.check(by, "reading.record")
    locked = lock(Plc.objects.filter(pk=plc.pk))[0]
    if locked.kind != SourceKind.PUSH or not locked.enabled:
        raise NotPushed(_("%(source)s takes no pushed readings. Set its kind and switch it on in the console.")
                        % {"source": locked.code})
    tags = {tag.name: tag for tag in locked.tags.select_related("plc__equipment", "stream")}
    good: list[ReadingRow] = []
    said: list[Sample] = []
    wrong: list[Wrong] = []
    for index, row in enumerate(rows):
        why = _why_not(row, tags, at)
        if why:
            wrong.append(Wrong(index, why))
            continue
        tag = tags[row.tag]
        value, quality = settle(as_tag(tag), row.value, row.quality)
        plain = None if value != value else value
        if tag.kind in MACHINE:
            said.append(Sample(key_of(tag), row.at, plain, Quality(quality), sequence_at(row.at, row.seq)))
        if tag.stream_id:
            good.append(ReadingRow(tag.stream_id, row.at, row.seq, plain, Trust(quality), Source.API))
    _tell_of_silence(locked, rows, tags.values(), at)
    stored = intake.take_in(rows=good, by=by, at=at) if good else 0
    said.sort(key=lambda one: one.seq)
    observations.observe(samples=said, tags={key_of(tag): tag for tag in tags.values() if tag.kind in MACHINE})
    _write_down(locked, len(rows), wrong, at)
    return stored, wrong


@command
def take_envelopes(
    *, plc: Plc, told: Sequence[envelopes.Envelope], by: Person, at: datetime
) -> tuple[int, list[Wrong]]:
    """Take envelopes of IPC-CFX in: their numbers as readings of the tags with their paths, their units as scans."""
    tags = list(PlcTag.objects.filter(plc=plc))
    names = {tag.path: tag.name for tag in tags if tag.kind != TagKind.SCAN}
    scanned = {tag.path for tag in tags if tag.kind == TagKind.SCAN}
    rows = []
    for envelope in told:
        for place, fact in enumerate(envelopes.facts(envelope)):
            when = at if fact.at_us is None else datetime.fromtimestamp(fact.at_us / 1e6, at.tzinfo)
            if fact.path in scanned:
                event = envelopes.event(plc.code, envelope, fact, place)
                scans.accept(code=str(fact.value), station=plc.equipment, event_id=event, by=persons.system("plc"),
                             at=at, device=f"cfx:{plc.code}"[:40], device_at=when)
            elif fact.path in names:
                rows.append(Pushed(names[fact.path], when, fact.value, seq=place))
    return take_in(plc=plc, rows=rows, by=by, at=at)


def _why_not(row: Pushed, tags: dict[str, PlcTag], at: datetime) -> str:
    if row.tag not in tags:
        return _("There is no tag %(name)s. Add it to the source first.") % {"name": row.tag[:80]}
    if not at - OLDEST <= row.at <= at + AHEAD:
        return _("The reading is of the future or older than a year. Check the clock.")
    return ""


def _tell_of_silence(plc: Plc, rows: Sequence[Pushed], tags: Iterable[PlcTag], at: datetime) -> None:
    """A source that was quiet for longer than its settings allow has a gap, unless it brings what was missing."""
    patience = Access.objects.filter(plc=plc).values_list("silent_s", flat=True).first()
    heard = PlcHealth.objects.filter(plc=plc).values_list("last_ok_at", flat=True).first()
    first = min((row.at for row in rows), default=at)
    if not patience or heard is None or (first - heard).total_seconds() <= patience:
        return
    for tag in tags:
        if tag.stream is not None:
            record_gap(stream=tag.stream, from_at=heard, to_at=min(first, at),
                       cause=f"nothing was pushed for {patience} s")


def _write_down(plc: Plc, count: int, wrong: Sequence[Wrong], at: datetime) -> None:
    """How the source does, as the poller writes it of its own."""
    health = PlcHealth.objects.filter(plc=plc).first() or PlcHealth(plc=plc, polls=0, errors=0)
    health.state, health.last_ok_at, health.updated_at = PlcState.ONLINE, at, at
    health.polls, health.errors = health.polls + count, health.errors + len(wrong)
    if wrong:
        health.last_error = wrong[0].message[:300]
    health.save()
