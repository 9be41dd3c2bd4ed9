"""Operations of a routing that stand beside each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupKind(models.TextChoices):
    """What has to be done of the operations of a group before what follows."""

    PARALLEL = "PARALLEL", _("All of them, in any order")
    ALTERNATIVE = "ALTERNATIVE", _("One of them")


class SegmentGroup(models.Model):
    """Operations of a routing that stand beside each other; each names its group by its code.

    The database ties an operation's code to a group of its own routing (mes/sql/ways.sql).
    """

    work_master = models.ForeignKey("mes.WorkMaster", models.PROTECT, related_name="groups")
    code = models.CharField(_("group"), max_length=40)
    kind = models.CharField(_("to be done"), max_length=11, choices=GroupKind, default=GroupKind.PARALLEL)

    class Meta:
        verbose_name = _("group of operations")
        verbose_name_plural = _("groups of operations")
        ordering = ["work_master", "code"]
        constraints = [models.UniqueConstraint(fields=["work_master", "code"], name="segment_group_once")]

    def __str__(self) -> str:
        return self.code


class LotWay(models.Model):
    """The way a lot takes through a group, where it is not the routing's own order.

    Of alternatives the chosen one; of operations in any order those that go first, in their turn. It goes when rework
    returns before the group: then the lot is free to go another way.
    """

    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+")
    group = models.CharField(max_length=40)
    turns = models.JSONField()
    since = models.BigIntegerField(default=0)  # the last line of the ledger when it was written

    class Meta:
        verbose_name = _("way of a lot")
        verbose_name_plural = _("ways of lots")
        constraints = [models.UniqueConstraint(fields=["lot", "group"], name="lot_way_once")]
