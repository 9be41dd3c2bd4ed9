"""FMEA: what may fail, why, how it is prevented and found, and what is done about it, by revision."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models import Reviewed, TwoNames, review_constraints
from qms import action_priority

UNRATED = Q(severity_after__isnull=True, occurrence_after__isnull=True, detection_after__isnull=True)


def rating(name: Any) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """A rating from 1 to 10; empty until somebody has given it."""
    return models.PositiveSmallIntegerField(name, null=True, blank=True)


def rated(name: str, fields: tuple[str, ...]) -> list[models.CheckConstraint]:
    """Ratings lie between 1 and 10."""
    return [
        models.CheckConstraint(
            name=f"{name}_{field}_rated", condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (1, 10)})
        )
        for field in fields
    ]


class ProductFamily(TwoNames, models.Model):
    """Products that are alike: what may fail in one may fail in all."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    materials = models.ManyToManyField("plant.MaterialDefinition", related_name="families", verbose_name=_("materials"))

    class Meta:
        verbose_name = _("product family")
        verbose_name_plural = _("product families")
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class FmeaKind(models.TextChoices):
    DESIGN = "DFMEA", _("Design FMEA")
    PROCESS = "PFMEA", _("Process FMEA")


class Fmea(Reviewed):
    """The worksheet of one product or family, of its design or of how it is made."""

    kind = models.CharField(_("kind"), max_length=5, choices=FmeaKind)
    name = models.CharField(_("name"), max_length=120)
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("material")
    )
    family = models.ForeignKey(
        ProductFamily, models.PROTECT, null=True, blank=True, related_name="fmeas", verbose_name=_("product family")
    )
    routing = models.CharField(
        _("routing"), max_length=40, blank=True,
        help_text=_("The code of the work master whose operations are looked at; only of a process FMEA."),
    )
    scope = models.TextField(_("scope and assumptions"), blank=True)
    team = models.TextField(_("team"), blank=True)

    class Meta:
        verbose_name = _("FMEA")
        verbose_name_plural = _("FMEAs")
        constraints = [
            *review_constraints("fmea"),
            models.UniqueConstraint(
                fields=["code"], name="fmea_one_unfinished", condition=Q(status__in=["DRAFT", "REVIEW"])
            ),
            models.CheckConstraint(
                name="fmea_of_product_or_family",
                condition=Q(material__isnull=False, family__isnull=True)
                | Q(material__isnull=True, family__isnull=False),
            ),
            models.CheckConstraint(name="fmea_design_has_no_routing", condition=Q(kind="PFMEA") | Q(routing="")),
        ]

    @property
    def about(self) -> str:
        """The product or the family."""
        return str(self.material or self.family)


class SpecialMark(models.TextChoices):
    NONE = "", pgettext_lazy("special characteristic", "none")
    CRITICAL = "CC", _("Critical (CC)")
    SIGNIFICANT = "SC", _("Significant (SC)")


class FmeaLine(models.Model):
    """One failure chain. Its key stays the same through all revisions; a copy in another FMEA has its own."""

    fmea = models.ForeignKey(Fmea, models.PROTECT, related_name="lines", verbose_name=_("FMEA"))
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.FloatField(_("order"), default=0)
    element = models.CharField(_("structure element"), max_length=120, blank=True)
    function = models.TextField(_("function and requirement"), blank=True)
    effect = models.TextField(_("effect of the failure"), blank=True)
    severity = rating(_("severity"))
    mode = models.TextField(_("failure mode"), blank=True)
    cause = models.TextField(_("failure cause"), blank=True)
    prevention = models.TextField(_("prevention control"), blank=True)
    occurrence = rating(_("occurrence"))
    detection_control = models.TextField(_("detection control"), blank=True)
    detection = rating(_("detection"))
    special = models.CharField(
        _("special characteristic"), max_length=2, choices=SpecialMark, default=SpecialMark.NONE, blank=True
    )
    characteristic = models.ForeignKey(
        "qms.Characteristic", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("characteristic")
    )
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="copies", verbose_name=_("copied from")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("changed by"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("failure chain")
        verbose_name_plural = _("failure chains")
        ordering: ClassVar[list[str]] = ["fmea", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fmea", "key"], name="fmea_line_once"),
            *rated("fmea_line", ("severity", "occurrence", "detection")),
        ]
        indexes = [models.Index(fields=["key"], name="fmea_line_key")]

    def __str__(self) -> str:
        return " → ".join(part for part in (self.element, self.mode, self.cause) if part)[:200] or "—"

    @property
    def priority(self) -> str:
        """H, M or L; empty while something is not rated."""
        return action_priority.of(self.severity, self.occurrence, self.detection)

    @property
    def rpn(self) -> int | None:
        """The risk priority number."""
        return action_priority.rpn(self.severity, self.occurrence, self.detection)


class FmeaActionKind(models.TextChoices):
    PREVENTION = "PREVENTION", _("Prevention action")
    DETECTION = "DETECTION", _("Detection action")


class FmeaActionStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    DONE = "DONE", _("Done")
    CANCELLED = "CANCELLED", _("Not carried out")


class FmeaAction(models.Model):
    """What somebody does until a day so that a chain becomes less likely or is found better.

    What the chain was rated before is kept beside what it is rated afterwards.
    """

    LIFECYCLE = {
        FmeaActionStatus.OPEN: (FmeaActionStatus.IN_PROGRESS, FmeaActionStatus.DONE, FmeaActionStatus.CANCELLED),
        FmeaActionStatus.IN_PROGRESS: (FmeaActionStatus.DONE, FmeaActionStatus.CANCELLED),
        FmeaActionStatus.DONE: (),
        FmeaActionStatus.CANCELLED: (),
    }

    line = models.ForeignKey(FmeaLine, models.PROTECT, related_name="actions", verbose_name=_("failure chain"))
    kind = models.CharField(_("kind"), max_length=10, choices=FmeaActionKind, default=FmeaActionKind.PREVENTION)
    text = models.TextField(_("what is to be done"))
    owner = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_at = models.DateTimeField(_("due"))
    status = models.CharField(_("status"), max_length=11, choices=FmeaActionStatus, default=FmeaActionStatus.OPEN)
    severity_before, occurrence_before = rating(_("severity before")), rating(_("occurrence before"))
    detection_before = rating(_("detection before"))
    severity_after, occurrence_after = rating(_("severity after")), rating(_("occurrence after"))
    detection_after = rating(_("detection after"))
    taken = models.TextField(_("what was done"), blank=True)
    ended_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("ended by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)

    class Meta:
        verbose_name = _("FMEA action")
        verbose_name_plural = _("FMEA actions")
        ordering: ClassVar[list[str]] = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(name="fmea_action_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="fmea_action_ended_with_word",
                condition=Q(status__in=["OPEN", "IN_PROGRESS"], ended_at__isnull=True, ended_by__isnull=True)
                | Q(status__in=["DONE", "CANCELLED"], ended_at__isnull=False, ended_by__isnull=False) & ~Q(taken=""),
            ),
            models.CheckConstraint(
                name="fmea_action_done_is_rated",
                condition=Q(
                    status="DONE", severity_after__range=(1, 10), occurrence_after__range=(1, 10),
                    detection_after__range=(1, 10),
                ) | ~Q(status="DONE") & UNRATED,
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def before(self) -> str:
        """The priority when the action was planned."""
        return action_priority.of(self.severity_before, self.occurrence_before, self.detection_before)

    @property
    def after(self) -> str:
        """The priority once it was done; empty before."""
        return action_priority.of(self.severity_after, self.occurrence_after, self.detection_after)
