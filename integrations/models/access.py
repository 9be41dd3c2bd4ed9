"""How a source that is no Modbus controller is reached: what proves who we are, and how it says time and quality."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from integrations.models.plc import Plc


class Policy(models.TextChoices):
    """The security policies of OPC UA that are still thought safe, and none."""

    NONE = "None", _("None")
    BASIC256SHA256 = "Basic256Sha256", "Basic256Sha256"
    AES128 = "Aes128Sha256RsaOaep", "Aes128-Sha256-RsaOaep"
    AES256 = "Aes256Sha256RsaPss", "Aes256-Sha256-RsaPss"


class Mode(models.TextChoices):
    """What is done to each message."""

    NONE = "None", _("Neither signed nor encrypted")
    SIGN = "Sign", _("Signed")
    ENCRYPT = "SignAndEncrypt", _("Signed and encrypted")


class Access(models.Model):
    """The way into one source. Password and private key are sealed, and nobody is shown them again."""

    plc = models.OneToOneField(Plc, models.CASCADE, primary_key=True, related_name="access", verbose_name=_("source"))
    username = models.CharField(_("user"), max_length=200, blank=True)
    sealed = models.TextField(blank=True, editable=False)
    policy = models.CharField(_("security policy"), max_length=30, choices=Policy, default=Policy.NONE)
    mode = models.CharField(_("message security"), max_length=20, choices=Mode, default=Mode.NONE)
    certificate = models.TextField(
        _("our certificate"), blank=True, help_text=_("PEM. The server must trust it; made here when asked for.")
    )
    trusted = models.TextField(
        _("their certificate"), blank=True,
        help_text=_("PEM. The server's certificate, or the authority that signed it; another one is refused."),
    )
    tls = models.BooleanField(_("encrypted (TLS)"), default=False, help_text=_("MQTT only."))
    client_id = models.CharField(
        _("our name there"), max_length=60, blank=True,
        help_text=_("MQTT: the client id. Sparkplug: the id of this host, as the nodes know their primary host."),
    )
    time_field = models.CharField(
        _("field of the time"), max_length=200, blank=True, help_text=_("In JSON; the moment of arrival when empty.")
    )
    quality_field = models.CharField(_("field of the quality"), max_length=200, blank=True)
    silent_s = models.PositiveIntegerField(
        _("silent after (s)"), default=0, help_text=_("When nothing came for so long, its values are stale; 0 never.")
    )
    baud = models.PositiveIntegerField(_("baud"), default=9600, help_text=_("Serial lines only."))

    class Meta:
        verbose_name = _("access to a source")
        verbose_name_plural = _("accesses to sources")
        constraints = [
            models.CheckConstraint(
                name="access_policy_and_mode_agree",
                condition=Q(policy=Policy.NONE, mode=Mode.NONE)
                | (Q(policy__in=Policy.values, mode__in=Mode.values) & ~Q(policy=Policy.NONE) & ~Q(mode=Mode.NONE)),
            ),
            models.CheckConstraint(name="access_silent_within_a_day", condition=Q(silent_s__lte=86400)),
            models.CheckConstraint(name="access_baud_range", condition=Q(baud__gte=110, baud__lte=4_000_000)),
        ]

    def __str__(self) -> str:
        return str(self.plc_id)
