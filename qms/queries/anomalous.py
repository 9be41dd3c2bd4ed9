"""Anomalies that quality knows: letters to customers and suppliers that nobody got."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.models import Person
from qms.models import LetterStatus, PostStatus, RecallLetter, RecallStatus, SupplierLetter
from qms.queries import recalls, supplier_requests
from traceability import anomalies
from traceability.anomalies import MOST, Anomaly


@anomalies.register("recall-letter", _("Letter of a recall given up"), icon="mail-off", action="recall.read")
def recall_letters(reader: Person, at: datetime) -> Iterator[Anomaly]:
    """Letters of recalls under way that were given up."""
    rows = RecallLetter.objects.filter(status=PostStatus.DEAD, recall__status=RecallStatus.OPEN)
    for one in scoping.visible(rows.select_related("recall", "customer"), reader).order_by("made_at")[:MOST]:
        yield Anomaly(f"{one.recall.number} {one.customer}", recalls.url(one.recall), one.made_at, one.last_error)


@anomalies.register(
    "supplier-letter", _("Mail to a supplier given up"), icon="mail-off", action="supplier-request.read"
)
def supplier_letters(reader: Person, at: datetime) -> Iterator[Anomaly]:
    """Mails about requests that were given up."""
    rows = SupplierLetter.objects.filter(status=LetterStatus.DEAD, request__closed_at__isnull=True)
    for one in scoping.visible(rows.select_related("request"), reader).order_by("made_at")[:MOST]:
        yield Anomaly(one.title, supplier_requests.url(one.request), one.made_at, one.last_error)
