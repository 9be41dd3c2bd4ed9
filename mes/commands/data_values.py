"""Collecting values at an operation: kept once, corrected with a reason, and asked for before the operation ends."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mes import barcodes
from mes.amounts import plain
from mes.commands import hints
from mes.commands.benches import Bench, check_gate, find_job, open_bench
from mes.models import DataItem, DataKind, DataValue
from mes.queries import data_values, standing
from mes.queries.data_values import Asked
from mes.queries.routings import Step
from plant import files, policies, uploads
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import enter, lock
from plant.models import Equipment, Person
from plant.transactions import command
from qms.commands import measuring
from qms.models import Gauge
from traceability.models import MaterialLot

MOST_TEXT = 2000
MOST = Decimal(10) ** 12
SIX = Decimal("0.000001")


class DataRefused(Refusal):
    """A value that can't be kept as it was entered."""

    code = "data-refused"


class DataMissing(Refusal):
    """An operation that can't end: values are missing, or out of their limits."""

    code = "data-missing"


@dataclass(frozen=True, slots=True)
class Entered:
    """A value as it came: a text, the ticked points of a checklist, or a picture; for a device nothing."""

    item: DataItem
    value: Any = ""
    reason: str = ""
    gauge: Gauge | None = None


@command
def record(
    *, station: Equipment, lot: MaterialLot, entered: Sequence[Entered], by: Person, at: datetime
) -> list[DataValue]:
    """Keep values of the lot that is in work at a station. One that is there already is corrected, with a reason."""
    policies.check(by, "report", on=station)
    enter([station.pk])
    bench = open_bench(station=station, job=find_job(lot.job_order), by=by, at=at)
    locked = lock(MaterialLot.objects.select_related("material").filter(pk=lot.pk))[0]
    check_gate(bench, [locked])
    here = standing.of_lot(locked, station=station, job=bench.job.number)
    step = bench.step_of(locked, here.wip)
    if here.visited_id != station.pk or here.left_at is not None:
        raise DataRefused(_("%(lot)s is not in work here. Scan it first, then enter its values.") % {"lot": lot.number})
    found = {one.item.pk: one for one in data_values.asked(step.id, locked, step.code)}
    kept = [keep(bench, step, locked, asked_for(found, one), one, by=by, at=at) for one in entered]
    hints.scanned(station, bench.job.line, {"lot": locked.number, "outcome": "accepted"})
    return kept


def asked_for(found: dict[int, Asked], entered: Entered) -> Asked:
    """What was asked, or a refusal when this operation does not ask for it."""
    if entered.item.pk not in found:
        raise DataRefused(_("“%(name)s” is not asked for here. Open the page again.") % {"name": entered.item.title})
    return found[entered.item.pk]


def keep(
    bench: Bench, step: Step, lot: MaterialLot, asked: Asked, entered: Entered, *, by: Person, at: datetime
) -> DataValue:
    """Write one value, or its correction."""
    was, reason, item = asked.value, entered.reason.strip(), asked.item
    if was is not None and not reason:
        message = _("“%(name)s” is entered already. To correct it, say why.")
        raise DataRefused(message % {"name": item.title}, code="no-reason")
    measuring.check_measures(item.gauge_type, entered.gauge, characteristic=None, by=by, at=at)
    value = DataValue(
        item=item, gauge=entered.gauge, lot=lot, arrival=data_values.arrival(lot, step.code),
        job_segment=bench.row(step), station=bench.station, person=by, at=at, corrects=was,
        reason=reason[:200] if was else "",
        **READ[DataKind(item.kind)](item, entered.value, bench.station, at),
    )
    value.save(force_insert=True)
    kind = "lot.data-corrected" if was else "lot.data-collected"
    data = {"operation": step.code, "name": item.name, "value": value.text, "good": value.is_good}
    journal.record(kind, subject=lot, by=by, reason=value.reason, data=data)
    return value


def number(item: DataItem, value: Any, station: Equipment, at: datetime) -> dict[str, Any]:
    """A number as it was typed, with a point or a comma."""
    try:
        amount = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation as error:
        raise DataRefused(_("“%(name)s” is a number, for example 4.2.") % {"name": item.title}) from error
    if not amount.is_finite() or abs(amount) >= MOST or amount != amount.quantize(SIX):
        raise DataRefused(_("“%(name)s” has at most six places after the point.") % {"name": item.title})
    return {"number": amount, "text": told(item, amount), "is_good": item.is_good(amount)}


def told(item: DataItem, amount: Decimal) -> str:
    """A number with its unit."""
    return f"{plain(amount)} {item.symbol}".strip()


def choice(item: DataItem, value: Any, station: Equipment, at: datetime) -> dict[str, Any]:
    """One of the choices."""
    if value not in item.choices:
        raise DataRefused(_("Choose one of the answers for “%(name)s”.") % {"name": item.title})
    return {"text": value, "is_good": item.is_good(value)}


