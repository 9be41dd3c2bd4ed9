"""Whether a nonconformance was there before: the same part, the same defect or characteristic, within a window."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from plant.models import MaterialDefinition
from qms.models import Nonconformance, RepeatRule

USUAL = RepeatRule(days=90, propose_at=2)


def rule_for(case: Nonconformance) -> RepeatRule:
    """How far back is looked and when a CAPA is proposed: the material's own rule, the plant's, or the usual one."""
    rows = RepeatRule.objects.filter(Q(material=case.material_id) | Q(material__isnull=True))
    found = sorted(rows, key=lambda rule: rule.material_id is None)
    return found[0] if found else USUAL


def material_of(case: Nonconformance) -> MaterialDefinition | None:
    """The part that it is about: that of its first lot, else of its characteristic."""
    row = case.lots.select_related("lot__material").order_by("-direct", "pk").first()
    if row is not None:
        return row.lot.material
    return case.characteristic.material if case.characteristic else None


def same(case: Nonconformance) -> "QuerySet[Nonconformance]":
    """Every other case of the same part with the same defect or characteristic, and no other cause known."""
    alike = Q(pk__in=[])
    if case.defect_id:
        alike |= Q(defect=case.defect_id)
    if case.characteristic_id:
        alike |= Q(characteristic=case.characteristic_id)
    rows = Nonconformance.objects.filter(alike, material=case.material_id, material__isnull=False, site=case.site_id)
    if case.cause_id:
        rows = rows.filter(Q(cause__isnull=True) | Q(cause=case.cause_id))
    return rows.exclude(pk=case.pk)


def former(case: Nonconformance) -> list[Nonconformance]:
    """Those opened before it within the window, the newest first."""
    since = case.opened_at - timedelta(days=rule_for(case).days)
    rows = same(case).filter(opened_at__gte=since).filter(
        Q(opened_at__lt=case.opened_at) | Q(opened_at=case.opened_at, pk__lt=case.pk)
    )
    return list(rows.order_by("-opened_at", "-pk")[:99])
