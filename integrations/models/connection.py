"""Connections to other systems: where they lead, how one signs in, how often they are asked, how they do."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from integrations.models.door_key import DoorWay
from plant.statements import StatementField


class Auth(models.TextChoices):
    """How we prove to the other side who we are."""

    NONE = "NONE", _("Nothing")
    API_KEY = "API_KEY", _("API key in a header")
    BASIC = "BASIC", _("User and password")
    BEARER = "BEARER", _("Bearer token")
    OAUTH2 = "OAUTH2", _("OAuth 2 client credentials")
    HMAC = "HMAC", _("HMAC signature")
    MTLS = "MTLS", _("Certificate of ours (mTLS)")


class Rhythm(models.TextChoices):
    """How often the other side is asked; what we send goes out as soon as there is something, or with the same beat."""

    REALTIME = "REALTIME", _("As it happens")
    MINUTES = "MINUTES", _("Every so many minutes")
    HOURS = "HOURS", _("Every so many hours")
    DAILY = "DAILY", _("Once a day")


@pghistory.track(
    exclude=["sealed", "rests_until", "failures", "last_ok_at", "last_error", "cursor", "told_until",
             "next_fetch_at", "lease", "lease_until", "fetched_at", "tested_at", "test_said",
             "test_works", "troubles"]
)
class Connection(models.Model):
    """One connection to one other system. Its secrets are sealed, and nobody is shown them again."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=40)
    site = models.ForeignKey(
        "plant.Equipment", models.PROTECT, related_name="+", limit_choices_to={"level": "SITE"}, verbose_name=_("site"),
        help_text=_("What comes in belongs here."),
    )
    acts_as = models.ForeignKey(
        "plant.Person", models.PROTECT, related_name="+", editable=False, verbose_name=_("acts as")
    )
    receives = models.BooleanField(_("takes in"), default=True)
    sends = models.BooleanField(_("sends out"), default=False)
    sent_nouns = models.JSONField(_("what is sent"), default=list, blank=True)
    endpoint = models.CharField(_("address"), max_length=400, blank=True)
    auth = models.CharField(_("signs in with"), max_length=10, choices=Auth, default=Auth.NONE)
    sign_in = models.JSONField(_("sign-in"), default=dict, blank=True)
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm, default=Rhythm.MINUTES)
    every = models.PositiveSmallIntegerField(_("every"), default=5)
    daily_at = models.TimeField(_("time of day"), null=True, blank=True)
    timeout = models.DecimalField(_("timeout in seconds"), max_digits=5, decimal_places=1, default=10)
    per_minute = models.PositiveIntegerField(_("messages a minute"), default=600)
    keep_days = models.PositiveIntegerField(
        _("keeps contents (days)"), default=365,
        help_text=_("So long the content of finished messages stays; what became of them stays for ever. 0: for ever."),
    )
    door = models.CharField(
        _("lets push by"), max_length=8, choices=DoorWay, default=DoorWay.CLOSED, blank=True,
        help_text=_("How another system signs in that pushes messages onto this connection, with a key of its own."),
    )
    allowed_from = models.JSONField(_("may be called from"), default=list, blank=True)
    other_system = models.CharField(_("other system"), max_length=80, blank=True)
    other_version = models.CharField(_("its version"), max_length=80, blank=True)
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    enabled = models.BooleanField(_("in use"), default=False)
    # What only the workers write
    sealed = models.TextField(blank=True, editable=False)
    sealed_at = models.DateTimeField(_("secrets entered"), null=True, editable=False)
    cursor = models.TextField(_("cursor"), blank=True, editable=False)
    told_until = models.CharField(max_length=60, blank=True, editable=False)
    next_fetch_at = models.DateTimeField(_("asked next"), null=True, editable=False)
    fetched_at = models.DateTimeField(_("last asked"), null=True, editable=False)
    lease = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    rests_until = models.DateTimeField(_("rests until"), null=True, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    last_ok_at = models.DateTimeField(_("last answered"), null=True, editable=False)
    last_error = StatementField(_("last error"), blank=True, editable=False)
    troubles = models.JSONField(default=list, editable=False)
    tested_at = models.DateTimeField(_("last tested"), null=True, editable=False)
    test_works = models.BooleanField(null=True, editable=False)
    test_said = StatementField(blank=True, editable=False)

    class Meta:
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="connection_has_a_way", condition=Q(receives=True) | Q(sends=True)),
            models.CheckConstraint(name="connection_every_range", condition=Q(every__gte=1, every__lte=1440)),
            models.CheckConstraint(name="connection_timeout_range", condition=Q(timeout__gte=0.5, timeout__lte=120)),
            models.CheckConstraint(name="connection_rate_range", condition=Q(per_minute__gte=1)),
            models.CheckConstraint(name="connection_door_takes_in", condition=Q(door="") | Q(receives=True)),
            models.CheckConstraint(name="connection_keep_days_range", condition=Q(keep_days__lte=36500)),
            models.CheckConstraint(
                name="connection_daily_has_a_time", condition=~Q(rhythm="DAILY") | Q(daily_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@pghistory.track()
class OpenNetwork(models.Model):
    """A network inside the plant that connections may call. Without a row here they call public addresses only."""

    network = models.CharField(
        _("network"), max_length=50, unique=True, help_text=_("As 10.1.2.0/24, or one address: 10.1.2.3.")
    )
    why = models.CharField(_("what stands there"), max_length=200)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("open network")
        verbose_name_plural = _("open networks")
        ordering = ["network"]

    def __str__(self) -> str:
        return self.network


class Sample(models.Model):
    """A body as the other side writes it, kept so that a connection can be tried without it."""

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="samples", verbose_name=_("connection"))
    noun = models.CharField(_("object"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    body = models.BinaryField(_("body"))
    content_type = models.CharField(_("content type"), max_length=80, default="application/json")
    at = models.DateTimeField(_("kept"))
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("kept by"))

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        constraints = [
            models.UniqueConstraint(fields=["connection", "noun", "name"], name="sample_once"),
        ]

    def __str__(self) -> str:
        return f"{self.connection.code} {self.name}"


class Measure(models.TextChoices):
    """What both books count."""

    YIELD = "YIELD", _("Yield")
    SCRAP = "SCRAP", _("Scrap")
    CONSUMPTION = "CONSUMPTION", _("Consumption")
    STOCK = "STOCK", _("Stock")


class DifferenceStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    SETTLED = "SETTLED", _("Settled")
    GONE = "GONE", _("Agrees again")


class Reconciliation(models.Model):
    """One comparison of both books."""

    connection = models.ForeignKey(
        Connection, models.PROTECT, related_name="reconciliations", verbose_name=_("connection")
    )
    at = models.DateTimeField(_("compared"))
    orders = models.PositiveIntegerField(_("orders"), default=0)
    compared = models.PositiveIntegerField(_("figures"), default=0)
    differing = models.PositiveIntegerField(_("differing"), default=0)
    error = StatementField(_("error"), blank=True)

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        indexes = [models.Index(fields=["connection", "-at"], name="reconciliation_latest")]

    def __str__(self) -> str:
        return f"{self.connection.code} {self.at:%Y-%m-%d %H:%M}"


class Difference(models.Model):
    """A figure in which both books differ: somebody's task until it agrees again or is settled with a reason."""

    LIFECYCLE = {
        DifferenceStatus.OPEN: (DifferenceStatus.SETTLED, DifferenceStatus.GONE),
        DifferenceStatus.SETTLED: (),
        DifferenceStatus.GONE: (),
    }

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="differences", verbose_name=_("connection"))
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    measure = models.CharField(_("figure"), max_length=12, choices=Measure)
    order = models.CharField(_("order"), max_length=80, blank=True)
    material = models.CharField(_("material"), max_length=80, blank=True)
    ours = models.DecimalField(_("ours"), max_digits=18, decimal_places=6, null=True)
    theirs = models.DecimalField(_("theirs"), max_digits=18, decimal_places=6, null=True)
    unit = models.CharField(_("unit"), max_length=12, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=DifferenceStatus, default=DifferenceStatus.OPEN
    )
    owner = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    found_at = models.DateTimeField(_("found"))
    seen_at = models.DateTimeField(_("last seen"))
    due_at = models.DateTimeField(_("due"))
    ended_at = models.DateTimeField(_("settled"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "measure", "order", "material"], name="difference_open_once",
                condition=Q(status="OPEN"),
            ),
            models.CheckConstraint(
                name="difference_settled_has_a_reason", condition=~Q(status="SETTLED") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="difference_differs",
                condition=Q(ours__isnull=True) | Q(theirs__isnull=True) | ~Q(ours=F("theirs")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order or self.material} {self.get_measure_display()}"
