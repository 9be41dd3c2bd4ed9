"""Messages of connections: kept once, carried once, in order, parked with a reason; whatever the other side does."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db import connection as database

from integrations.links import carrying, work
from integrations.links.commands import connections, desk, exchanges, inbox, outbox
from integrations.links.outgoing import News
from integrations.links.queries import standing
from integrations.models import Connection, Direction, Exchange, ExchangeStatus
from plant.commands import journal
from plant.commands.idempotency import KeyReused
from plant.commands.signatures import content_hash
from plant.errors import Refusal
from plant.models import MaterialDefinition, Role
from tests.factories import NOW, PASSWORD, material, person
from tests.integrations.links import erp_stub, factories
from tests.mes import factories as mes
from traceability.models import MaterialLot

pytestmark = pytest.mark.usefixtures("committed_db")


class Clock:
    """Time that goes on by what is slept."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def on(self, **by):
        self.now += timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def erp():
    with erp_stub.erp() as there:
        yield there


def linked(erp, **said):
    wanted = {"settings": erp_stub.SETTINGS, "sent_nouns": ["shortages"], **said}
    material()
    return factories.connection(endpoint=erp.url, **wanted)


def words(code="M1", name="Board", **more):
    return {"code": code, "name": name, "unit": "C62", **more}


def told(number, key="JO1", claim=None):
    return News("shortages", key, claim or f"s{number}", {"id": number, "job_order": key})


def post(connection, *news, at=NOW):
    return [outbox.tell(connection=connection, news=one, entry=None, at=at) for one in news]


def carry(connection, clock, *messages):
    for one in messages:
        inbox.receive(connection=connection, incoming=one, by=connection.acts_as, at=clock())
    work.carry_in(clock=clock)


def states(direction=Direction.IN):
    rows = Exchange.objects.filter(direction=direction).order_by("seq")
    return [(row.seq, row.status) for row in rows]


def test_a_message_is_kept_once_and_another_under_its_id_is_refused():
    link = factories.connection()
    first = factories.incoming(words(), version="3")
    made = [inbox.receive(connection=link, incoming=first, by=link.acts_as, at=NOW) for _n in range(3)]
    assert [one.is_new for one in made] == [True, False, False]
    with pytest.raises(KeyReused):
        inbox.receive(connection=link, incoming=factories.incoming(words(name="Other"), version="3"),
                      by=link.acts_as, at=NOW)
    assert [(one.seq, one.repeats) for one in Exchange.objects.all()] == [(1, 2)]


def test_what_its_adapter_calls_faulty_never_comes_in():
    link = factories.connection()
    with pytest.raises(Refusal, match="cancelled there"):
        inbox.receive(connection=link, incoming=replace(factories.incoming(words()), fault="It is cancelled there."),
                      by=link.acts_as, at=NOW)


