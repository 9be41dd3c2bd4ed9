"""Files of master data: checked without writing, written as a whole, undone as far as nobody changed it since."""

import pytest
from django.utils import timezone

from plant.commands import imports, undoing
from plant.commands.imports import ImportRefused
from plant.console import files, sheets
from plant.models import Equipment, JournalEntry, MasterImport, MaterialDefinition, Person, Role
from plant.policies import Forbidden
from plant.queries import imports as reading
from tests import factories

pytestmark = pytest.mark.django_db
MATERIALS, PLACES = "plant.MaterialDefinition", "plant.Equipment"


def boss():
    return factories.person("BOSS", Role.ADMINISTRATOR)


def check(label, text, by=None):
    content = text.encode()
    return imports.check(sheet=sheets.of(label), table=files.read("f.csv", content), file_name="f.csv",
                         content=content, by=by or boss(), at=timezone.now())


def confirm(pending, by=None):
    table = files.read("f.csv", bytes(pending.content))
    return imports.confirm(pending=pending, table=table, by=by or boss(), at=timezone.now())


def take_in(label, text):
    return confirm(check(label, text)[0])


def undo(done):
    return undoing.undo(done=done, by=boss(), at=timezone.now())


def verbs(plan):
    return [(row.key, row.verb, row.faults) for row in plan.rows]


def test_a_check_tells_new_changed_same_and_faulty_and_writes_nothing():
    factories.material("PCB")
    factories.material("SCREW")

    pending, plan = check(MATERIALS, "code,name,unit,use\nPCB,PCB,C62,RAW\nSCREW,Screw M3,C62,raw material\n"
                                     "NEW,New,C62,\nBAD,Bad,KGX,HALF\n")

    assert [row.verb for row in plan.rows] == ["same", "changed", "new", "error"]
    assert plan.rows[1].was == {"name": "SCREW"}
    assert plan.rows[1].now == {"name": "Screw M3"}
    assert sorted(plan.rows[3].faults) == ["unit", "use"]
    assert "KGX" in plan.rows[3].faults["unit"]
    assert (MaterialDefinition.objects.count(), JournalEntry.objects.count()) == (2, 0)
    assert not pending.content


def test_a_confirmed_file_is_written_and_each_row_written_down():
    pcb = factories.material("PCB")

    done = take_in(MATERIALS, "code,name,unit,shelf_life_days\nPCB,Bare board,C62,30\nNEW,New,C62,\n")

    new = MaterialDefinition.objects.get(code="NEW")
    assert (new.name, new.unit_id, new.use, new.tracking) == ("New", "C62", "RAW", "LOT")
    changed = JournalEntry.objects.get(kind="material.changed", subject_id=str(pcb.pk))
    assert changed.data == {"name": ["PCB", "Bare board"], "shelf_life_days": [None, "30"]}
    assert JournalEntry.objects.get(kind="material.created").subject_id == str(new.pk)
    assert (done.status, done.added, done.changed, bytes(done.content)) == ("DONE", 1, 1, b"")


def test_one_faulty_row_keeps_the_whole_file_out():
    factories.material("PCB")
    pending, _plan = check(MATERIALS, "code,name,unit\nA,A,C62\nB,B,\n")

    with pytest.raises((ImportRefused, files.FileRefused)):
        confirm(pending)

    assert MaterialDefinition.objects.count() == 1


def test_what_only_the_database_knows_is_told_at_its_row():
    factories.material("PCB")

    rows = "A,A,C62,02345673\nB,B,C62,6901234567892\nC,C,C62,02345673\n"

    _pending, plan = check(MATERIALS, f"code,name,unit,gtin\n{rows}")

    assert [row.verb for row in plan.rows] == ["new", "new", "error"]
    assert list(plan.rows[2].faults.values()) == ["Another material has this GTIN."]


def test_the_rules_of_the_database_have_words():
    factories.line()

    _pending, plan = check(PLACES, "code,name,level,parent\nS2,Site 2,SITE,SITE\nA1,Area,AREA,\n")

    rule = "A site is part of nothing; an area, line or station is part of something."
    assert [list(row.faults.values()) for row in plan.rows] == [[rule], [rule]]


def test_rows_of_a_file_may_be_parts_of_one_another():
    take_in(PLACES, "code,name,level,parent\nST,Station,WORK_UNIT,L9\nL9,Line 9,WORK_CENTER,S9\nS9,Site 9,SITE,\n")

    assert str(Equipment.objects.get(code="ST").parent.parent.code) == "S9"


