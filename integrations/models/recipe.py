"""Recipes to a machine: which setpoint a golden parameter goes into, and every time one was written."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RecipeTag(models.Model):
    """A setpoint of a controller that takes the target of a golden parameter; its register must be writable."""

    tag = models.OneToOneField(
        "integrations.PlcTag", models.CASCADE, related_name="recipe", verbose_name=_("PLC tag"),
        limit_choices_to={"kind": "setpoint"},
    )
    parameter = models.ForeignKey(
        "plant.Parameter", models.PROTECT, related_name="+", verbose_name=_("golden parameter")
    )
    tolerance = models.FloatField(
        _("may differ by"), default=0, help_text=_("What the controller holds may differ from the target by so much.")
    )

    class Meta:
        verbose_name = _("recipe tag")
        verbose_name_plural = _("recipe tags")
        constraints = [
            models.CheckConstraint(name="recipe_tag_tolerance", condition=Q(tolerance__gte=0, tolerance__lt=1e300)),
        ]

    def __str__(self) -> str:
        return f"{self.tag} ← {self.parameter.code}"


class RecipeOutcome(models.TextChoices):
    VERIFIED = "VERIFIED", _("Read back and equal")
    MISMATCH = "MISMATCH", _("Read back, but different")
    UNCONFIRMED = "UNCONFIRMED", _("Not confirmed")


class RecipeWrite(models.Model):
    """One value of an approved recipe that was written for a work order, and what the machine held afterwards.

    Written once.
    """

    job_order = models.ForeignKey("mes.JobOrder", models.PROTECT, related_name="+", verbose_name=_("work order"))
    standard = models.ForeignKey(
        "mes.ParameterSpecification", models.PROTECT, related_name="+", verbose_name=_("golden parameter")
    )
    tag = models.ForeignKey("integrations.PlcTag", models.PROTECT, related_name="+", verbose_name=_("PLC tag"))
    before = models.FloatField(_("before"), null=True)
    wanted = models.FloatField(_("wanted"))
    after = models.FloatField(_("after"), null=True)
    outcome = models.CharField(_("outcome"), max_length=11, choices=RecipeOutcome)
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("value of a recipe written")
        verbose_name_plural = _("values of recipes written")
        constraints = [
            models.CheckConstraint(
                name="recipe_write_verified_was_read",
                condition=~Q(outcome="VERIFIED") | Q(after__isnull=False),
            ),
            models.CheckConstraint(name="recipe_write_says_why", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["job_order", "-at"], name="recipe_write_of_job")]

    def __str__(self) -> str:
        return f"{self.tag_id}: {self.wanted}"
