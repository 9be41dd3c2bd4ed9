"""Who works at which station, and what the machines say of themselves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plant.models import EquipmentState


class StationSession(models.Model):
    """Somebody signed on at a station's tablet; the next sign-on ends the one before."""

    station = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="sessions")
    person = models.ForeignKey("plant.Person", models.PROTECT, related_name="+")
    device = models.CharField(max_length=80)
    job_order = models.ForeignKey("mes.JobOrder", models.PROTECT, null=True, related_name="+")
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, null=True, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=6, null=True)  # said for the next scan
    position = models.ForeignKey("mes.FeedPosition", models.PROTECT, null=True, related_name="+")  # for the next lot
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sign-on")
        verbose_name_plural = _("sign-ons")
        constraints = [
            models.UniqueConstraint(fields=["station"], name="station_one_session", condition=Q(ended_at__isnull=True)),
        ]


class MachineState(models.Model):
    """A stretch in which a machine was in one state; the last one is open."""

    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="states")
    state = models.CharField(max_length=16, choices=EquipmentState)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    reason = models.ForeignKey("plant.ReasonCode", models.PROTECT, null=True, related_name="+")
    packml = models.CharField(max_length=16, blank=True)  # the last state within it, as a controller by PackML names it

    class Meta:
        verbose_name = _("machine state")
        verbose_name_plural = _("machine states")
        constraints = [
            models.UniqueConstraint(fields=["equipment"], name="machine_one_state", condition=Q(to_at__isnull=True)),
            models.CheckConstraint(
                name="machine_state_ends_later", condition=Q(to_at__isnull=True) | Q(to_at__gte=models.F("from_at"))
            ),
        ]


class MachineCount(models.Model):
    """Good and rejected pieces that a machine counted in a minute."""

    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="counts")
    minute_at = models.DateTimeField()
    good = models.PositiveIntegerField(default=0)
    reject = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("machine count")
        verbose_name_plural = _("machine counts")
        constraints = [models.UniqueConstraint(fields=["equipment", "minute_at"], name="machine_minute_once")]


class ScanQueue(models.Model):
    """The scans that a tablet keeps until they are answered: numbered there, and taken here in that order."""

    id = models.UUIDField(primary_key=True)
    device = models.CharField(max_length=80)
    last_seq = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("queue of scans")
        verbose_name_plural = _("queues of scans")
        constraints = [models.CheckConstraint(name="scan_queue_counts_up", condition=Q(last_seq__gte=0))]
