"""What changed since last time, and changing only what one knows."""

import time

import pytest
from django.db import connection, transaction

from plant.commands import journal as book
from plant.commands import master
from plant.models import Partner, Role
from tests import factories
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.integrations.erp.test_races import follow

pytestmark = [pytest.mark.urls("tests.integrations.erp.addresses")]
PARTNER = {"name": "North", "kind": "CUSTOMER"}
WRITERS, EACH = 8, 15


@pytest.fixture(name="erp")
def erp_with_a_site(db):
    factories.site()
    return caller()


def read(erp, after="", **asked):
    query = "&".join(f"{name}={value}" for name, value in {"after": after, **asked}.items() if value)
    answer = erp.get(f"changes/?{query}")
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"], answer.json()["next"]


@pytest.mark.usefixtures("committed_db")
def test_a_thing_that_changed_comes_once_as_it_is_now(erp):
    for name in ("North", "Further north"):
        erp.put("partners/C-1/", {**PARTNER, "name": name})
    told, after = read(erp, noun="partners", words="true")
    again, _same = read(erp, after, noun="partners")

    assert [(one["key"], one["deleted"], one["data"]["name"]) for one in told] == [("C-1", False, "Further north")]
    assert again == []


@pytest.mark.usefixtures("committed_db")
def test_what_was_deleted_comes_as_deleted(erp):
    erp.put("partners/C-1/", PARTNER)
    row = Partner.objects.get(code="C-1")
    admin = factories.person("A", Role.ADMINISTRATOR)
    master.delete(row=row, was={"code": "C-1", "name": "North"}, by=admin, noun="partner")
    told, _after = read(erp, noun="partners")
    assert [(one["noun"], one["key"], one["deleted"]) for one in told] == [("partners", "C-1", True)]


@pytest.mark.usefixtures("committed_db")
def test_only_what_is_asked_for_and_may_be_read_comes(erp):
    erp.put("partners/C-1/", PARTNER)
    erp.put("equipment/LINE-9/", {"name": "Nine", "level": "WORK_CENTER", "parent": "SITE"})
    few = caller("changes:read", "orders:read", name="few")

    assert {one["noun"] for one in read(erp)[0]} >= {"partners", "equipment"}
    assert {one["noun"] for one in read(erp, noun="equipment")[0]} == {"equipment"}
    assert read(few)[0] == []
    assert few.get("changes/?noun=partners").status_code == 403
    assert code_of(erp.get("changes/?noun=toys")) == (400, "bad-filter", PROBLEM)


@pytest.mark.usefixtures("committed_db")
def test_the_cursor_goes_on_past_what_others_did(erp):
    erp.put("partners/C-1/", PARTNER)
    _told, first = read(erp, noun="equipment")
    erp.put("equipment/LINE-9/", {"name": "Nine", "level": "WORK_CENTER", "parent": "SITE"})
    assert [one["key"] for one in read(erp, first, noun="equipment")[0]] == ["LINE-9"]


@pytest.mark.usefixtures("committed_db")
def test_one_reader_misses_nothing_while_eight_write(at_once):
    erp, by, done = caller(), factories.person("W"), []
    patience = time.monotonic() + 60

    def write(writer):
        for turn in range(EACH):
            with transaction.atomic(), connection.cursor() as cursor:
                made = Partner.objects.create(code=f"P-{writer}-{turn}", name="x", kind="CUSTOMER")
                book.record("partner.created", subject=made, by=by)
                cursor.execute("SELECT pg_sleep(%s)", [0.001 * ((writer * 7 + turn) % 5)])
        done.append(writer)

    def feed(cursor):
        told, after = read(erp, cursor or "", noun="partners", limit=20)
        return [one["key"] for one in told], after

    def is_told(seen):
        return len(set(seen)) >= WRITERS * EACH or time.monotonic() > patience

    *_done, seen = at_once(*[lambda n=n: write(n) for n in range(WRITERS)], lambda: follow(feed, is_told))

    assert sorted(seen) == sorted(Partner.objects.values_list("code", flat=True))


def test_what_was_changed_meanwhile_is_not_written_over(erp):
    erp.put("partners/C-1/", PARTNER)
    known = erp.get("partners/C-1/")["ETag"]
    same = erp.ask("GET", "partners/C-1/", **{"If-None-Match": known})
    mine = erp.ask("PUT", "partners/C-1/", {**PARTNER, "name": "Mine"}, **{"If-Match": known})
    theirs = erp.ask("PUT", "partners/C-1/", {**PARTNER, "name": "Theirs"}, **{"If-Match": known})

    assert (same.status_code, mine.status_code) == (304, 200)
    assert mine["ETag"] == erp.get("partners/C-1/")["ETag"] != known
    assert code_of(theirs) == (412, "changed-meanwhile", PROBLEM)
    assert Partner.objects.get().name == "Mine"


def test_asked_only_to_create_nothing_is_changed(erp):
    first, second = (erp.ask("PUT", "partners/C-1/", PARTNER, **{"If-None-Match": "*"}) for _time in range(2))
    missing = erp.ask("PUT", "partners/C-2/", PARTNER, **{"If-Match": "*"})
    assert (first.status_code, second.status_code, missing.status_code) == (201, 412, 412)


@pytest.mark.usefixtures("committed_db")
def test_of_two_who_know_the_same_state_one_writes(at_once):
    factories.site()
    erp = caller()
    erp.put("partners/C-1/", PARTNER)
    known = {"If-Match": erp.get("partners/C-1/")["ETag"]}
    acts = [lambda n=n: erp.ask("PUT", "partners/C-1/", {**PARTNER, "name": f"N{n}"}, **known) for n in range(6)]
    assert sorted(answer.status_code for answer in at_once(*acts)) == [200] + [412] * 5


def test_single_rows_carry_their_number_and_version_in_the_other_system(erp):
    where = "source=sap&external_id=4711"
    first = erp.ask("PUT", f"partners/C-1/?{where}&version=5", PARTNER)
    late = erp.ask("PUT", f"partners/C-1/?{where}&version=4", {**PARTNER, "name": "Late"})
    found = erp.get(f"partners/?{where}").json()["results"]

    assert (first.status_code, late.status_code, late.json()["name"]) == (201, 200, "North")
    assert [one["code"] for one in found] == ["C-1"]
    assert erp.get("partners/?source=sap&external_id=9").json()["results"] == []
    assert erp.get("partners/?external_id=9").status_code == 400
    assert erp.ask("PUT", "partners/C-1/?version=9", PARTNER).status_code == 400


@pytest.mark.usefixtures("committed_db")
def test_work_on_machines_stands_in_the_feed_as_it_is_now(erp):
    factories.station("MOUNT")
    number = erp.post("maintenance-orders/", {"equipment": "MOUNT", "title": "Belt"}).json()["number"]
    erp.post(f"maintenance-orders/{number}/start/", {})
    told, _after = read(erp, noun="maintenance-orders", words="true")
    assert [(one["key"], one["data"]["status"]) for one in told] == [(number, "STARTED")]
