"""CAPA: why it happened, what is done so that it stays away, and the proof that it worked."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.models.nonconformance import Severity


class CapaStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    ACTIONS = "ACTIONS", _("Actions running")
    EFFECTIVENESS = "EFFECTIVENESS", _("Effectiveness check due")
    CLOSED = "CLOSED", _("Closed")


class CapaMethod(models.TextChoices):
    SIMPLE = "SIMPLE", _("Short: cause, actions, check")
    EIGHT_D = "EIGHT_D", _("8D: nine stages with a team")


class CapaSource(models.TextChoices):
    """What a CAPA was opened for."""

    NONCONFORMANCE = "NONCONFORMANCE", _("Nonconformance")
    COMPLAINT = "COMPLAINT", _("Complaint")
    AUDIT = "AUDIT", _("Audit")
    SUPPLIER = "SUPPLIER", _("Supplier")
    OWN = "OWN", _("Own initiative")


@pghistory.track()
class CorrectiveAction(models.Model):
    """A CAPA: closed only after another person has found its actions effective."""

    LIFECYCLE = {
        CapaStatus.OPEN: (CapaStatus.ACTIONS,),
        CapaStatus.ACTIONS: (CapaStatus.EFFECTIVENESS,),
        CapaStatus.EFFECTIVENESS: (CapaStatus.ACTIONS, CapaStatus.CLOSED),
        CapaStatus.CLOSED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    nonconformance = models.ForeignKey(
        "qms.Nonconformance", models.PROTECT, null=True, related_name="capas", verbose_name=_("nonconformance")
    )
    method = models.CharField(_("method"), max_length=8, choices=CapaMethod, default=CapaMethod.SIMPLE)
    source_kind = models.CharField(
        _("opened for"), max_length=14, choices=CapaSource, default=CapaSource.NONCONFORMANCE
    )
    source_id = models.CharField(_("source"), max_length=60, blank=True)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.MAJOR)
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, related_name="+", verbose_name=_("material")
    )
    customer = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, related_name="+", verbose_name=_("customer")
    )
    status = models.CharField(_("status"), max_length=14, choices=CapaStatus, default=CapaStatus.OPEN)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    title = models.CharField(_("title"), max_length=200)
    problem = models.TextField(_("problem"))
    root_cause = models.TextField(_("root cause"), blank=True)
    owner = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_at = models.DateTimeField(_("due"))
    check_due_at = models.DateTimeField(_("effectiveness check not before"))
    effective = models.BooleanField(_("effective"), null=True)
    check_finding = models.TextField(_("finding"), blank=True)
    checked_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked"), null=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)

    class Meta:
        verbose_name = _("CAPA")
        verbose_name_plural = _("CAPAs")
        constraints = [
            models.CheckConstraint(
                name="capa_closed_only_effective",
                condition=~Q(status="CLOSED")
                | Q(effective=True, checked_by__isnull=False, checked_at__isnull=False, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="capa_checked_by_another", condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("owner"))
            ),
            models.CheckConstraint(
                name="capa_checked_in_its_time",
                condition=Q(checked_at__isnull=True) | Q(checked_at__gte=F("check_due_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_eight_d(self) -> bool:
        """Whether it goes through the nine stages."""
        return self.method == CapaMethod.EIGHT_D


class CapaActionKind(models.TextChoices):
    EMERGENCY = "EMERGENCY", _("Emergency response")
    CONTAINMENT = "CONTAINMENT", _("Containment")
    CORRECTION = "CORRECTION", _("Correction")
    CORRECTIVE = "CORRECTIVE", _("Corrective action")
    PREVENTIVE = "PREVENTIVE", _("Preventive action")
    DEPLOYMENT = "DEPLOYMENT", _("Deployment elsewhere")


class CapaAction(models.Model):
    """One thing to do, by somebody, until a day; done with a result, and verified by another person."""

    capa = models.ForeignKey(CorrectiveAction, models.PROTECT, related_name="actions")
    kind = models.CharField(_("kind"), max_length=12, choices=CapaActionKind, default=CapaActionKind.CORRECTIVE)
    description = models.TextField(_("what is done"))
    owner = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_at = models.DateTimeField(_("due"))
    place = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, related_name="+", verbose_name=_("line or station")
    )
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, related_name="+", verbose_name=_("material")
    )
    done_by = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(_("done"), null=True)
    result = models.TextField(_("result"), blank=True)
    verified_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("verified by")
    )
    verified_at = models.DateTimeField(pgettext_lazy("action", "verified"), null=True)
    verify_finding = models.TextField(_("finding"), blank=True)
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="capa_action_done_is_whole",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="capa_action_verified_is_whole",
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False, done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="capa_action_verified_by_another",
                condition=Q(verified_by__isnull=True)
                | (~Q(verified_by=F("done_by")) & ~Q(verified_by=F("owner"))),
            ),
        ]

    def __str__(self) -> str:
        return self.description[:80]
