"""Putting the dossier of a lot away as a sealed file, and dropping it once its time is over."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from plant import files, policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from traceability.models import DossierFile, MaterialLot
from traceability.queries.archives import Told


class NothingNew(Refusal):
    """A dossier that is put away already just as it is."""

    code = "nothing-new"


@command
def put_away(
    *, lot: MaterialLot, data: bytes, told: Told, sites: Collection[int], by: Person, at: datetime
) -> DossierFile:
    """Keep a dossier as it was when journal and ledger were told so far; its fingerprint goes to the journal."""
    policies.check(by, "archive.keep")
    lock(MaterialLot.objects.filter(pk=lot.pk))
    last = DossierFile.objects.filter(lot=lot).order_by("-revision").first()
    if last is not None and last.seq >= told.seq and last.move >= told.move:
        message = _("Nothing happened to %(lot)s since revision %(revision)s was archived.")
        raise NothingNew(message % {"lot": lot.number, "revision": last.revision})
    key, digest = files.new_key(), hashlib.sha256(data).hexdigest()
    files.store(key, data)
    row = DossierFile.objects.create(
        lot=lot, revision=last.revision + 1 if last else 1, key=key, sha256=digest, size=len(data),
        sites=sorted(sites), seq=told.seq + 1, move=told.move, by=by, at=at,
    )
    facts = {"revision": row.revision, "sha256": digest, "size": row.size}
    journal.record("lot.put-away", subject=lot, by=by, data=facts)
    return row


@command
def drop(*, dossier: DossierFile, by: Person, at: datetime) -> None:
    """Let the bytes go; that there was a dossier, and its fingerprint, stay."""
    policies.check(by, "archive.drop")
    key = dossier.key
    if not DossierFile.objects.filter(pk=dossier.pk, dropped_at__isnull=True).update(dropped_at=at, key=""):
        return
    facts = {"revision": dossier.revision, "sha256": dossier.sha256}
    journal.record("lot.dossier-dropped", subject=dossier.lot, by=by, data=facts)
    transaction.on_commit(lambda: files.forget(key))