def test_numbers_have_no_gap_and_what_came_stays():
    link = factories.connection()
    for n in range(3):
        good, lost = (factories.incoming(words(key), key=key) for key in (f"M{n}", f"X{n}"))
        inbox.receive(connection=link, incoming=good, by=link.acts_as, at=NOW)
        with transaction.atomic():
            inbox.receive(connection=link, incoming=lost, by=link.acts_as, at=NOW)
            transaction.set_rollback(True)
    assert list(Exchange.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    for change in ({"body": b"{}"}, {"seq": 9}, {"claim": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Exchange.objects.filter(seq=1).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exchange.objects.filter(seq=1).delete()


def test_eight_at_once_get_one_number_each_and_one_id_one_effect(at_once):
    link = factories.connection()

    def take(n):
        def act():
            one = factories.incoming(words(f"M{n % 4}"), key=f"M{n % 4}", version="1")
            return inbox.receive(connection=Connection.objects.get(), incoming=one, by=link.acts_as, at=NOW).is_new
        return act

    assert sum(at_once(*[take(n) for n in range(8)])) == 4
    assert list(Exchange.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4]


def test_older_versions_are_ignored_and_told_and_newer_ones_count(clock):
    material()
    link = factories.connection()
    newer, older = (factories.incoming(words(name=name), version=n) for name, n in (("New", "8"), ("Old", "7")))
    carry(link, clock, newer, older)
    assert states() == [(1, "DONE"), (2, "IGNORED")]
    assert MaterialDefinition.objects.get(code="M1").name == "New"


def test_a_parked_message_stops_later_ones_of_its_object_but_nothing_else(clock):
    material()
    link = factories.connection()
    carry(link, clock, factories.incoming({"nonsense": 1}), factories.incoming(words(), key="M1"),
          factories.incoming(words("M2"), key="M2"))
    for _n in range(10):
        clock.on(minutes=10)
        work.carry_in(clock=clock)
    assert states() == [(1, "DEAD"), (2, "WAITING"), (3, "DONE")]
    parked = Exchange.objects.get(seq=1)
    assert "name" in parked.last_error
    desk.drop(exchange=parked, reason="They sent it by mistake.", by=person("QM", Role.QUALITY_MANAGER), at=clock())
    work.carry_in(clock=clock)
    assert states() == [(1, "DROPPED"), (2, "DONE"), (3, "DONE")]


def test_what_a_later_message_mends_is_tried_again(clock):
    link = factories.connection()
    carry(link, clock, factories.incoming(words(unit="C62"), version="1"))
    assert states() == [(1, "WAITING")]
    material()
    clock.on(minutes=1)
    work.carry_in(clock=clock)
    assert states() == [(1, "DONE")]


def test_a_mended_message_takes_two(clock):
    material()
    link = factories.connection()
    carry(link, clock, factories.incoming({"code": "M1"}))
    clock.on(hours=1)
    for _n in range(10):
        clock.on(hours=1)
        work.carry_in(clock=clock)
    row = Exchange.objects.get()
    writer, other = factories.integrator(), factories.integrator("IT2")
    mended = '{"code": "M1", "name": "Board", "unit": "C62"}'
    row = desk.propose(exchange=row, body=mended, reason="Name was missing.", by=writer, at=clock())
    signed = {"reason": "Checked.", "password": PASSWORD, "seen_hash": content_hash(desk.content(row)), "at": clock()}
    with pytest.raises(desk.DeskRefused):
        desk.approve(exchange=row, by=writer, **signed)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exchange.objects.filter(pk=row.pk).update(edited=b"{}", edited_by=writer, approved_by=writer)
    desk.approve(exchange=row, by=other, **signed)
    work.carry_in(clock=clock)
    row.refresh_from_db()
    assert (row.status, bytes(row.body), row.edited_by, row.approved_by) == ("DONE", b'{"code": "M1"}', writer, other)
    assert MaterialDefinition.objects.get(code="M1").name == "Board"


def test_everything_is_fetched_once_over_pages_cuts_and_repeats(erp, clock):
    link = linked(erp, rhythm="MINUTES", every=1)
    erp.rows = [{"no": f"M{n}", "changed": n, "code": f"M{n}", "name": f"Part {n}", "unit": "C62"} for n in range(1, 6)]
    erp.moods = ["ok", "cut"]
    counts = []
    for _n in range(6):
        counts.append(work.fetch(clock=clock))
        clock.on(minutes=2)
    work.carry_in(clock=clock)
    assert sum(counts) == 5
    assert MaterialDefinition.objects.filter(code__startswith="M").count() == 5
    erp.rows[2] |= {"changed": 9, "name": "Part 3b"}
    work.fetch(clock=clock)
    work.carry_in(clock=clock)
    assert MaterialDefinition.objects.get(code="M3").name == "Part 3b"
    link.refresh_from_db()
    assert (link.failures, '"9"' in link.cursor) == (0, True)


@pytest.mark.parametrize("mood", [erp_stub.AFTER, erp_stub.BEFORE, erp_stub.CUT, erp_stub.BUSY])
def test_what_goes_out_is_booked_once_and_in_order_whatever_the_other_side_does(erp, clock, mood):
    link = linked(erp)
    made = post(link, *[told(n) for n in range(4)], *[told(n, "JO2", f"t{n}") for n in range(2)])
    assert post(link, told(0)) == [None]
    erp.moods = [mood, "ok", mood]
    for _n in range(12):
        work.hand_over(clock=clock)
        clock.on(minutes=3)
    assert {status for _seq, status in states(Direction.OUT)} == {"DONE"}
    assert sorted(erp.order) == sorted(str(one.key) for one in made)
    ours = [str(one.key) for one in made if one.subject == "JO1"]
    assert [key for key in erp.order if key in ours] == ours
    assert all(row.result["reference"] for row in Exchange.objects.filter(direction="OUT"))


def test_what_is_refused_is_parked_with_their_reason_and_later_ones_of_it_wait(erp, clock):
    link = linked(erp)
    post(link, told(1), told(2), told(3, "JO2"))
    erp.moods = [erp_stub.REFUSE]
    for _n in range(3):
        work.hand_over(clock=clock)
        clock.on(minutes=1)
    assert states(Direction.OUT) == [(1, "DEAD"), (2, "WAITING"), (3, "DONE")]
    row = Exchange.objects.get(direction="OUT", seq=1)
    assert "unknown order" in row.last_error
    desk.replay(exchange=row, by=factories.integrator(), at=clock())
    for _n in range(3):
        work.hand_over(clock=clock)
    assert states(Direction.OUT) == [(1, "DONE"), (2, "DONE"), (3, "DONE")]


def test_a_worker_killed_between_sending_and_marking_books_nothing_twice(erp, clock):
    link = linked(erp)
    [made] = post(link, told(1))
    batch = exchanges.take(connection=link, direction=Direction.OUT, at=clock())
    adapter, opened, _trouble = work._ready(batch)
    adapter.send(opened, work.outgoing(batch.exchanges[0]))  # and here it dies
    work.hand_over(clock=clock)
    assert states(Direction.OUT) == [(1, "WAITING")]
    clock.on(minutes=6)
    work.hand_over(clock=clock)
    assert (states(Direction.OUT), erp.order) == ([(1, "DONE")], [str(made.key)])
    late = exchanges.done(exchange=batch.exchanges[0], lease=batch.lease, at=clock(), result={})
    assert late is False


def test_a_worker_that_was_away_for_longer_than_its_lease_carries_nothing(clock):
    material("M1")
    link = factories.connection()
    received = {"material": "M1", "quantity": "5"}  # without a number each is another lot
    one = factories.incoming(received, noun="material-lots", key="")
    inbox.receive(connection=link, incoming=one, by=link.acts_as, at=NOW)
    batch = exchanges.take(connection=link, direction=Direction.IN, at=clock())
    clock.on(minutes=6)
    work.carry_in(clock=clock)
    assert states() == [(1, "DONE")]
    assert carrying.carry(connection=link, exchange=batch.exchanges[0], lease=batch.lease, at=clock()) == ""
    assert MaterialLot.objects.count() == 1
    said = carrying.read(link, "material-lots", one.body, clock())
    carrying.put_in(link, "material-lots", said, "", "", clock())  # what it would have done
    assert MaterialLot.objects.count() == 2


def test_a_connection_that_fails_rests_and_is_tried_with_one_message(erp, clock):
    link = linked(erp)
    post(link, *[told(n, f"JO{n}") for n in range(8)])
    erp.moods = [erp_stub.BEFORE] * 5
    asked = []
    for _n in range(5):
        work.hand_over(clock=clock)
        asked.append(len(erp.asked))
        clock.on(seconds=45)
    link.refresh_from_db()
    assert (asked, link.failures) == ([1, 2, 3, 4, 5], 5)
    link.rests_until = clock() + timedelta(seconds=1)
    link.save(update_fields=["rests_until"])
    work.hand_over(clock=clock)
    assert len(erp.asked) == 5
    clock.on(minutes=15)
    work.hand_over(clock=clock)
    assert len(erp.asked) == 6
    work.hand_over(clock=clock)
    assert {status for _seq, status in states(Direction.OUT)} == {"DONE"}


def test_the_journal_is_told_from_where_it_was_read_last(erp, clock):
    linked(erp, sent_nouns=["shortages"])
    job = mes.released()
    assert work.spread(clock=clock) == 0
    journal.record("joborder.short", subject=job, by=factories.integrator(), data={"material": "M"})
    assert work.spread(clock=clock) == 1
    assert work.spread(clock=clock) == 0
    row = Exchange.objects.get(direction="OUT")
    assert (row.noun, row.subject, row.status) == ("shortages", job.number, ExchangeStatus.WAITING)


@pytest.mark.parametrize(("rhythm", "turn"), [
    ({"rhythm": "HOURS", "every": 4}, "2026-03-02 20:00+08:00"),
    ({"rhythm": "DAILY", "daily_at": time(1, 30)}, "2026-03-03 01:30+08:00"),
])
def test_what_goes_out_in_batches_waits_for_its_turn_and_is_not_late(erp, clock, rhythm, turn):
    link = linked(erp, **rhythm)
    post(link, told(1), told(2, "JO2"))
    due = datetime.fromisoformat(turn)
    for minutes in (-1, 0):
        clock.now = due + timedelta(minutes=minutes)
        assert standing.of([link], clock())[0].lag == timedelta(0)
        work.hand_over(clock=clock)
        assert len(erp.order) == (0 if minutes else 2)


def test_a_test_says_what_the_other_side_said_and_which_version_it_has(erp):
    link = linked(erp)
    done = connections.test(connection=link, by=factories.integrator(), at=NOW)
    assert (done.test_works, done.other_version) == (True, "9.1")
    erp.moods = [erp_stub.BEFORE]
    assert connections.test(connection=link, by=factories.integrator(), at=NOW).test_works is False


def test_no_plan_of_the_database_leases_more_than_was_asked_for(erp, clock):
    link = linked(erp)
    post(link, *[told(n, f"JO{n}") for n in range(8)])
    with transaction.atomic(), database.cursor() as cursor:
        for way in ("hashjoin", "mergejoin", "hashagg", "material", "sort"):  # what is left may ask again for each row
            cursor.execute(f"SET LOCAL enable_{way} = off")
        taken = exchanges.take(connection=link, direction=Direction.OUT, at=clock(), most=2)
    assert [one.seq for one in taken.exchanges] == [1, 2]
