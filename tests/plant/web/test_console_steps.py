"""What may be done with master data beside changing it: history, where used, revisions, retiring, rules in words."""

import pytest
from django.test import Client

from mes.models import Segment, WorkMaster
from plant.models import Equipment, JournalEntry, MaterialDefinition, Person, Role
from qms.models import ControlPlan, ControlPlanLine
from tests import factories
from tests.mes import factories as making
from tests.qms import factories as quality

pytestmark = pytest.mark.django_db


@pytest.fixture
def console():
    client = Client()
    client.force_login(factories.person("BOSS", Role.ADMINISTRATOR, language="en"))
    return client


def address(row, step):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/{step}/"


def routing():
    for code in ("MOUNT", "OVEN", "TEST"):
        factories.station(code)
    return making.master(factories.material("BOARD"))


def lines_of(plan):
    return {f"{plan}-TOTAL_FORMS": "0", f"{plan}-INITIAL_FORMS": "0"}


def test_the_history_comes_from_the_journal_with_old_and_new_values(console):
    pcb = factories.material()
    console.post(address(pcb, "change"), {
        "code": "PCB", "name": "Bare board", "use": "RAW", "tracking": "LOT", "unit": "C62", "active": "on",
        "shelf_life_days": "", "gtin": ""})

    page = console.get(address(pcb, "history")).content.decode()

    assert '<s class="c-was">PCB</s> → <span class="c-now">Bare board</span>' in page
    assert "Person BOSS" in page


def test_a_used_record_is_not_deleted_and_its_uses_are_linked(console):
    lot = factories.received("L-1")

    page = console.get(address(lot.material, "delete"))
    answer = console.post(address(lot.material, "delete"), {"post": "yes"})

    assert address(lot, "change") in page.content.decode()
    assert address(lot.material, "retire") in page.content.decode()
    assert answer.status_code == 409
    assert MaterialDefinition.objects.filter(code="PCB").exists()


def test_retiring_and_taking_back_are_written_down(console):
    pcb = factories.material()

    console.post(address(pcb, "retire"))
    assert not MaterialDefinition.objects.get(pk=pcb.pk).active
    console.post(address(pcb, "restore"))

    assert MaterialDefinition.objects.get(pk=pcb.pk).active
    changes = JournalEntry.objects.filter(kind="material.changed").order_by("id").values_list("data", flat=True)
    assert list(changes) == [{"active": [True, False]}, {"active": [False, True]}]


def test_many_are_retired_at_once(console):
    rows = [factories.material("A"), factories.material("B")]

    console.post("/admin/plant/materialdefinition/",
                 {"action": "retire_chosen", "_selected_action": [row.pk for row in rows]})

    assert not MaterialDefinition.objects.filter(active=True).exists()
    assert JournalEntry.objects.filter(kind="material.changed").count() == 2


def test_nobody_retires_themselves(console):
    boss = Person.objects.get(number="BOSS")

    assert console.post(address(boss, "retire")).status_code == 403
    console.post("/admin/plant/person/", {"action": "retire_chosen", "_selected_action": boss.pk})

    assert Person.objects.get(pk=boss.pk).is_active


def test_asking_changes_nothing(console):
    source = routing()

    codes = {step: console.get(address(source, step)).status_code for step in ("revise", "retire", "used")}

    assert codes == {"revise": 200, "retire": 200, "used": 200}
    assert WorkMaster.objects.count() == 1


def test_a_new_revision_is_made_changed_and_put_into_effect(console):
    source = routing()

    answer = console.post(address(source, "revise"))
    draft = WorkMaster.objects.get(revision=2)
    effect = console.post(address(draft, "effect"))

    assert (answer.url, effect.url) == (address(draft, "change"), address(draft, "change"))
    statuses = list(WorkMaster.objects.order_by("revision").values_list("status", flat=True))
    assert statuses == ["OBSOLETE", "EFFECTIVE"]


