"""The archive read: which lots are due, what was put away of a lot, and the sealed bytes, compared with their seal."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from plant import files, scoping
from plant.errors import Refusal
from plant.models import Equipment, JournalEntry, JournalHead, Person
from traceability import archiving
from traceability.models import ArchiveRule, Bucket, DossierFile, LotBalance, MaterialLot, Move, RecalledLot

USUAL_DAYS = 7  # where no rule says otherwise; such dossiers are kept for ever
YEAR = timedelta(days=365.25)
HERE = (Bucket.STOCK, Bucket.ISSUED, Bucket.WIP, Bucket.REWORK)
CHUNK = 200  # moves looked at in one go


class SealBroken(Refusal):
    """A dossier whose bytes are not those that were put away."""

    code = "seal-broken"


class NotWhole(Refusal):
    """A dossier that tells of lots which its reader may not see, or that is gone."""

    code = "dossier-closed"


@dataclass(frozen=True, slots=True)
class Told:
    """Up to where a lot's journal and ledger are read."""

    seq: int
    move: int


def told(lot_ids: Collection[int]) -> dict[int, Told]:
    """How far the journal and the ledger of some lots have come."""
    streams = {f"materiallot:{pk}": pk for pk in lot_ids}
    heads = JournalHead.objects.filter(stream__in=streams).values_list("stream", "seq")
    seqs = {streams[stream]: seq for stream, seq in heads}
    moves = Move.objects.filter(lot__in=lot_ids).order_by().values_list("lot").annotate(Max("pk"))
    last = dict(moves)
    return {pk: Told(seqs.get(pk, 0), last.get(pk, 0)) for pk in lot_ids}


def rules() -> tuple[dict[int, ArchiveRule], ArchiveRule]:
    """The rules of products, and what holds for every other one."""
    known = list(ArchiveRule.objects.all())
    usual = [one for one in known if one.material_id is None] or [ArchiveRule(after_days=USUAL_DAYS)]
    return {one.material_id: one for one in known if one.material_id is not None}, usual[0]


def days() -> list[int]:
    """The different numbers of quiet days that rules name."""
    own, usual = rules()
    return sorted({usual.after_days, *(one.after_days for one in own.values())})


def of_rule(lot_ids: Collection[int], quiet_days: int) -> "QuerySet[MaterialLot]":
    """Those of the lots whose product is put away after so many days."""
    own, usual = rules()
    which = Q(material__in=[material for material, one in own.items() if one.after_days == quiet_days])
    if usual.after_days == quiet_days:
        which |= ~Q(material__in=list(own))
    return MaterialLot.objects.filter(which, pk__in=lot_ids)


def due(lot_ids: Collection[int], quiet_days: int, at: datetime) -> list[MaterialLot]:
    """Of some lots, those whose life is over, to which nothing happened for so long, and that are not put away yet."""
    rows = {lot.pk: lot for lot in of_rule(lot_ids, quiet_days).select_related("material").order_by("pk")}
    here = LotBalance.objects.filter(lot__in=rows, quantity__gt=0, bucket__in=HERE).values_list("lot", flat=True)
    over = (set(rows) - set(here)) | archiving.over(list(rows))
    lately = Move.objects.filter(lot__in=over, at__gt=at - timedelta(days=quiet_days)).values_list("lot", flat=True)
    quiet = over - set(lately)
    now, last = told(quiet), {one.lot_id: one for one in newest(quiet)}
    return [
        rows[pk] for pk in sorted(quiet)
        if pk not in last or (last[pk].seq, last[pk].move) != (now[pk].seq, now[pk].move)
    ]


def newest(lot_ids: Collection[int]) -> "QuerySet[DossierFile]":
    """The last dossier of each lot."""
    last = DossierFile.objects.filter(lot=OuterRef("lot")).order_by("-revision").values("pk")[:1]
    return DossierFile.objects.filter(lot__in=lot_ids, pk=Subquery(last))


