"""Production and work orders as they stand on paper."""

from django.utils.translation import gettext as _

from mes.models import JobOrder, WorkRequest
from mes.queries import orders
from plant import scoping
from plant.models import Person
from plant.printing import Sheet, Table, amount, facts_of, text
from traceability.models import MaterialLot

MOST_LOTS = 500
REQUEST_FACTS = ("material", "quantity", "customer", "priority", "due_at", "created_at", "site")


def work_request(row: WorkRequest, reader: Person) -> Sheet:
    """What was asked for, and the work orders that make it."""
    jobs = list(scoping.visible(row.job_orders.select_related("line").order_by("pk"), reader))
    done = orders.progress_of_jobs(jobs)
    lines = [
        (job.number, str(job.get_status_display()), text(job.line), amount(job.quantity), amount(done[job.pk].good),
         amount(done[job.pk].scrap))
        for job in jobs
    ]
    columns = [_("Work order"), _("State"), _("Line"), _("Quantity"), _("Good"), _("Scrap")]
    return Sheet(
        kind=_("Production order"), number=row.number, title=str(row.material), state=str(row.get_status_display()),
        facts=facts_of(row, REQUEST_FACTS), tables=[Table(_("Work orders"), columns, lines, (3, 4, 5))],
    )


def job_order(row: JobOrder, reader: Person) -> Sheet:
    """What is made where, operation by operation, and the lots that came of it."""
    operations = [
        (one.row.segment.code, str(one.row.segment), *map(amount, (one.row.good, one.row.scrap, one.row.rework)))
        for one in orders.operations(row)
    ]
    lots = MaterialLot.objects.filter(job_order=row.number).order_by("pk")
    made = [(lot.number, str(lot.get_kind_display()), str(lot.get_status_display())) for lot in lots[:MOST_LOTS]]
    return Sheet(
        kind=_("Work order"), number=row.number, title=str(row.work_request.material),
        state=str(row.get_status_display()), facts=facts_of(row, ("line", "quantity", "work_request")),
        tables=[
            Table(
                _("Operations"), [_("Operation"), _("Name"), _("Good"), _("Scrap"), _("Rework")], operations, (2, 3, 4)
            ),
            Table(_("Lots"), [_("Lot"), _("Kind"), _("State")], made),
        ],
    )
