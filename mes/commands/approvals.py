"""Putting a routing with its golden parameters into effect, under a signature."""

from datetime import datetime

from mes.models import WorkMaster
from mes.queries import library
from plant import policies
from plant.commands import revisions, signatures
from plant.locks import lock
from plant.models import Meaning, Person
from plant.transactions import command


@command
def approve(
    *, work_master: WorkMaster, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> WorkMaster:
    """Make a draft effective from now on; the revision before it ends now, and running orders keep the one they pin."""
    policies.check(by, "golden.approve", row=str(work_master))
    lock(WorkMaster.objects.filter(code=work_master.code))
    signatures.sign(
        subject=work_master, meaning=Meaning.APPROVED, content=library.seen(work_master), seen_hash=seen_hash,
        password=password, reason=reason, by=by, at=at,
    )
    why = library.why_not_effective(work_master, at)
    told = {"noun": "workmaster", "action": "golden.approve"}
    fresh: WorkMaster = revisions.put_into_effect(row=work_master, why_not=why, by=by, at=at, **told)
    return fresh
