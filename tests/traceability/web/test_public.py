"""The customer's page: what a stranger reads, that it is right at once, and that nothing else can be reached."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from plant.models import JournalEntry, MaterialDefinition
from plant.queries import persons
from plant.web import rates
from qms.models import Inspection
from tests import factories as ground
from traceability import codes, public_cache, tasks
from traceability.commands import holds
from traceability.commands import public as commands
from traceability.gate import Cause, Target
from traceability.models import CauseKind, MaterialLot, PublicScan, PublicView, RecallNotice, ScanDoubt
from traceability.queries import labels, public

pytestmark = pytest.mark.django_db
GTIN = "09521234543213"
EN = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture(autouse=True)
def _nothing_kept():
    keys = public_cache.broker().keys("zz.public.*")
    if keys:
        public_cache.broker().delete(*keys)


@pytest.fixture
def lot():
    return ground.received("PUB-1")


def read(lot, end="", address="203.0.113.7", **more):
    return Client().get(f"/c/{codes.code(lot.pk)}{end}", REMOTE_ADDR=address, **{**EN, **more})


def text(lot, **more):
    return read(lot, **more).content.decode()


def hold(lot):
    target, cause = Target.lot(lot), Cause(CauseKind.PERSON, "test")
    return holds.place(target=target, cause=cause, reason="doubt", by=ground.person("Q", "QUALITY_ENGINEER"),
                       at=ground.NOW)


def test_a_stranger_reads_what_may_be_shown(lot):
    page = text(lot)
    words = ("PUB-1", "2026-03-02", "Genuine", "first scan", "Operators")
    assert [word in page for word in words] == [True, True, True, True, False]


def test_both_languages_by_the_browser_and_by_the_switch(lot):
    chinese = text(lot, HTTP_ACCEPT_LANGUAGE="zh-CN,zh;q=0.9")
    switched = text(lot, end="?language=zh-hans")
    assert ("批次" in chinese, "批次" in switched, 'lang="zh-Hans"' in switched) == (True, True, True)


def test_a_page_is_small_and_holds_no_script(lot):
    answer = read(lot)
    sheets = [finders.find(f"css/{name}.css") for name in ("tokens", "public")]
    weight = len(answer.content) + sum(len(Path(path).read_bytes()) for path in sheets)
    assert (weight < 100_000, b"<script" in answer.content, answer["Cache-Control"]) == (True, False, "no-store")
    assert "script-src" not in answer["Content-Security-Policy"]


def test_every_wrong_code_gets_the_very_same_answer(lot):
    code = codes.code(lot.pk)
    PublicView.objects.create(is_open=False)
    wrong = ["/c/nothing", f"/c/{code[:-4]}AAAA", f"/c/{codes.code(2**40)}", f"/c/{code}", f"/c/{code}/certificate",
             f"/01/{GTIN}/10/PUB-1?k=x", f"/01/{GTIN}/10/PUB-1", f"/01/{GTIN}/10/NONE?k={code}"]
    answers = [Client().get(path, **EN) for path in wrong]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_a_digital_link_leads_there_only_with_its_own_signature(lot):
    MaterialDefinition.objects.filter(pk=lot.material_id).update(gtin=GTIN)
    other, fresh = codes.code(ground.received("PUB-2").pk), public.find(lot.pk)
    link = public.link(fresh, "https://plant.example")
    path = link.removeprefix("https://plant.example")
    assert path == f"/01/{GTIN}/10/PUB-1?k={codes.code(lot.pk)}"
    assert [Client().get(one, **EN).status_code for one in (path, path, path.replace("PUB-1", "PUB-2"),
            path.replace(codes.code(lot.pk), other))] == [200, 200, 404, 404]


def test_no_session_and_no_cookie_is_made_for_a_stranger(lot):
    answer = read(lot)
    assert (dict(answer.cookies), Client().get("/trace/lots/PUB-1/").status_code) == ({}, 302)


def test_a_person_of_the_plant_may_look_too(lot):
    client = Client()
    client.force_login(ground.person("OP", "OPERATOR"))
    assert client.get(f"/c/{codes.code(lot.pk)}", **EN).status_code == 200


def test_operators_and_suppliers_only_where_the_switch_says_so(lot):
    from tests.traceability import worlds

    here = worlds.world()
    raw, made = worlds.raw(here, "RAW-9"), worlds.made(here, "MADE-9")
    worlds.link(raw, made)
    worlds.visit(here, made, here.oven, 0)
    who = made.visits.get().person.name
    before = text(made)
    PublicView.objects.create(shows_operators=True, shows_suppliers=True)
    after = text(made)
    supplier = raw.supplier.name
    assert ("RAW-9" in before, who in before, supplier in before) == (True, False, False)
    assert ("RAW-9" in after, who in after, supplier in after) == (True, True, True)


def kept(lot):
    """Scan until the page is kept; whether the next answer comes from there."""
    read(lot), read(lot)
    version = public.version(lot.pk)
    return public_cache.broker().exists(f"zz.public.page:{lot.pk}:{version[0]}.{version[1]}:page:en") == 1


def test_a_hold_and_its_release_are_seen_at_once(lot):
    assert kept(lot)
    placed = hold(lot)
    held = text(lot)
    assert kept(lot)
    holds.release(hold=placed, reason="fine", by=ground.person("Q"), at=ground.NOW)
    assert ("We are checking" in held, "Genuine" in held, "Genuine" in text(lot)) == (True, False, True)


def test_a_hold_that_somebody_writes_by_hand_is_seen_at_once_too(lot):
    assert kept(lot)
    MaterialLot.objects.filter(pk=lot.pk).update(status="HELD", open_holds=1)
    assert "We are checking" in text(lot)


def test_without_the_version_a_kept_page_would_lie(lot, monkeypatch):
    monkeypatch.setattr(public, "version", lambda lot: (1, 1))
    read(lot), read(lot)
    hold(lot)
    assert "We are checking" not in text(lot)


def test_a_verdict_is_seen_at_once(lot):
    fields = {"site": lot.site, "lot": lot, "kind": "IQC", "due_at": ground.NOW, "created_at": ground.NOW}
    task = Inspection.objects.create(number="I-1", trigger="t", **fields)
    assert kept(lot)
    before = public.version(lot.pk)
    Inspection.objects.filter(pk=task.pk).update(
        status="DECIDED", verdict="PASS", computed="PASS", decided_at=ground.NOW, inspector=ground.person("I")
    )
    assert public.version(lot.pk) > before


def test_settings_are_seen_at_once(lot):
    assert kept(lot)
    view = PublicView.objects.create(shows_date=False)
    without = text(lot)
    PublicView.objects.filter(pk=view.pk).update(shows_date=True)
    assert ("2026-03-02" in without, "2026-03-02" in text(lot)) == (False, True)


def recall(lot, certainty="EXACT"):
    notice = RecallNotice.objects.create(number="RC-1", text="It may burn.", text_zh="可能起火。")
    notice.lots.create(lot=lot, certainty=certainty)
    return notice


def test_a_recall_is_seen_the_moment_it_is_declared_and_until_it_ends(lot):
    notice = recall(lot)
    assert kept(lot)
    before = text(lot)
    RecallNotice.objects.filter(pk=notice.pk).update(since_at=timezone.now())
    declared = text(lot)
    assert kept(lot)
    RecallNotice.objects.filter(pk=notice.pk).update(until_at=timezone.now())
    assert ["It may burn." in page for page in (before, declared, text(lot))] == [False, True, False]


def test_a_recall_is_told_even_where_the_page_is_closed(lot):
    RecallNotice.objects.filter(pk=recall(lot, "POSSIBLE").pk).update(since_at=timezone.now())
    PublicView.objects.create(is_open=False)
    page = text(lot)
    assert ("may be concerned" in page, "Genuine" in page) == (True, False)


def test_scans_are_counted_from_kept_pages_too(lot):
    for _again in range(5):
        read(lot)
    tasks.count_scans()
    scan = PublicScan.objects.get(lot=lot)
    assert (scan.count, scan.day) == (5, timezone.now().date())


def test_no_address_is_kept(lot):
    read(lot, address="203.0.113.7"), read(lot, address="203.0.113.200"), read(lot, address="198.51.100.1")
    tasks.count_scans()
    stored = str(list(PublicScan.objects.values_list("place", "count")))
    pages = str(public_cache.broker().keys("zz.public.*"))
    assert PublicScan.objects.count() == 2
    assert not any(part in stored + pages for part in ("203.0", "198.51"))


def count(lot, place, times, at=None):
    now = at or timezone.now()
    commands.count(lot=lot, scans={(place, now.date()): times}, by=persons.system("public"), at=now)


def test_one_serial_at_many_places_in_a_day_is_doubted_once(lot):
    MaterialLot.objects.filter(pk=lot.pk).update(kind="SERIAL")
    lot.refresh_from_db()
    for place in ("CN-31", "DE", "BR", "US"):
        count(lot, place, 1)
    count(lot, "FR", 1)
    assert lot.public_page.doubt == ScanDoubt.FAR
    assert JournalEntry.objects.filter(kind="lot.scans-doubted").count() == 1
    assert "distant places" in text(lot)


def test_places_on_different_days_are_not_doubted(lot):
    MaterialLot.objects.filter(pk=lot.pk).update(kind="SERIAL")
    lot.refresh_from_db()
    for days, place in enumerate(("CN-31", "DE", "BR", "US")):
        count(lot, place, 1, timezone.now() - timedelta(days=2 * (4 - days)))
    assert lot.public_page.doubt == ""


@pytest.mark.parametrize(("times", "doubt"), [(3000, ""), (3001, ScanDoubt.MANY)])
def test_a_lot_may_be_scanned_once_for_each_piece(lot, times, doubt):
    count(lot, "CN", times)
    assert lot.public_page.doubt == doubt


def test_scans_beside_a_drain_are_counted_once(lot):
    assert kept(lot)
    read(lot), tasks.count_scans(), read(lot), tasks.count_scans(), tasks.count_scans()
    assert sum(PublicScan.objects.filter(lot=lot).values_list("count", flat=True)) == 4


def test_without_the_broker_the_page_stands_and_scans_count(lot, monkeypatch):
    away = public_cache.Redis.from_url("redis://127.0.0.1:1/0")
    monkeypatch.setattr(public_cache, "broker", lambda: away)
    assert [read(lot).status_code for _again in range(3)] == [200] * 3
    assert PublicScan.objects.get(lot=lot).count == 3


def test_codes_can_not_be_tried_at_will(settings):
    settings.STRANGERS_PER_MINUTE = 5
    for key in rates.counters().keys("zz.rate:scan:*"):
        rates.counters().delete(key)
    found = [Client().get("/c/guess", REMOTE_ADDR="203.0.113.9").status_code for _again in range(7)]
    assert found == [404] * 5 + [429] * 2


def test_a_label_carries_the_code_and_its_reprint_the_same(lot):
    from traceability.models import LabelTemplate

    form = LabelTemplate.objects.create(kind="LOT", symbology="PUBLIC", width=60, height=40)
    drawn = [labels.drawing(labels.lot(lot), form, "http://plant.example/").data for _again in range(2)]
    assert drawn == [{"PUBLIC": f"http://plant.example/c/{codes.code(lot.pk)}"}] * 2


def test_the_plant_sees_its_own_page(lot):
    assert kept(lot)
    client = Client()
    client.force_login(ground.person("QE", "QUALITY_ENGINEER"))
    inside, listed = client.get("/trace/lots/PUB-1/customers-page/"), client.get("/trace/scanned/")
    assert (inside.status_code, codes.code(lot.pk) in inside.content.decode()) == (200, True)
    assert "PUB-1" in listed.content.decode()
