"""Where a question of reach may start in production: an order, a revision of a routing, a tool."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg2.extras import DateTimeTZRange

from mes.models import JobOrder, Tool, ToolMount
from traceability import starting
from traceability.models import MaterialLot, Visit
from traceability.queries.starts import known, window, within
from traceability.starting import WINDOW, Asked, Found


@starting.register("order", _("Production order"), _("Number of the production order"), order=4)
def order(asked: Asked) -> Found:
    """What all work orders of a production order made."""
    jobs = JobOrder.objects.filter(work_request__number=asked.code).values_list("number", flat=True)
    lots = MaterialLot.objects.filter(job_order__in=list(known(jobs, asked.code)))
    return Found.sure(lots.values_list("pk", flat=True))


@starting.register("routing", _("Revision of a routing"), _("Routing / revision"), fields=(WINDOW,), order=6)
def routing(asked: Asked) -> Found:
    """What was made by a revision of a routing, with its programs and golden parameters."""
    code, _slash, revision = asked.code.replace(" ", "").partition("/")
    jobs = JobOrder.objects.filter(work_master__code=code)
    jobs = jobs.filter(work_master__revision=int(revision)) if revision.isdecimal() else jobs
    rows = MaterialLot.objects.filter(job_order__in=list(known(jobs, asked.code).values_list("number", flat=True)))
    return Found.sure(within(rows, asked, "created_at").values_list("pk", flat=True))


@starting.register("tool", _("Tool or fixture"), _("Tool's number"), fields=(WINDOW,), order=14)
def tool(asked: Asked) -> Found:
    """What stood at a station while the tool was mounted there."""
    known(Tool.objects.filter(code=asked.code).exists(), asked.code)
    rule = Q(pk__in=[])
    for mount in ToolMount.objects.filter(tool__code=asked.code):
        rule |= Q(equipment=mount.station_id, during__overlap=DateTimeTZRange(mount.from_at, mount.to_at))
    return Found.sure(Visit.objects.filter(rule, during__overlap=window(asked)).values_list("lot", flat=True))