def text(item: DataItem, value: Any, station: Equipment, at: datetime) -> dict[str, Any]:
    """A few words."""
    said = str(value).replace("\r\n", "\n").strip()
    if not said or len(said) > MOST_TEXT:
        message = _("Write between one and %(most)s characters for “%(name)s”.")
        raise DataRefused(message % {"most": MOST_TEXT, "name": item.title})
    return {"text": said, "is_good": True}


def code(item: DataItem, value: Any, station: Equipment, at: datetime) -> dict[str, Any]:
    """A scanned code; one that begins otherwise is no answer."""
    said = barcodes.clean(value)[1]
    if not said.startswith(item.begins):
        message = _("“%(code)s” is not the code for “%(name)s”: that begins with %(begins)s. Scan the right one.")
        raise DataRefused(message % {"code": said[:80], "name": item.title, "begins": item.begins})
    return {"text": said, "is_good": True}


def checklist(item: DataItem, value: Any, station: Equipment, at: datetime) -> dict[str, Any]:
    """Every point of the list, ticked."""
    left = [line for line in item.choices if line not in value]
    if left:
        message = _("Not ticked for “%(name)s”: %(left)s. Do it and tick it, or report scrap or rework.")
        raise DataRefused(message % {"name": item.title, "left": ", ".join(left)})
    return {"text": "\n".join(item.choices), "is_good": True}


def photo(item: DataItem, value: Any, station: Equipment, at: datetime) -> dict[str, Any]:
    """A picture, judged and drawn anew."""
    if value.size > settings.UPLOAD_MEGABYTES * 1_000_000:
        message = _("The file has more than %(most)s MB. Make it smaller.")
        raise DataRefused(message % {"most": settings.UPLOAD_MEGABYTES})
    if not uploads.safe_name(value.name).lower().endswith(tuple(uploads.IMAGES)):
        raise DataRefused(_("“%(name)s” is a photo: take one, or choose a picture.") % {"name": item.title})
    upload, key = uploads.judge(value.name, value.read()), files.new_key()
    files.store(key, upload.data)
    digest = hashlib.sha256(upload.data).hexdigest()
    return {"text": upload.name, "media_type": upload.media_type, "sha256": digest, "key": key, "is_good": True}


def device(item: DataItem, value: Any, station: Equipment, at: datetime) -> dict[str, Any]:
    """What the device tells now."""
    reading = data_values.live(item, station, at)
    if reading is None or reading.point.value is None or abs(reading.point.value) >= MOST:
        message = _("The device for “%(name)s” tells nothing good at %(station)s just now. Call maintenance.")
        words = {"name": item.title, "station": station.code}
        raise DataRefused(message % words, code="no-reading")
    amount = Decimal(str(reading.point.value)).quantize(SIX)
    return {
        "number": amount, "text": told(item, amount), "is_good": item.is_good(amount), "stream": reading.stream,
        "read_at": reading.point.at,
    }


READ = {
    DataKind.NUMBER: number, DataKind.CHOICE: choice, DataKind.TEXT: text, DataKind.SCAN: code,
    DataKind.CHECK: checklist, DataKind.PHOTO: photo, DataKind.DEVICE: device,
}


def read_devices(bench: Bench, step: Step, lot: MaterialLot, *, by: Person, at: datetime) -> list[DataValue]:
    """Read the devices that were not read for this lot; the values that are out of their limits."""
    found = data_values.asked(step.id, lot, step.code) if step.asks else []
    due = [one for one in found if one.value is None and one.item.kind == DataKind.DEVICE]
    kept = [keep(bench, step, lot, one, Entered(one.item), by=by, at=at) for one in due]
    return [value for value in kept if not value.is_good]


def check_complete(step: Step, lot: MaterialLot) -> None:
    """Refuse that an operation ends while a value is missing or out of its limits, saying what to do."""
    if not step.asks:
        return
    found = data_values.asked(step.id, lot, step.code)
    bad, missing = [one for one in found if one.is_bad], [one for one in found if one.is_missing]
    if bad:
        raise DataMissing(out_of_limits(lot, [one.value for one in bad if one.value]), code="data-out-of-limits")
    if missing:
        names = [one.item.title for one in missing]
        message = _("Enter what is missing for %(lot)s: %(names)s. Then scan %(lot)s again.")
        raise DataMissing(message % {"lot": lot.number, "names": ", ".join(names)}, facts={"data": names})


def out_of_limits(lot: MaterialLot, values: Sequence[DataValue]) -> str:
    """Say which values are out, and what to do about the first that says so."""
    names = ", ".join(f"{value.item.title} {value.text}{limits(value.item)}" for value in values)
    usual = gettext("Put it right and correct the value with a reason, or report scrap or rework.")
    todo = next((value.item.todo for value in values if value.item.todo), "")
    words = {"lot": lot.number, "values": names, "todo": f"{todo} {usual}".strip()}
    return gettext("%(lot)s can't go on, out of limits: %(values)s. %(todo)s") % words


def limits(item: DataItem) -> str:
    """The limits of a number in brackets."""
    low, high = (plain(one) if one is not None else "" for one in (item.low, item.high))
    if low and high:
        return f" ({low} … {high})"
    return f" (≥ {low})" if low else f" (≤ {high})" if high else ""
