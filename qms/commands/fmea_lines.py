"""The failure chains of a draft: written row by row, by several people, and never one over the other."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, reviews
from plant.commands.row_edits import STEP, RowRefused, check_seen, place, short_enough, text_of, unknown
from plant.models import Person
from plant.transactions import command
from qms.models import Characteristic, Fmea, FmeaLine, SpecialMark

WORDS = ("function", "effect", "mode", "cause", "prevention", "detection_control")
RATINGS = ("severity", "occurrence", "detection")
LONGEST, LONGEST_ELEMENT, MOST = 2000, 120, 2000


@command
def save(
    *, fmea: Fmea, key: uuid.UUID, version: int, values: Mapping[str, Any], by: Person, at: datetime,
    after: uuid.UUID | None = None,
) -> FmeaLine:
    """Write a row as it was entered over the version that was seen; 0 is a new row, which stands behind `after`.

    RowChanged: somebody else saved it meanwhile, with other words. The same words again change nothing.
    """
    policies.check(by, "fmea.edit", row=str(fmea))
    fresh = reviews.drafted(fmea)
    wanted = {name: clean(name, value) for name, value in values.items()}
    line = FmeaLine.objects.filter(fmea=fresh, key=key).first()
    if line is None:
        return _add(fresh, key, wanted, after, by=by, at=at)
    before = {name: getattr(line, name) for name, value in wanted.items() if getattr(line, name) != value}
    if not before:
        return line
    check_seen(line, version)
    for name in before:
        setattr(line, name, wanted[name])
    line.version, line.changed_by, line.changed_at = line.version + 1, by, at
    line.save()
    changed = {name: [told(old), told(wanted[name])] for name, old in before.items()}
    journal.record("fmea.line-changed", subject=fresh, by=by, data={"line": str(line), "changed": changed})
    return line


def _add(
    fmea: Fmea, key: uuid.UUID, values: dict[str, Any], after: uuid.UUID | None, *, by: Person, at: datetime
) -> FmeaLine:
    if fmea.lines.count() >= MOST:
        raise RowRefused(_("An FMEA has at most %(most)s rows. Part it by operation.") % {"most": MOST})
    line = FmeaLine.objects.create(
        fmea=fmea, key=key, position=place(fmea.lines.all(), after), changed_by=by, changed_at=at, **values
    )
    journal.record("fmea.line-added", subject=fmea, by=by, data={"line": str(line)})
    return line


def clean(name: str, value: Any) -> Any:
    """What is kept of an entry. RowRefused: it makes no sense in this column."""
    if name in RATINGS:
        return _rating(name, value)
    text = text_of(value)
    if name == "characteristic":
        return _characteristic(text)
    if name == "special":
        if text.upper() not in SpecialMark.values:
            raise RowRefused(_("A special characteristic is CC, SC or none."), facts={"field": name})
        return text.upper()
    if name != "element" and name not in WORDS:
        raise unknown(name)
    return short_enough(name, text, LONGEST_ELEMENT if name == "element" else LONGEST)


def _rating(name: str, value: Any) -> int | None:
    text = text_of(value)
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 10:
        message = _("“%(value)s” is no rating. Enter a whole number from 1 to 10.")
        raise RowRefused(message % {"value": text[:20]}, facts={"field": name})
    return int(text)


def _characteristic(code: str) -> Characteristic | None:
    found = Characteristic.objects.filter(code__iexact=code).first() if code else None
    if code and found is None:
        message = _("There is no characteristic “%(code)s”. An administrator adds it in the console.")
        raise RowRefused(message % {"code": code[:60]}, facts={"field": "characteristic"})
    return found


def told(value: Any) -> Any:
    """A value as the record book keeps it."""
    return value.code if isinstance(value, Characteristic) else value


@command
def remove(*, fmea: Fmea, key: uuid.UUID, version: int, by: Person, at: datetime) -> None:
    """Take a row out of a draft. One with actions, or that others were drawn from, stays."""
    policies.check(by, "fmea.edit", row=str(fmea))
    fresh = reviews.drafted(fmea)
    line = FmeaLine.objects.filter(fmea=fresh, key=key).first()
    if line is None:
        return
    check_seen(line, version, is_going=True)
    if line.actions.exists() or line.plan_lines.exists() or line.copies.exists():
        message = _("Actions, control plans or other FMEAs rest on this row of the draft. Take those away first.")
        raise RowRefused(message)
    label = str(line)
    line.delete()
    journal.record("fmea.line-removed", subject=fresh, by=by, data={"line": label, "at": at})


@command
def bring(*, fmea: Fmea, lines: Iterable[FmeaLine], by: Person, at: datetime) -> list[FmeaLine]:
    """Copy chains of other FMEAs, as lessons that were learnt there; each remembers where it comes from."""
    policies.check(by, "fmea.edit", row=str(fmea))
    fresh = reviews.drafted(fmea)
    known = set(fresh.lines.exclude(copied_from=None).values_list("copied_from__key", flat=True))
    position, made = place(fresh.lines.all(), None), []
    for line in lines:
        if line.key in known or line.fmea.code == fresh.code:
            continue
        values = {name: getattr(line, name) for name in ("element", *WORDS, *RATINGS, "special", "characteristic")}
        made.append(FmeaLine.objects.create(
            fmea=fresh, position=position, copied_from=line, changed_by=by, changed_at=at, **values
        ))
        position += STEP
    if not made:
        raise RowRefused(_("All of these rows are here already."))
    data = {"lines": len(made), "from": sorted({str(line.copied_from.fmea) for line in made if line.copied_from})}
    journal.record("fmea.lines-brought", subject=fresh, by=by, data=data)
    return made
