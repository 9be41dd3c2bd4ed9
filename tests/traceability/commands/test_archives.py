"""Dossiers put away by the clock: when, once, anew, sealed, for whom, and for how long."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from plant import files
from plant.errors import Refusal
from plant.models import JournalEntry, Role
from plant.queries import persons
from tests.traceability import worlds
from traceability import filing
from traceability.models import ArchiveRule, Bucket, DossierFile, Hold, Move
from traceability.queries import archives as reading
from traceability.web import sealing

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def sweep(days: float) -> int:
    """The clock, so many days after noon of the world."""
    return filing.put_away(by=persons.system("archive"), at=worlds.NOON + days * DAY, seconds=300)


def shipped(here: worlds.World, number: str = "B1"):
    """A board that left the plant."""
    lot = worlds.made(here, number)
    worlds.move(here, lot, 1, Bucket.WIP, Bucket.SHIPPED)
    return lot


def test_is_put_away_once_its_life_is_over_and_quiet_and_anew_when_something_happens() -> None:
    here = worlds.world()
    lot = shipped(here)
    worlds.made(here, "AT-WORK")
    assert sweep(6.9) == 0
    assert sweep(7.1) == 1
    assert sweep(30) == 0
    back = Move.objects.create(lot=lot, from_bucket=Bucket.SHIPPED, to_bucket=Bucket.SCRAP, quantity=1,
                               person=here.operator, at=worlds.NOON + 40 * DAY)
    assert sweep(46) == 0
    assert sweep(48) == 1
    assert [one.revision for one in reading.of_lot(lot)] == [2, 1]
    assert reading.of_lot(lot)[0].move == back.pk


def test_a_rule_of_the_product_says_when() -> None:
    here = worlds.world()
    shipped(here)
    ArchiveRule.objects.create(material=here.board, after_days=30)
    assert (sweep(20), sweep(31)) == (0, 1)


def test_its_fingerprint_stands_in_the_journal_and_the_file_is_compared_with_it() -> None:
    here = worlds.world()
    lot = shipped(here)
    sweep(8)
    [one] = reading.of_lot(lot)
    data = reading.opened(one, persons.system("archive"))
    told = JournalEntry.objects.get(kind="lot.put-away").data
    assert told == {"revision": 1, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    listed = json.loads(sealing.part(data, sealing.LIST))
    paper = sealing.part(data, sealing.PAPER)
    assert paper.startswith(b"%PDF")
    assert listed["files"][sealing.PAPER] == {"sha256": hashlib.sha256(paper).hexdigest(), "bytes": len(paper)}
    assert json.loads(sealing.part(data, sealing.RECORD))["number"] == "B1"
    files.path_of(one.key).write_bytes(data + b"x")
    with pytest.raises(reading.SealBroken):
        reading.opened(one, persons.system("archive"))


@pytest.mark.parametrize("statement", ["UPDATE traceability_dossierfile SET sha256 = repeat('0', 64)",
                                       "UPDATE traceability_dossierfile SET key = ''",
                                       "DELETE FROM traceability_dossierfile"])
def test_nobody_changes_what_is_sealed(statement: str) -> None:
    shipped(worlds.world())
    sweep(8)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_is_dropped_after_its_years_but_not_while_the_lot_is_held() -> None:
    here = worlds.world()
    free, held = shipped(here, "FREE"), shipped(here, "HELD")
    assert sweep(8) == 2
    ArchiveRule.objects.create(material=here.board, after_days=7, keep_years=1)
    Hold.objects.create(target_kind="LOT", target_id=str(held.pk), target_label="HELD", lot=held, site=here.site,
                        cause_kind="MANUAL", cause_id="1", reason="?", placed_by=here.operator, placed_at=worlds.NOON)
    type(held).objects.filter(pk=held.pk).update(open_holds=1, status="HELD")
    key = reading.of_lot(free)[0].key
    by = persons.system("archive")
    assert filing.drop(by=by, at=worlds.NOON + 100 * DAY) == 0
    assert filing.drop(by=by, at=worlds.NOON + 400 * DAY) == 1
    [gone] = reading.of_lot(free)
    assert (gone.key, gone.dropped_at is not None, reading.of_lot(held)[0].dropped_at) == ("", True, None)
    assert reading.spoken_of({key}) == set()
    with pytest.raises(reading.NotWhole):
        reading.opened(gone, by)


def test_quality_archives_at_once_and_opens_it_from_the_lot_and_from_the_list(client) -> None:
    here = worlds.world()
    shipped(here, "B/1")
    client.force_login(worlds.person("7", Role.OPERATOR))
    assert client.post(reverse("traceability:lot-put-away", args=["B/1"])).status_code == 403
    client.force_login(worlds.person("8", Role.QUALITY_ENGINEER))
    assert client.post(reverse("traceability:lot-put-away", args=["B/1"])).status_code == 302
    one = DossierFile.objects.get()
    page = client.get(reverse("traceability:lot-detail", args=["B/1"])).content.decode()
    paper = reverse("traceability:lot-dossier-pdf", args=["B/1", 1])
    assert paper in page
    found = client.get(reverse("traceability:archive-list"), {"q": "WO1"}).content.decode()
    assert paper in found
    answer = client.get(paper)
    assert (answer["X-Sealed-SHA256"], answer.content[:4]) == (one.sha256, b"%PDF")
    assert client.get(reverse("traceability:lot-dossier-xlsx", args=["B/1", 1])).content[:2] == b"PK"


def test_who_does_not_see_every_site_in_it_may_not_open_it() -> None:
    here = worlds.world()
    lot = shipped(here)
    sweep(8)
    [one] = reading.of_lot(lot)
    reader = worlds.person("9", Role.QUALITY_ENGINEER)
    other = type(here.site).objects.create(code="SZ2", name="Other", level=here.site.level)
    assert reading.may_open(one, reader)
    type(reader).objects.filter(pk=reader.pk).update(site=other)
    with pytest.raises(Refusal):
        reading.opened(one, type(reader).objects.get(pk=reader.pk))
