"""Taking in a file of master data: checked without writing, written as a whole."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, journal_many, rows
from plant.commands.journal_many import Entry
from plant.console import plans, sheets
from plant.console.files import Table
from plant.console.plans import CHANGED, NEW, Plan, Row
from plant.console.sheets import Sheet
from plant.errors import Refusal
from plant.locks import lock
from plant.models import ImportStatus, MasterImport, MasterImportRow, Person
from plant.transactions import command

# A checked file that nobody confirmed is forgotten.
FORGOTTEN_AFTER = timedelta(hours=12)
AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"


class ImportRefused(Refusal):
    """A file that can't be written as it is."""

    code = "import-refused"


@command
def check(
    *, sheet: Sheet, table: Table, file_name: str, content: bytes, by: Person, at: datetime
) -> tuple[MasterImport, Plan]:
    """Find what a file would do, write nothing of it, and keep the file until it is confirmed."""
    policies.check(by, sheet.action)
    plan = plans.plan(sheet, table, by)
    with transaction.atomic():
        write(plan)
        transaction.set_rollback(True)
    MasterImport.objects.filter(status=ImportStatus.CHECKED, by=by, sheet=sheet.label).delete()
    MasterImport.objects.filter(status=ImportStatus.CHECKED, checked_at__lt=at - FORGOTTEN_AFTER).delete()
    kept = content if plan.is_fit else b""
    pending = MasterImport.objects.create(
        sheet=sheet.label, file_name=file_name[:200], content=kept, digest=plan.digest(), by=by, checked_at=at,
        added=plan.count(NEW), changed=plan.count(CHANGED),
    )
    return pending, plan


@command
def confirm(*, pending: MasterImport, table: Table, by: Person, at: datetime) -> MasterImport:
    """Write all rows of a checked file, or none; refused when somebody has changed what the check saw."""
    sheet = sheets.of(pending.sheet)
    policies.check(by, sheet.action)
    fresh = lock(MasterImport.objects.filter(pk=pending.pk))[0]
    if fresh.status != ImportStatus.CHECKED or fresh.by_id != by.pk:
        raise ImportRefused(_("This file was written before, or checked by somebody else. Check it again."))
    lock(sheet.rows().only("pk"))
    plan = plans.plan(sheet, table, by)
    if plan.digest() != fresh.digest:
        raise ImportRefused(_("Somebody changed the master data since the check. Nothing was written: check it again."))
    write(plan)
    if not plan.is_fit:
        raise ImportRefused(_("The database refused a row. Nothing was written: check the file again."))
    done = [row for row in plan.rows if row.verb in (NEW, CHANGED)]
    _write_down(sheet, done, fresh, by)
    _keep(sheet, done, fresh)
    fields: dict[str, Any] = {"done_at": at, "content": b""}
    journal.move(fresh, to=ImportStatus.DONE, by=by, data={"new": fresh.added, "changed": fresh.changed}, **fields)
    return fresh


def write(plan: Plan) -> None:
    """Write the rows; what the database would refuse at the end it refuses at once."""
    with connection.cursor() as cursor:
        cursor.execute(AT_ONCE)
    rows.write(plan)


def _write_down(sheet: Sheet, done: list[Row], imported: MasterImport, by: Person) -> None:
    """Each row in the record book, from what to what."""
    entries = [
        Entry(
            f"{sheet.kind}.{sheet.created if row.verb == NEW else 'changed'}", row.instance,
            {name: [row.was.get(name) or None, now] for name, now in row.now.items()},
        )
        for row in done
    ]
    journal_many.record(entries, by=by, reason=_("Import %(import)s") % {"import": imported})


def _keep(sheet: Sheet, done: list[Row], imported: MasterImport) -> None:
    """What the rows were and are, for undoing."""
    new = [row.instance.pk for row in done if row.verb == NEW]
    after = dict(sheet.texts(sheet.rows().filter(pk__in=new)))
    MasterImportRow.objects.bulk_create(
        [
            MasterImportRow(
                done_by=imported, line=row.number, row_id=str(row.instance.pk), key=row.key[:300],
                is_new=row.verb == NEW, was=row.was, now=after.get(row.instance.pk, row.now),
            )
            for row in done
        ],
        batch_size=1000,
    )
