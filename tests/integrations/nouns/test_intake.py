"""What comes in from other systems: each row on its own, each version once, newer over older."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from integrations.models import ExternalId
from integrations.nouns import intake
from integrations.nouns.intake import External
from integrations.nouns.registry import NOUNS
from plant.models import Equipment, JournalEntry, MaterialDefinition
from plant.queries import persons
from tests import factories
from traceability.models import MaterialLot

MATERIALS, LOTS = NOUNS["material-definitions"], NOUNS["material-lots"]


def words(**more):
    return {"code": "CB-1", "name": "Board", "unit": "C62", **more}


def take(noun=MATERIALS, external=None, **said):
    return intake.take_row(noun, said or words(), by=persons.system("erp"), at=timezone.now(), external=external)


@pytest.fixture(name="ground", autouse=True)
def units(db):
    factories.site()
    factories.material("PCB")


def test_a_row_is_created_then_unchanged_then_changed():
    told = [take(**words(name=name)) for name in ("Board", "Board", "New board")]
    assert [(one.status, one.key) for one in told] == [("created", "CB-1"), ("unchanged", "CB-1"), ("changed", "CB-1")]


def test_a_bad_row_is_told_by_word_and_leaves_nothing_behind():
    told = take(**words(unit="NONE", use="TOY"), external=External("sap", "1", 1))
    assert (told.status, set(told.errors)) == ("refused", {"unit", "use"})
    assert not MaterialDefinition.objects.filter(code="CB-1").exists()
    assert not ExternalId.objects.exists()


def test_a_newer_version_counts_and_an_older_one_is_told_and_ignored():
    told = [
        take(external=External("sap", "4711", version), **words(name=f"Board {version}"))
        for version in (5, 4, 5, 6)
    ]
    assert [one.status for one in told] == ["created", "older", "unchanged", "changed"]
    assert MaterialDefinition.objects.get(code="CB-1").name == "Board 6"
    assert ExternalId.objects.get().version == 6


def test_a_version_never_has_two_contents():
    take(external=External("sap", "4711", 5), **words())
    told = take(external=External("sap", "4711", 5), **words(name="Other"))
    assert (told.status, told.code) == ("refused", "version-reused")


def test_replaying_what_was_taken_leaves_later_changes_of_people_alone():
    take(external=External("sap", "4711", 5), **words())
    MaterialDefinition.objects.filter(code="CB-1").update(name="As the planner calls it")
    assert take(external=External("sap", "4711", 5), **words()).status == "unchanged"
    assert MaterialDefinition.objects.get(code="CB-1").name == "As the planner calls it"


def test_a_thing_keeps_its_number_here():
    take(external=External("sap", "4711", 1), **words())
    renamed = take(external=External("sap", "4711", 2), **words(code="CB-2"))
    nameless = take(external=External("sap", "4711", 2), **{k: v for k, v in words(name="New").items() if k != "code"})
    assert (renamed.code, nameless.status, nameless.key) == ("other-key", "changed", "CB-1")


def test_the_numbers_of_two_systems_do_not_meet():
    take(external=External("sap", "1", 9), **words())
    assert take(external=External("plm", "1", 1), **words(code="CB-2")).status == "created"


def test_a_receipt_without_a_number_is_found_by_the_other_systems():
    said = {"material": "PCB", "quantity": "5"}
    told = [take(LOTS, External("wms", "GR-1", 1), **said) for _time in range(2)]
    assert [one.status for one in told] == ["created", "unchanged"]
    assert MaterialLot.objects.get().number == told[1].key


def test_what_stands_on_another_site_is_refused():
    elsewhere = Equipment.objects.create(code="SITE-2", name="Other", level="SITE")
    Equipment.objects.create(code="LINE-2", name="Other line", level="WORK_CENTER", parent=elsewhere)
    by = factories.person("api:here", kind="INTEGRATION", site=factories.site())
    said = {"code": "LINE-2", "name": "Mine now", "level": "WORK_CENTER", "parent": "SITE"}
    told = intake.take_row(NOUNS["equipment"], said, by=by, at=timezone.now())
    assert (told.status, told.code) == ("refused", "foreign")


def test_the_database_itself_keeps_versions_going_on():
    take(external=External("sap", "1", 9), **words())
    for value in ("8", "NULL"):
        with pytest.raises(DatabaseError, match="came after"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE integrations_externalid SET version = {value}")


def test_nothing_is_written_down_when_nothing_changes():
    take()
    before = JournalEntry.objects.count()
    take()
    assert JournalEntry.objects.count() == before


@pytest.mark.usefixtures("committed_db")
def test_versions_that_arrive_together_end_with_the_newest(at_once):
    factories.site()
    factories.material("PCB")

    def arrive(version):
        return lambda: take(external=External("sap", "4711", version), **words(name=f"Board {version}"))

    told = at_once(*[arrive(version) for version in (3, 1, 6, 2, 5, 4)])

    assert {one.status for one in told} <= {"created", "changed", "older"}
    assert MaterialDefinition.objects.get(code="CB-1").name == "Board 6"
    assert MaterialDefinition.objects.filter(code="CB-1").count() == 1