def test_a_circle_and_an_unknown_parent_are_faults():
    _pending, plan = check(PLACES, "code,name,level,parent\nA,A,AREA,B\nB,B,AREA,A\nC,C,AREA,NOWHERE\nA,A,AREA,B\n")

    assert [row.verb for row in plan.rows] == ["error"] * 4
    assert "neither known nor in the file" in plan.rows[2].faults["parent"]
    assert plan.rows[3].faults[""] == "Line 2 names the same row."


def test_a_column_that_the_file_does_not_have_stays_as_it_is():
    take_in(MATERIALS, "code,name,unit,gtin\nA,A,C62,02345673\n") if factories.material("PCB") else None

    take_in(MATERIALS, "code,name\nA,Better name\n")

    assert MaterialDefinition.objects.get(code="A").gtin == "02345673"


def test_a_change_meanwhile_refuses_the_confirmation():
    factories.material("PCB")
    pending, _plan = check(MATERIALS, "code,name\nPCB,Bare board\n")
    MaterialDefinition.objects.filter(code="PCB").update(name="Something else")

    with pytest.raises(ImportRefused, match="changed the master data"):
        confirm(pending)

    assert MaterialDefinition.objects.get(code="PCB").name == "Something else"


def test_a_file_is_written_once_and_only_by_who_checked_it():
    factories.material("PCB")
    pending, _plan = check(MATERIALS, "code,name\nPCB,Bare board\n")
    with pytest.raises(ImportRefused):
        confirm(pending, by=factories.person("OTHER", Role.ADMINISTRATOR))

    confirm(pending)

    with pytest.raises(ImportRefused):
        imports.confirm(pending=pending, table=files.read("f.csv", b"code,name\nPCB,X\n"), by=boss(),
                        at=timezone.now())


def test_only_who_may_edit_takes_files_in():
    with pytest.raises(Forbidden):
        check(MATERIALS, "code,name\nPCB,X\n", by=factories.person("OP", Role.OPERATOR))


def test_undoing_gives_back_what_was():
    pcb = factories.material("PCB")
    done = take_in(MATERIALS, "code,name,unit,shelf_life_days\nPCB,Bare board,C62,30\nNEW,New,C62,\n")

    found = undo(done)

    pcb.refresh_from_db()
    assert (pcb.name, pcb.shelf_life_days) == ("PCB", None)
    assert not MaterialDefinition.objects.filter(code="NEW").exists()
    assert (found.reverted, found.removed, found.left) == (1, 1, [])
    assert JournalEntry.objects.filter(kind="material.deleted").count() == 1
    assert reading.last(MATERIALS) is None


def test_undoing_leaves_what_was_changed_or_used_since_and_says_so():
    factories.material("PCB")
    factories.material("SCREW")
    done = take_in(MATERIALS, "code,name,unit\nPCB,Bare board,C62\nSCREW,Screw M3,C62\nUSED,Used,C62\n")
    MaterialDefinition.objects.filter(code="PCB").update(name="Renamed by hand")
    factories.received("L-1", material=MaterialDefinition.objects.get(code="USED"))

    seen = undoing.preview(done=done, by=boss())
    found = undo(done)

    assert seen == found
    assert {left.key: left.why for left in found.left} == {
        "PCB": "Changed meanwhile: name.", "USED": "It is in use by now."}
    assert MaterialDefinition.objects.get(code="PCB").name == "Renamed by hand"
    assert MaterialDefinition.objects.get(code="SCREW").name == "SCREW"
    assert MasterImport.objects.get(pk=done.pk).kept == 2


def test_undoing_takes_whole_trees_away():
    done = take_in(PLACES, "code,name,level,parent\nS9,Site 9,SITE,\nL9,Line 9,WORK_CENTER,S9\n")

    assert undo(done).removed == 2
    assert not Equipment.objects.filter(code__in=["S9", "L9"]).exists()


def test_only_the_last_import_is_undone_and_only_once():
    factories.material("PCB")
    first = take_in(MATERIALS, "code,name\nPCB,One\n")
    second = take_in(MATERIALS, "code,name\nPCB,Two\n")

    for done in (first, undo(second) and second):
        with pytest.raises(ImportRefused):
            undo(done)


def test_people_from_a_file_have_no_password_and_nobody_writes_over_themselves():
    by = boss()

    _pending, plan = check("plant.Person", "number,name,badge\nBOSS,Me,\nW1,Wang,B-1\n", by=by)
    take_in("plant.Person", "number,name,badge\nW1,Wang,B-1\n")

    assert plan.rows[0].faults[""] == "This is you. Change yourself on your own page."
    wang = Person.objects.get(number="W1")
    assert (wang.kind, wang.badge, wang.has_usable_password(), wang.roles) == ("HUMAN", "B-1", False, frozenset())
