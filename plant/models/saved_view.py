"""How people like their lists: views that they saved or share, and the columns that they last chose."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A search with its filters, order and columns under a name; a shared one is everybody's to use."""

    owner = models.ForeignKey("plant.Person", models.CASCADE, related_name="+", verbose_name=_("owner"))
    listing = models.CharField(_("list"), max_length=60)
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(_("what it asks"), blank=True)
    shared = models.BooleanField(_("shared"), default=False)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "listing", "name"], name="saved_view_once"),
            models.CheckConstraint(name="saved_view_has_name", condition=~Q(name="")),
        ]
        indexes = [models.Index(fields=["listing"], name="saved_view_shared", condition=Q(shared=True))]

    def __str__(self) -> str:
        return self.name


class ColumnChoice(models.Model):
    """The columns of a list that somebody wants to see, in their order."""

    person = models.ForeignKey("plant.Person", models.CASCADE, related_name="+", verbose_name=_("person"))
    listing = models.CharField(_("list"), max_length=60)
    columns = models.JSONField(_("columns"), default=list)

    class Meta:
        verbose_name = _("choice of columns")
        verbose_name_plural = _("choices of columns")
        constraints = [models.UniqueConstraint(fields=["person", "listing"], name="column_choice_once")]