def test_a_draft_without_operations_does_not_come_into_effect(console):
    draft = WorkMaster.objects.create(code="X", material=factories.material(), name="X")

    answer = console.post(address(draft, "effect"))

    assert answer.status_code == 409
    assert "no operation yet" in answer.content.decode()


def test_what_is_in_effect_stays_as_it_is(console):
    source = routing()
    segment = source.segments.first()

    codes = [console.post(address(row, "change"), {"name": "X"}).status_code for row in (source, segment)]
    added = console.post("/admin/mes/segment/add/", {
        "work_master": source.pk, "sequence": 99, "code": "X", "name": "X", "seconds_per_piece": "0",
        **lines_of("materials"), **lines_of("parameters")})

    assert codes == [403, 403]
    assert "so it stays as it is" in added.content.decode()
    assert Segment.objects.filter(sequence=99).count() == 0


def test_a_signed_plan_takes_no_further_line_by_form_or_file(console):
    line = quality.plan_line()
    fields = {"plan": line.plan_id, "operation": "NEW", "characteristic": line.characteristic_id, "method": "SPC",
              "sample_size": "1", "sampling": "FIXED", "standard": "iso2859-1", "level": "II", "clearance": "0",
              **lines_of("reactions")}

    added = console.post("/admin/qms/controlplanline/add/", fields)
    draft = console.post(address(ControlPlan.objects.get(), "revise"))

    assert "was signed" in added.content.decode()
    assert ControlPlanLine.objects.filter(operation="NEW").count() == 0
    assert draft.status_code == 302


def test_a_draft_is_deleted_with_its_own_lines(console):
    source = routing()
    console.post(address(source, "revise"))
    draft = WorkMaster.objects.get(revision=2)

    console.post(address(draft, "delete"), {"post": "yes"})

    assert list(WorkMaster.objects.all()) == [source]
    assert Segment.objects.count() == source.segments.count()
    assert JournalEntry.objects.filter(kind="workmaster.deleted").count() == 1


def test_a_broken_rule_is_told_in_words(console):
    factories.site()

    page = console.post("/admin/plant/equipment/add/", {"code": "A1", "name": "A", "level": "AREA", "parent": ""})

    assert "A site is part of nothing" in page.content.decode()
    assert not Equipment.objects.filter(code="A1").exists()


def test_labels_are_printed_from_lists_and_records(console):
    oven, lot = factories.station(), factories.received("L-1")
    someone = factories.person("OP", badge="B-77")
    listed = console.post("/admin/plant/equipment/", {"action": "print_labels", "_selected_action": oven.pk})

    keeper = Client()  # a lot's label is counted, so it is the warehouse that prints it
    keeper.force_login(factories.person("KEEPER", Role.WAREHOUSE))

    pages = {name: client.get(f"/trace/labels/{name}/?ids={pk}").content.decode() for client, name, pk in (
        (console, "equipment", oven.pk), (console, "badge", someone.pk), (keeper, "lot", lot.pk),
    )}

    assert listed.url == f"/trace/labels/equipment/?ids={oven.pk}"
    codes = {"equipment": "OVEN", "badge": "B-77", "lot": "L-1"}
    assert [name for name, code in codes.items() if code not in pages[name]] == []
    zpl = console.post(f"/trace/labels/badge/?ids={someone.pk}", {"kind": "zpl"})
    assert zpl.content.count(b"^XA") == 1


def test_somebody_without_a_badge_has_no_label_and_operators_print_no_badges(console):
    boss = Person.objects.get(number="BOSS")
    operator = Client()
    operator.force_login(factories.person("OP", Role.OPERATOR))

    assert "No label without a code" in console.get(f"/trace/labels/badge/?ids={boss.pk}").content.decode()
    assert operator.get(f"/trace/labels/badge/?ids={boss.pk}").status_code == 403
    assert console.get("/trace/labels/nothing/").status_code == 404
