"""Golden parameters come into effect under a signature."""

import pytest

from mes.commands import approvals
from mes.models import WorkMaster
from mes.queries import library
from plant.commands import revisions, signatures
from plant.commands.signatures import SignatureRefused
from plant.models import RevisionStatus, Signature
from plant.policies import Forbidden
from plant.queries import persons
from tests.factories import NOW, PASSWORD, person
from tests.mes.golden_world import kiln

pytestmark = pytest.mark.django_db


def draft() -> WorkMaster:
    source = kiln().standard.segment.work_master
    parts = {"segments": {"materials": {}, "parameters": {}}}
    return revisions.revise(source=source, parts=parts, by=persons.system("test"), noun="workmaster")


def approve(row: WorkMaster, number: str = "QE", role: str = "QUALITY_ENGINEER", **more: str) -> WorkMaster:
    seen = signatures.content_hash(library.seen(row))
    fields = {"reason": "Trial run", "password": PASSWORD, "seen_hash": seen, **more}
    return approvals.approve(work_master=row, **fields, by=person(number, role), at=NOW)


def test_approve_ends_the_former_revision_under_a_signature():
    done = approve(draft())
    former = WorkMaster.objects.get(code=done.code, revision=1)
    assert (done.status, former.status) == (RevisionStatus.EFFECTIVE, RevisionStatus.OBSOLETE)
    assert Signature.objects.get().content["operations"][1][2][0][:4] == ["ZONE3", 230.0, 240.0, 250.0]


def test_approve_refuses_what_changed_since_it_was_read():
    with pytest.raises(SignatureRefused):
        approve(draft(), seen_hash="something else")


def test_approve_is_not_for_an_operator():
    with pytest.raises(Forbidden):
        approve(draft(), "OP9", "OPERATOR")
