"""Who may deliver what, as the list and the rules of the dock say."""

from datetime import datetime

from django.db.models import F, QuerySet

from plant.models import MaterialDefinition, Partner
from qms.models import ApprovedSource, SourcePolicy, SourceStatus, Unlisted


def listing() -> QuerySet[ApprovedSource]:
    """Every line of the list."""
    return ApprovedSource.objects.select_related("supplier", "material", "by")


def policy(material: MaterialDefinition) -> SourcePolicy:
    """The rule of a material, else the plant's, else the usual one."""
    rows = SourcePolicy.objects.filter(material=material) | SourcePolicy.objects.filter(material__isnull=True)
    return rows.order_by(F("material").asc(nulls_last=True)).first() or SourcePolicy()


def verdict(material: MaterialDefinition, supplier: Partner | None, at: datetime) -> tuple[str, ApprovedSource | None]:
    """Let in, held or refused, and the line that says so. A material without any line comes from anybody."""
    rows = list(ApprovedSource.objects.filter(material=material))
    if not rows:
        return Unlisted.ALLOW, None
    mine = next((row for row in rows if supplier is not None and row.supplier_id == supplier.pk), None)
    if mine is not None and mine.status == SourceStatus.BLOCKED:
        return Unlisted.REFUSE, mine
    rule = policy(material)
    if mine is None or (mine.until is not None and mine.until <= at):
        return rule.unlisted, mine
    return (rule.conditional if mine.status == SourceStatus.CONDITIONAL else Unlisted.ALLOW), mine