def moved(after: int, until: datetime) -> tuple[int, list[int]] | None:
    """The lots of the next moves of the ledger, as far as they are old enough; and the last of these moves."""
    rows = []
    for pk, lot, at in Move.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "lot", "at")[:CHUNK]:
        if at > until:
            break
        rows.append((pk, lot))
    return (rows[-1][0], sorted({lot for _pk, lot in rows})) if rows else None


def noted(after: int, until: datetime) -> tuple[int, list[int]] | None:
    """The same of the record book: what was said of lots without moving them."""
    entries = JournalEntry.objects.filter(pk__gt=after, subject_kind="materiallot").order_by("pk")
    rows = []
    for pk, lot, at in entries.values_list("pk", "subject_id", "at")[:CHUNK]:
        if at > until:
            break
        rows.append((pk, int(lot)))
    return (rows[-1][0], sorted({lot for _pk, lot in rows})) if rows else None


def of_lot(lot: MaterialLot) -> list[DossierFile]:
    """What was put away of a lot, the newest first."""
    return list(DossierFile.objects.filter(lot=lot).select_related("by").order_by("-revision"))


def listing() -> "QuerySet[DossierFile]":
    return DossierFile.objects.select_related("lot__material", "by")


def in_state(state: str) -> Q:
    """Those that are there, or that were dropped."""
    return Q(dropped_at__isnull=state != "gone")


def outdated(at: datetime, most: int) -> list[DossierFile]:
    """Dossiers whose time is over; what is held or called back stays until that is settled."""
    own, usual = rules()
    which = Q(pk__in=[])
    for material, one in own.items():
        if one.keep_years:
            which |= Q(lot__material=material, at__lt=at - one.keep_years * YEAR)
    if usual.keep_years:
        which |= ~Q(lot__material__in=list(own)) & Q(at__lt=at - usual.keep_years * YEAR)
    recalled = RecalledLot.objects.filter(notice__since_at__isnull=False, notice__until_at__isnull=True)
    rows = DossierFile.objects.filter(which, dropped_at__isnull=True, lot__open_holds=0)
    return list(rows.exclude(lot__in=recalled.values("lot")).select_related("lot").order_by("at", "pk")[:most])


def may_open(one: DossierFile, reader: Person) -> bool:
    """Whether somebody may see every site that stands in it."""
    sites = scoping.visible(Equipment.objects.filter(pk__in=one.sites), reader)
    return scoping.reach(reader).partner is None and sites.count() == len(one.sites)


def opened(one: DossierFile, reader: Person) -> bytes:
    """The bytes as they were put away, or a refusal that says why not."""
    if one.dropped_at is not None:
        raise NotWhole(_("The time for which this dossier is kept is over, and it was dropped."))
    if not may_open(one, reader):
        raise NotWhole(_("It tells of lots of other sites. Ask somebody who may see those."))
    try:
        data = files.path_of(one.key).read_bytes()
    except FileNotFoundError:
        data = b""
    if not is_whole(one, data):
        raise SealBroken(_("%(dossier)s is not the file that was archived. Have it restored from the backup, and tell "
                           "quality.") % {"dossier": one})
    return data


def is_whole(one: DossierFile, data: bytes) -> bool:
    """Whether some bytes are those that were sealed."""
    return hashlib.sha256(data).hexdigest() == one.sha256


@files.register
def spoken_of(keys: set[str]) -> set[str]:
    """Files that dossiers speak of: the sweep leaves them."""
    return set(DossierFile.objects.filter(key__in=keys).exclude(key="").values_list("key", flat=True))


def sites_of(lot: MaterialLot, lot_ids: Iterable[int]) -> list[int]:
    """The sites of a lot and of what stands in its dossier."""
    rows = MaterialLot.objects.filter(pk__in=[*lot_ids, lot.pk]).order_by().values_list("site", flat=True)
    return sorted(set(rows))
