"""The controllers that are polled, the registers that carry a value, and how each controller is doing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plant.models import Equipment
from traceability.models import Stream


class SourceKind(models.TextChoices):
    """How a source of readings is spoken to."""

    MODBUS = "modbus", "Modbus TCP"
    OPCUA = "opcua", "OPC UA"
    MQTT = "mqtt", "MQTT (JSON)"
    SPARKPLUG = "sparkplug", "MQTT (Sparkplug B)"
    CFX = "cfx", "IPC-CFX (AMQP 1.0)"
    LINES = "lines", _("Lines of text (TCP or serial)")
    PUSH = "push", _("Pushed over HTTP")


class Table(models.TextChoices):
    """The four Modbus tables."""

    HOLDING = "holding", _("Holding register")
    INPUT = "input", _("Input register")
    COIL = "coil", _("Coil")
    DISCRETE = "discrete", _("Discrete input")


class DataType(models.TextChoices):
    """How the bits of the registers are to be read."""

    INT16 = "int16", _("Integer 16 bit")
    UINT16 = "uint16", _("Unsigned 16 bit")
    INT32 = "int32", _("Integer 32 bit")
    UINT32 = "uint32", _("Unsigned 32 bit")
    INT64 = "int64", _("Integer 64 bit")
    UINT64 = "uint64", _("Unsigned 64 bit")
    FLOAT32 = "float32", _("Float 32 bit")
    FLOAT64 = "float64", _("Float 64 bit")
    BOOL = "bool", _("Bit")


class WordOrder(models.TextChoices):
    """The order of the four bytes of a 32 bit value on the wire."""

    ABCD = "ABCD", _("ABCD (big endian)")
    CDAB = "CDAB", _("CDAB (words swapped)")
    BADC = "BADC", _("BADC (bytes swapped)")
    DCBA = "DCBA", _("DCBA (little endian)")


class TagKind(models.TextChoices):
    """What a register is good for."""

    PROCESS = "process", _("Process value")
    ENVIRONMENT = "environment", _("Ambient value")
    COUNTER = "counter", _("Counter")
    STATE = "state", _("Machine state")
    PACKML = "packml", _("Machine state by PackML")
    SETPOINT = "setpoint", _("Setpoint")
    HEARTBEAT = "heartbeat", _("Heartbeat")
    IDENTITY = "identity", _("Map version")
    SCAN = "scan", _("Scans at the station")


class PlcState(models.TextChoices):
    """What the poller last found."""

    UNKNOWN = "UNKNOWN", _("Not polled yet")
    ONLINE = "ONLINE", _("Online")
    SILENT = "SILENT", _("No answer")
    STUCK = "STUCK", _("Heartbeat stands still")
    MISMATCH = "MISMATCH", _("Wrong register map")


class Plc(models.Model):
    """A source of readings: a controller that is polled over Modbus TCP, or another that speaks by itself."""

    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind, default=SourceKind.MODBUS)
    code = models.SlugField(_("code"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=200)
    host = models.CharField(_("host"), max_length=255, blank=True)
    port = models.PositiveIntegerField(_("port"), default=502)
    path = models.CharField(
        _("path"), max_length=200, blank=True,
        help_text=_("OPC UA: what follows the port. Sparkplug: the group, all when empty. Lines: a serial device. "
                    "AMQP: the queue or address."),
    )
    unit = models.PositiveSmallIntegerField(_("unit id"), default=1)
    period_ms = models.PositiveIntegerField(_("poll period (ms)"), default=1000)
    timeout_ms = models.PositiveIntegerField(_("timeout (ms)"), default=800)
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="plcs", verbose_name=_("equipment"))
    enabled = models.BooleanField(_("polled"), default=True)
    writes_recipes = models.BooleanField(
        _("recipes may be written"), default=False,
        help_text=_("Off: recipes are only compared with what the controller holds."),
    )
    map_version = models.PositiveIntegerField(_("map version"), null=True, blank=True)

    class Meta:
        verbose_name = _("PLC")
        verbose_name_plural = _("PLCs")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="plc_has_an_address",
                condition=~Q(host="") | Q(kind=SourceKind.PUSH) | (Q(kind=SourceKind.LINES) & ~Q(path="")),
            ),
            models.CheckConstraint(name="plc_kind_known", condition=Q(kind__in=SourceKind.values)),
            models.CheckConstraint(condition=Q(port__gte=1, port__lte=65535), name="plc_port_range"),
            models.CheckConstraint(condition=Q(unit__lte=255), name="plc_unit_range"),
            models.CheckConstraint(condition=Q(period_ms__gte=20), name="plc_period_min"),
            models.CheckConstraint(condition=Q(timeout_ms__gte=50, timeout_ms__lte=5000), name="plc_timeout_range"),
        ]

    def __str__(self) -> str:
        return self.code


class PlcTag(models.Model):
    """One value in a controller's register map."""

    plc = models.ForeignKey(Plc, models.CASCADE, related_name="tags", verbose_name=_("PLC"))
    name = models.SlugField(_("name"), max_length=80)
    label = models.CharField(_("name in the maker's map"), max_length=200, blank=True)
    address = models.PositiveIntegerField(_("address"), default=0, help_text=_("Counted from zero, as on the wire."))
    path = models.CharField(
        _("path"), max_length=500, blank=True,
        help_text=_("Where there are no registers: a node id, a topic, a metric, or a pattern for lines."),
    )
    field = models.CharField(
        _("field"), max_length=200, blank=True,
        help_text=_("Where the value stands in JSON: data.temperature, items[0]."),
    )
    table = models.CharField(_("table"), max_length=10, choices=Table, default=Table.HOLDING)
    data_type = models.CharField(_("data type"), max_length=10, choices=DataType, default=DataType.UINT16)
    word_order = models.CharField(_("word order"), max_length=4, choices=WordOrder, default=WordOrder.ABCD)
    scale = models.FloatField(_("scale"), default=1.0)
    exponent = models.PositiveIntegerField(
        _("register of the power of ten"), null=True, blank=True,
        help_text=_("Of the same table; its signed 16 bits say by which power of ten the value is multiplied."),
    )
    offset = models.FloatField(_("offset"), default=0.0)
    unit = models.CharField(_("unit in the maker's map"), max_length=20, blank=True)
    bit = models.PositiveSmallIntegerField(_("bit"), default=0)
    minimum = models.FloatField(_("plausible from"), null=True, blank=True)
    maximum = models.FloatField(_("plausible to"), null=True, blank=True)
    sentinel = models.BooleanField(_("all-ones means absent"), default=False)
    max_rate = models.FloatField(_("highest counts per second"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=TagKind, default=TagKind.PROCESS)
    stream = models.ForeignKey(
        Stream, models.PROTECT, null=True, blank=True, related_name="plc_tags", verbose_name=_("readings go to")
    )
    writable = models.BooleanField(_("may be written"), default=False)

    class Meta:
        verbose_name = _("PLC tag")
        verbose_name_plural = _("PLC tags")
        ordering = ["plc", "table", "address", "bit"]
        constraints = [
            models.UniqueConstraint(fields=["plc", "name"], name="plc_tag_name_once"),
            models.CheckConstraint(condition=Q(address__lte=65535), name="plc_tag_address_range"),
            models.CheckConstraint(condition=Q(bit__lte=15), name="plc_tag_bit_range"),
            models.CheckConstraint(condition=~Q(scale=0), name="plc_tag_scale_not_zero"),
            models.CheckConstraint(
                condition=Q(exponent=None) | Q(exponent__lte=65535, table__in=["holding", "input"]),
                name="plc_tag_exponent_is_a_register",
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lt=F("maximum")), name="plc_tag_limits_ordered"
            ),
            models.CheckConstraint(
                condition=Q(writable=False) | Q(kind="setpoint", table__in=["holding", "coil"]),
                name="plc_tag_only_setpoints_written",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plc_id}:{self.name}"


class PlcHealth(models.Model):
    """How a controller was doing when the poller last wrote it down."""

    plc = models.OneToOneField(Plc, models.CASCADE, related_name="health", verbose_name=_("PLC"))
    state = models.CharField(_("state"), max_length=10, choices=PlcState, default=PlcState.UNKNOWN)
    last_ok_at = models.DateTimeField(_("last answer"), null=True, blank=True)
    polls = models.PositiveBigIntegerField(_("polls"), default=0)
    errors = models.PositiveBigIntegerField(_("errors"), default=0)
    latency_ms = models.FloatField(_("latency (ms)"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    backlog = models.PositiveBigIntegerField(_("records waiting in the spool"), default=0)
    told = models.JSONField(default=dict, blank=True, editable=False)  # the newest lines of a scanner or instrument
    updated_at = models.DateTimeField(_("written down at"))

    class Meta:
        verbose_name = _("PLC health")
        verbose_name_plural = _("PLC health")

    def __str__(self) -> str:
        return f"{self.plc_id} {self.state}"


class PlcCounter(models.Model):
    """Where a counter stood when its counts were last added up; advanced in the transaction that adds them."""

    tag = models.OneToOneField(PlcTag, models.CASCADE, primary_key=True, related_name="counter")
    value = models.DecimalField(max_digits=20, decimal_places=0)
    seq = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("counter mark")
        verbose_name_plural = _("counter marks")

    def __str__(self) -> str:
        return f"{self.tag_id}={self.value}"
