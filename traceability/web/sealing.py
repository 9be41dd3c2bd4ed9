"""A dossier as a sealed file: the paper (PDF/A-2b), the workbook, the record as data, and their fingerprints."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from plant import printed_rows, printing
from plant.lists import sheets as workbooks
from plant.models import Person
from plant.printing import Sheet, text
from plant.web.sheets import complete
from traceability.commands import archives
from traceability.models import DossierFile, MaterialLot
from traceability.queries import archives as reading
from traceability.queries import genealogy
from traceability.queries.archives import Told
from traceability.web import dossier_sheets

PAPER, BOOK, RECORD, LIST = "dossier.pdf", "dossier.xlsx", "record.json", "manifest.json"


def keep(lot: MaterialLot, *, by: Person, reader: Person, at: datetime) -> DossierFile:
    """Put the dossier of a lot away as its reader sees it, in the plant's own language."""
    told = reading.told([lot.pk])[lot.pk]
    upstream = genealogy.lot_ids([lot.pk], "upstream")
    with translation.override(settings.LANGUAGE_CODE):
        data = sealed(lot, told, by=by, reader=reader, at=at)
    return archives.put_away(lot=lot, data=data, told=told, sites=reading.sites_of(lot, upstream), by=by, at=at)


def sealed(lot: MaterialLot, told: Told, *, by: Person, reader: Person, at: datetime) -> bytes:
    """The whole file."""
    address = f"{settings.PUBLIC_URL}{reverse('traceability:lot-detail', args=[lot.number])}"
    sheet = complete(dossier_sheets.lot(lot, reader), lot, address)
    into = io.BytesIO()
    listed = {}
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(sheet, by=by, at=at):
            archive.writestr(name, data)
            listed[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        facts = {
            "lot": lot.number, "material": lot.material.code, "put_away_at": at, "put_away_by": by.number,
            "journal_seq": told.seq, "ledger_move": told.move, "files": listed,
        }
        archive.writestr(LIST, as_json(facts))
    return into.getvalue()


def parts(sheet: Sheet, *, by: Person, at: datetime) -> Iterator[tuple[str, bytes]]:
    """The paper, the workbook and the record."""
    yield PAPER, printing.pdf(sheet, printed_by=by.name, printed_at=text(at))
    head = [sheet.kind, sheet.number, _("Archived %(at)s") % {"at": text(at)}]
    yield BOOK, b"".join(workbooks.as_xlsx(sheet.number, head, list(printed_rows.rows(sheet))[1:]))
    held = replace(sheet, tables=[table.held() for table in sheet.tables], code="", pictures=(), drawings=())
    record = asdict(held)
    yield RECORD, as_json(record)


def as_json(facts: object) -> bytes:
    return json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def part(data: bytes, name: str) -> bytes:
    """One of the files in a sealed one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)

