"""Where a question of reach may start in quality: a gauge, a nonconformance, a revision of a document."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms import gauging
from qms.models import Document, DocumentDemand, Gauge, NonconformanceLot
from traceability import starting
from traceability.models import Visit
from traceability.queries.starts import known, window
from traceability.starting import WINDOW, Asked, Found


@starting.register("gauge", _("Gauge"), _("Gauge's number"), fields=(WINDOW,), order=15)
def gauge(asked: Asked) -> Found:
    """What a gauge measured: its verdicts are in doubt, so each lot is perhaps affected."""
    one = known(Gauge.objects.filter(code=asked.code).first(), asked.code)
    found = gauging.measured(one, asked.from_at, asked.to_at)
    return Found.maybe(row.lot_id for row in found if row.lot_id is not None)


@starting.register("nonconformance", _("Nonconformance"), _("Number of the nonconformance"), order=16)
def nonconformance(asked: Asked) -> Found:
    """The lots at which the fault itself was made."""
    rows = NonconformanceLot.objects.filter(nonconformance__number=asked.code, direct=True)
    return Found.sure(known(rows.values_list("lot", flat=True), asked.code))


@starting.register("document", _("Revision of a document"), _("Document number / revision"), fields=(WINDOW,), order=17)
def document(asked: Asked) -> Found:
    """What went through the operations that ask for a document while that revision was in effect."""
    code, _slash, revision = asked.code.replace(" ", "").partition("/")
    rows = Document.objects.filter(code=code, effective__isnull=False)
    rows = rows.filter(revision=int(revision)) if revision.isdecimal() else rows
    one = known(rows.order_by("-revision").first(), asked.code)
    rule = Q(pk__in=[])
    for demand in DocumentDemand.objects.filter(document=one).exclude(operation=""):
        rule |= Q(operation=demand.operation, **({"lot__material": demand.material} if demand.material else {}))
    visits = Visit.objects.filter(rule, during__overlap=one.effective).filter(during__overlap=window(asked))
    return Found.maybe(visits.values_list("lot", flat=True))
