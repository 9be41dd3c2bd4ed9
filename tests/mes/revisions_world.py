"""Another revision of the board's routing, and what is signed to go there."""

from decimal import Decimal
from typing import Any

from mes import revision_parts
from mes.commands import order_revisions
from mes.models import JobOrder, MaterialSpecification, Segment, WorkMaster
from mes.queries import library, revision_change
from plant.commands import revisions, signatures
from plant.models import Equipment, Person
from tests import factories as ground
from tests.factories import NOW


def draft(of: WorkMaster) -> WorkMaster:
    """The next revision, to be changed before it counts."""
    by = ground.person("ADMIN", "ADMINISTRATOR")
    return revisions.revise(source=of, parts=revision_parts.OF_ROUTING, by=by)


def effective(master: WorkMaster) -> WorkMaster:
    by = ground.person("ADMIN", "ADMINISTRATOR")
    why = library.why_not_effective(master, NOW)
    return revisions.put_into_effect(row=master, why_not=why, by=by, at=NOW, noun="workmaster")


def with_washing(of: WorkMaster) -> WorkMaster:
    """Revision 2: boards are washed after the oven, and take three screws."""
    fresh = draft(of)
    wash = Segment.objects.create(work_master=fresh, sequence=25, code="WASH", name="Wash")
    wash.stations.add(ground.station("WASH"))
    lines = MaterialSpecification.objects.filter(segment__work_master=fresh, material__code="SCREW")
    lines.update(quantity_per=Decimal(3))
    return effective(fresh)


def without_oven(of: WorkMaster) -> WorkMaster:
    """Revision 2: boards skip the oven."""
    fresh = draft(of)
    Segment.objects.filter(work_master=fresh, code="OVEN").delete()
    return effective(fresh)


def engineer() -> Person:
    return ground.person("QE", "QUALITY_ENGINEER")


def seen(job: JobOrder, to: WorkMaster) -> str:
    return signatures.content_hash(revision_change.compare(job, to, NOW).seen)


def move(job: JobOrder, to: WorkMaster, **more: Any) -> JobOrder:
    fresh = JobOrder.objects.select_related("work_request", "work_master").get(pk=job.pk)
    words = {"seen_hash": more.pop("seen_hash", None) or seen(fresh, to), "password": ground.PASSWORD, "reason": "Dirt"}
    return order_revisions.move_to_revision(
        job_order=fresh, work_master=to, by=engineer(), at=NOW, **{**words, **more}
    )


def station(code: str) -> Equipment:
    return ground.station(code)
