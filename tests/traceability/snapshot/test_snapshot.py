"""A snapshot and the news beside it say what the recursive walk says, whatever happened in between."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection, connections

from plant.models import Partner, PartnerKind
from tests.traceability import worlds
from traceability import tasks
from traceability.models import Bucket, Link, LotKind, MaterialLot, Shipment
from traceability.queries import genealogy, impact, scope
from traceability.snapshot import building, counting, files, since

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path


def agree(lots: list[MaterialLot]) -> bool:
    """Counts and reach, of every lot and of all together, both ways."""
    questions = [[lot.pk] for lot in lots] + [[lot.pk for lot in lots[::3]]]
    with connection.cursor() as cursor:
        for roots in questions:
            reached = counting.reach(cursor, roots)
            assert reached is not None
            assert set(reached.tolist()) == genealogy.lot_ids(roots, "downstream")
            told = impact.downstream_counts(roots)
            assert told == impact.walked(cursor, roots)
            assert told.shipped == impact.customers(roots)
            then = datetime(2030, 1, 1, tzinfo=UTC)  # as of a moment nothing is taken from a snapshot
            for only_exact in (True, False):
                found = scope.below(roots, only_exact=only_exact)
                assert found == scope.below(roots, only_exact=only_exact, as_of=then)
    return True


class Chance:
    """A plant in which anything may happen next."""

    def __init__(self, seed: int) -> None:
        self.here, self.dice, self.lots, self.links = worlds.world(), random.Random(seed), [], []
        known = {"kind": PartnerKind.CUSTOMER, "name": "Somebody"}
        customers = [Partner.objects.create(code=code, **known) for code in ("C1", "C2")]
        due = {"site": self.here.site, "due_at": worlds.NOON, "created_at": worlds.NOON}
        self.shipments = [Shipment.objects.create(number=f"D{n}", customer=customers[n % 2], **due) for n in range(3)]

    def lot(self) -> None:
        kind = self.dice.choice([LotKind.LOT, LotKind.SERIAL])
        self.lots.append(worlds.made(self.here, f"L{len(self.lots)}", self.dice.randint(1, 9), kind))

    def link(self) -> None:
        first, second = sorted(self.dice.sample(range(len(self.lots)), 2))
        certainty = self.dice.choice(["EXACT", "EXACT", "POSSIBLE"])
        self.links.append(worlds.link(self.lots[first], self.lots[second], certainty=certainty))

    def undo(self) -> None:
        if self.links:
            worlds.undo(self.links.pop(self.dice.randrange(len(self.links))))

    def ship(self) -> None:
        lot, shipment = self.dice.choice(self.lots), self.dice.choice(self.shipments)
        if lot.balances.filter(bucket=Bucket.WIP, quantity__gt=0).exists():
            worlds.move(self.here, lot, 1, Bucket.WIP, Bucket.STOCK)
            move = {"lot": lot, "quantity": 1, "person": self.here.operator, "at": worlds.NOON}
            lot.moves.create(**move, from_bucket=Bucket.STOCK, to_bucket=Bucket.SHIPPED, to_place=shipment.number)

    def hold(self) -> None:
        lot = self.dice.choice(self.lots)
        MaterialLot.objects.filter(pk=lot.pk).update(status="HELD", open_holds=1)
        lot.refresh_from_db()

    def happen(self, times: int) -> None:
        acts = [self.lot, self.link, self.link, self.link, self.undo, self.ship]
        for _ in range(times):
            self.dice.choice(acts)()


@pytest.mark.parametrize("seed", range(4))
def test_agrees_whatever_happens_after(seed: int) -> None:
    plant = Chance(seed)
    for _ in range(6):
        plant.lot()
    plant.happen(40)
    building.build(worlds.NOON)
    assert agree(plant.lots)
    plant.happen(40)
    plant.hold()
    assert agree(plant.lots)


@contextmanager
def another_connection() -> Iterator[Callable[..., object]]:
    """Somebody else's transaction, open for as long as the block runs."""
    other = connections.create_connection("default")
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            yield cursor.execute
        other.commit()
    finally:
        other.close()


COPY = """
INSERT INTO traceability_link (parent_id, child_id, quantity, job_order, operation, certainty, reason, at)
SELECT %s, %s, 1, '', '', 'EXACT', '', now()
"""


def test_sees_what_was_on_its_way_when_it_was_made() -> None:
    here = worlds.world()
    a, b, c, d = (worlds.made(here, number) for number in "ABCD")
    with another_connection() as execute:
        execute(COPY, [a.pk, b.pk])
        worlds.link(c, d)
        building.build(worlds.NOON)
        arrays, facts = files.current()
        assert agree([c, d])
        assert (facts.horizon, since.LINKS) not in since._SETTLED
    late = Link.objects.get(parent=a)
    assert late.pk < facts.last_link
    assert arrays.missing_links.tolist()[-1:] == [late.pk]
    assert agree([a, b, c, d])
    assert since._SETTLED[facts.horizon, since.LINKS][:, 0].tolist() == [late.pk]
    assert agree([a])


def test_of_another_database_is_not_believed() -> None:
    here = worlds.world()
    a, b = worlds.made(here, "A"), worlds.made(here, "B")
    worlds.link(a, b)
    building.build(worlds.NOON)
    with connection.cursor() as cursor:
        assert counting.reach(cursor, [a.pk]) is not None
        cursor.execute("ALTER TABLE traceability_link DISABLE TRIGGER USER")
        cursor.execute("UPDATE traceability_link SET at = at + interval '1 second'")
        cursor.execute("ALTER TABLE traceability_link ENABLE TRIGGER USER")
        assert counting.reach(cursor, [a.pk]) is None
    assert impact.downstream_counts([a.pk]).lots == 1


def test_the_newest_takes_the_place_of_the_one_before() -> None:
    here = worlds.world()
    worlds.link(worlds.made(here, "A"), worlds.made(here, "B"))
    building.build(worlds.NOON)
    second = building.build(worlds.NOON)
    assert sorted(path.name for path in files.home().iterdir()) == sorted(["current", second.name])


def test_is_made_when_enough_has_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    here = worlds.world()
    worlds.link(worlds.made(here, "A"), worlds.made(here, "B"))
    assert not tasks.snapshot_genealogy()
    monkeypatch.setattr(tasks, "WORTH_A_SNAPSHOT", 1)
    with files.alone() as is_alone:
        assert is_alone
        assert not tasks.snapshot_genealogy()
    assert tasks.snapshot_genealogy()
    assert not tasks.snapshot_genealogy()
