"""Taking in a file in steps: uploaded, its columns chosen, checked piece by piece without writing, written."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from integrations.formats.columns import matched
from integrations.imports import objects
from integrations.imports.objects import IMPORTED, Object
from integrations.imports.taking import take
from integrations.models import FileHeading, FileImport, FileImportRow, FileImportStatus
from integrations.nouns.intake import CHANGED, CREATED, OLDER, REFUSED, UNCHANGED
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.queries import places
from plant.transactions import command

MOST_WHOLE = 5_000
COUNTS = ("created", "changed", "unchanged", "refused")
COUNTED = {CREATED: "created", CHANGED: "changed", UNCHANGED: "unchanged", OLDER: "unchanged", REFUSED: "refused"}
RUNNING = (FileImportStatus.CHECKING, FileImportStatus.WRITING)
FRESH: dict[str, Any] = {**dict.fromkeys(COUNTS, 0), "at_row": 0}


class ImportRefused(Refusal):
    """A file that can't be taken on."""

    code = "import-refused"


@command
def upload(
    *, noun: str, file_name: str, content: bytes, encoding: str, is_whole: bool, by: Person, at: datetime
) -> FileImport:
    """Keep a file with the columns that its headings name, as this person chose them before."""
    found = IMPORTED.get(noun)
    if found is None or not objects.action(found):
        raise objects.NoSuchNoun(_("Choose what the rows of the file are."))
    policies.check(by, objects.action(found))
    headings, _lines = objects.open_file(file_name, content, encoding)
    kept = FileHeading.objects.filter(person=by, noun=noun, heading__in=headings)
    columns = matched(
        objects.columns_of(found), headings, dict(kept.values_list("heading", "column"))
    )
    row = FileImport.objects.create(
        noun=noun, file_name=file_name[:200], content=content, sha256=hashlib.sha256(content).hexdigest(),
        encoding=encoding, headings=headings, columns=columns, is_whole=is_whole, site=places.home(by), by=by,
        uploaded_at=at,
    )
    journal.record("fileimport.uploaded", subject=row, by=by, data={"noun": noun, "file": row.file_name})
    return row


def _mine(file_import: FileImport, by: Person) -> FileImport:
    """The locked import; each is carried through by whoever uploaded it."""
    row = lock(FileImport.objects.filter(pk=file_import.pk))[0]
    policies.check(by, objects.action(IMPORTED[row.noun]))
    if row.by_id != by.pk:
        message = _("%(person)s uploaded this file and carries it through. Upload it yourself to take it in.")
        raise ImportRefused(message % {"person": row.by.name})
    return row


@command
def begin_check(*, file_import: FileImport, columns: Mapping[str, str], by: Person, at: datetime) -> FileImport:
    """Keep which heading is which column, for the next file too, and let the rows be checked."""
    row = _mine(file_import, by)
    noun = IMPORTED[row.noun]
    known = {column.name: column for column in objects.columns_of(noun)}
    chosen = {heading: name for heading, name in columns.items() if heading in row.headings and name in known}
    if len(set(chosen.values())) < len(chosen):
        raise ImportRefused(_("Two headings are taken for one column. Choose another one, or none, for one of them."))
    if absent := [one.title for one in known.values() if one.is_key and one.name not in chosen.values()]:
        message = _("No heading is taken for “%(column)s”, by which rows are known. Choose one.")
        raise ImportRefused(message % {"column": absent[0]})
    FileHeading.objects.bulk_create(
        [FileHeading(person=by, noun=row.noun, heading=heading[:200], column=chosen.get(heading, ""))
         for heading in row.headings],
        update_conflicts=True, unique_fields=["person", "noun", "heading"], update_fields=["column"],
    )
    opened = objects.open_file(row.file_name, bytes(row.content), row.encoding)
    count = sum(1 for _one in objects.objects(noun, opened, chosen))
    if row.is_whole and count > MOST_WHOLE:
        raise ImportRefused(_("All or none goes up to %(most)s rows. Divide the file, or take it row by row.") % {
            "most": MOST_WHOLE})
    row.refusals.all().delete()
    journal.move(row, to=FileImportStatus.CHECKING, by=by, columns=chosen, rows=count, **FRESH)
    return row


@command
def begin_write(*, file_import: FileImport, by: Person, at: datetime) -> FileImport:
    """Let the checked rows be written: those that are right, or all of them at once."""
    row = _mine(file_import, by)
    if row.status == FileImportStatus.CHECKED and row.is_whole and row.refused:
        raise ImportRefused(_("Nothing can be written while a row has an error. Mend the file and check it again."))
    if row.status == FileImportStatus.CHECKED and not row.created + row.changed:
        raise ImportRefused(_("The file holds nothing new: everything is already as it says."))
    row.refusals.all().delete()
    journal.move(row, to=FileImportStatus.WRITING, by=by, **FRESH)
    return row


@command
def leave(*, file_import: FileImport, by: Person, at: datetime) -> FileImport:
    """Put a file away without writing it."""
    row = _mine(file_import, by)
    journal.move(row, to=FileImportStatus.LEFT, by=by, content=b"")
    return row


@command
def step(*, file_import: FileImport, found: Sequence[Object], seen: set[str], at: datetime) -> bool:
    """Check or write the next objects, and move on in the same transaction; False when somebody else has.

    What was checked is taken back. `seen` are keys of the file that come before: a row may refer to them.
    """
    row = lock(FileImport.objects.filter(pk=file_import.pk))[0]
    if row.status not in RUNNING or row.at_row != file_import.at_row or row.status != file_import.status:
        return False
    noun, is_check = IMPORTED[row.noun], row.status == FileImportStatus.CHECKING
    known = objects.columns_of(noun)
    with transaction.atomic():
        said = [take(noun, one, known, by=row.by, at=at) for one in found]
        refused = any(status == REFUSED for status, _errors in said)
        if is_check or (row.is_whole and refused):
            transaction.set_rollback(True)
    if is_check:
        said = [_forgiven(result, one, noun, seen) for result, one in zip(said, found, strict=True)]
    _count(row, said, found)
    if row.at_row == row.rows:
        _end(row, at, is_taken_back=row.is_whole and refused)
    file_import.at_row = row.at_row
    return True


def _forgiven(
    result: tuple[str, dict[str, str]], one: Object, noun: object, seen: set[str]
) -> tuple[str, dict[str, str]]:
    """A row that only lacks what an earlier row of the file brings is right."""
    status, errors = result
    wrong = [name for name in errors if one.words.get(name) not in seen]
    return (CREATED, {}) if status == REFUSED and not wrong else result


def _count(row: FileImport, said: Sequence[tuple[str, dict[str, str]]], found: Sequence[Object]) -> None:
    for status, _errors in said:
        name = COUNTED[status]
        setattr(row, name, getattr(row, name) + 1)
    row.at_row += len(said)
    row.save(update_fields=[*COUNTS, "at_row"])
    key = IMPORTED[row.noun].key
    FileImportRow.objects.bulk_create([
        FileImportRow(file_import=row, line=one.line, key=str(one.words.get(key) or "")[:120], cells=one.cells,
                      errors=errors)
        for (status, errors), one in zip(said, found, strict=True) if status == REFUSED
    ])


def _end(row: FileImport, at: datetime, *, is_taken_back: bool) -> None:
    counts = {name: getattr(row, name) for name in COUNTS}
    if row.status == FileImportStatus.CHECKING or is_taken_back:
        journal.move(row, to=FileImportStatus.CHECKED, by=row.by, data=counts)
    else:
        journal.move(row, to=FileImportStatus.DONE, by=row.by, data=counts, done_at=at, content=b"")
