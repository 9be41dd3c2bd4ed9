"""Undoing the last import of a kind of master data: rows go back to what they were, unless changed meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, journal_many, rows
from plant.commands.imports import AT_ONCE, ImportRefused
from plant.commands.journal_many import Entry
from plant.console import plans, sheets
from plant.console.files import Line, Table
from plant.console.plans import ROW, Plan, Row
from plant.console.sheets import Sheet
from plant.locks import lock
from plant.models import ImportStatus, MasterImport, MasterImportRow, Person
from plant.queries import imports as reading
from plant.transactions import command


@dataclass(frozen=True, slots=True)
class Left:
    """A row that the undoing leaves as it is, and why."""

    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Undone:
    """How many rows go back, how many go away, and which stay."""

    reverted: int
    removed: int
    left: list[Left]


@command
def preview(*, done: MasterImport, by: Person) -> Undone:
    """What undoing would do; nothing is written."""
    with transaction.atomic():
        found = _undo(done, by)
        transaction.set_rollback(True)
    return found


@command
def undo(*, done: MasterImport, by: Person, at: datetime) -> Undone:
    """Give rows the values they had, delete those that were new; leave those that somebody changed since."""
    fresh = lock(MasterImport.objects.filter(pk=done.pk))[0]
    last = reading.last(fresh.sheet)
    if last is None or last.pk != fresh.pk:
        raise ImportRefused(_("Only the last import of a kind can be undone, and only once."))
    found = _undo(fresh, by)
    data = {"reverted": found.reverted, "removed": found.removed, "left": [left.key for left in found.left][:200]}
    journal.move(fresh, to=ImportStatus.UNDONE, by=by, data=data, undone_at=at, kept=len(found.left))
    return found


def _undo(done: MasterImport, by: Person) -> Undone:
    sheet = sheets.of(done.sheet)
    policies.check(by, sheet.action)
    with connection.cursor() as cursor:
        cursor.execute(AT_ONCE)
    wanted = list(done.rows.order_by("pk"))
    lock(sheet.rows().filter(pk__in=[row.row_id for row in wanted]))
    now = {str(pk): cells for pk, cells in sheet.texts(sheet.rows().filter(pk__in=[row.row_id for row in wanted]))}
    free, left = [], []
    for row in wanted:
        why = _changed_since(sheet, row, now.get(row.row_id))
        if why:
            left.append(Left(row.key, why))
        else:
            free.append(row)
    reason = _("Undoing of import %(import)s") % {"import": done}
    reverted = _revert(sheet, [row for row in free if not row.is_new], now, by, reason, left)
    removed = _remove(sheet, [row for row in free if row.is_new], by, reason, left)
    return Undone(reverted, removed, left)


def _changed_since(sheet: Sheet, row: MasterImportRow, cells: dict[str, str] | None) -> str:
    if cells is None:
        return _("It is gone.")
    if changed := [name for name, value in row.now.items() if cells.get(name) != value]:
        titles = [column.title for column in sheet.columns if column.name in changed]
        return _("Changed meanwhile: %(fields)s.") % {"fields": ", ".join(titles)}
    return ""


def _revert(
    sheet: Sheet, wanted: list[MasterImportRow], now: dict[str, dict[str, str]], by: Person, reason: str,
    left: list[Left],
) -> int:
    """Write the former cells as a file would."""
    by_columns: dict[tuple[str, ...], list[MasterImportRow]] = {}
    for row in wanted:
        by_columns.setdefault(tuple(sorted(row.was)), []).append(row)
    count = 0
    for names, some in by_columns.items():
        headings = [*sheet.key, *(name for name in names if name not in sheet.key)]
        lines = [Line(row.line, {**now[row.row_id], **row.was}) for row in some]
        plan = plans.plan(sheet, Table(headings, lines), by)
        rows.write(plan)
        count += _told(plan, by, reason, left)
    return count


def _told(plan: Plan, by: Person, reason: str, left: list[Left]) -> int:
    """Write down what went back; say what did not."""
    left += [Left(row.key, " ".join(row.faults.values())) for row in plan.rows if row.faults]
    fit = [row for row in plan.rows if not row.faults and row.now]
    kind = f"{plan.sheet.kind}.changed"
    data = [{name: [row.was[name], now] for name, now in row.now.items()} for row in fit]
    entries = [Entry(kind, row.instance, told) for row, told in zip(fit, data, strict=True)]
    journal_many.record(entries, by=by, reason=reason)
    return len(fit)


def _remove(sheet: Sheet, wanted: list[MasterImportRow], by: Person, reason: str, left: list[Left]) -> int:
    """Delete what the import made, the last first; what is in use by now stays."""
    there = sheet.model._default_manager.in_bulk([_pk(sheet, row) for row in wanted])
    found = [
        Row(row.line, row.key, pk=_pk(sheet, row), now=row.now, instance=there[_pk(sheet, row)])
        for row in reversed(wanted)
    ]
    rows.tried(sheet, found, lambda some: rows.take_away(sheet, [row.pk for row in some]))
    in_use = _("It is in use by now.")
    left += [Left(row.key, in_use) for row in found if row.faults]
    gone = [row for row in found if ROW not in row.faults]
    data = [{name: [value, None] for name, value in row.now.items() if value} for row in gone]
    kind = f"{sheet.kind}.deleted"
    entries = [Entry(kind, row.instance, told) for row, told in zip(gone, data, strict=True)]
    journal_many.record(entries, by=by, reason=reason)
    return len(gone)


def _pk(sheet: Sheet, row: MasterImportRow) -> Any:
    return sheet.model._meta.pk.to_python(row.row_id)
