"""Who has signed the documents that an operation demands."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.models import ON_LINE, JobSegment
from mes.queries import routings, station_queue
from mes.queries.routings import Step
from plant.errors import Refusal
from plant.models import Equipment, Person, PersonKind
from qms.models import Document
from qms.queries import demands

MOST = 5


class NotTrained(Refusal):
    """Somebody who has not signed the revision in effect of a document that an operation demands."""

    code = "not-trained"


def check(person: Person, step: Step, *, at: datetime) -> None:
    """Refuse somebody who has not read what the operation demands. Programs report what a person did."""
    if not step.documents or person.kind != PersonKind.HUMAN:
        return
    unread = demands.unknown_to(person, step.documents, at)
    if unread:
        message = _("%(person)s has not signed %(document)s, which operation %(operation)s demands. "
                    "Read and sign it first: it stands in the inbox.")
        words = {"person": person.name, "document": f"{unread[0]} {unread[0].title}", "operation": step.code}
        facts = {"operation": step.code, "documents": [str(one) for one in unread]}
        raise NotTrained(message % words, facts=facts)


def lacking(person: Person, station: Equipment, *, at: datetime) -> list[Document]:
    """What somebody has to sign before they may begin the work dispatched to a station; told when they sign on."""
    if person.kind != PersonKind.HUMAN:
        return []
    rows = JobSegment.objects.filter(station=station, ended_at__isnull=True, job_order__status__in=ON_LINE)
    rows = rows.select_related("job_order", "segment").order_by(*station_queue.TURN)[:MOST * 4]
    codes: set[str] = set()
    for row in rows:
        step = routings.routing(row.segment.work_master_id).by_code.get(row.segment.code)
        codes |= step.documents if step else frozenset()
    return demands.unknown_to(person, codes, at)[:MOST] if codes else []
