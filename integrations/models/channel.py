"""How people hear of alarms outside this plant's pages: channels, who gets what, and what is on its way."""

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from integrations import sms_template
from plant.models import Role


class ChannelKind(models.TextChoices):
    BELL = "BELL", _("Bell in the plant")
    EMAIL = "EMAIL", _("E-mail")
    PUSH = "PUSH", _("Browser push")
    WEBHOOK = "WEBHOOK", _("Webhook")
    DINGTALK = "DINGTALK", _("DingTalk robot")
    WECOM = "WECOM", _("WeCom robot")
    FEISHU = "FEISHU", _("Feishu robot")
    SMS = "SMS", _("Text message")


# Those that reach each person by themselves; the others reach a group or a program with one message.
PERSONAL = frozenset({ChannelKind.BELL, ChannelKind.EMAIL, ChannelKind.PUSH, ChannelKind.SMS})


class News(models.TextChoices):
    """What people can be told of."""

    ALARM = "ALARM", _("Alarm raised")
    ASSIGNED = "ASSIGNED", _("Alarm handed over")
    ESCALATED = "ESCALATED", _("Alarm handed up")
    SAMPLE = "SAMPLE", _("Sample missed")
    NONCONFORMANCE = "NONCONFORMANCE", _("Nonconformance opened")
    INSPECTION = "INSPECTION", _("Inspection asked for")
    OVERDUE = "OVERDUE", _("Task overdue")
    INTEGRATION = "INTEGRATION", _("Other system in trouble")
    EVENT = "EVENT", _("Event for a program")
    TEST = "TEST", _("Test message")


# News that no rule spreads: a test goes where it is tried, an event to the programs that asked for its kind.
OWN_WAY = frozenset({"TEST", "EVENT"})


class Weight(models.IntegerChoices):
    """How much it matters; from this on it is told."""

    NORMAL = 1, _("Normal")
    IMPORTANT = 2, _("Important")
    CRITICAL = 3, _("Critical")


def check_template(template: object) -> None:
    """A request template names a form or a JSON body that holds at least the number and the text; empty is none."""
    if template and sms_template.problems(template):
        raise ValidationError(
            _("Write “form” or “json”, and in it at least {to} and {text}; beside them “headers” and “accepted” only.")
        )


@pghistory.track(exclude=["sealed", "rests_until", "failures", "last_ok_at", "last_error"])
class Channel(models.Model):
    """A way out of the plant. Its secrets are sealed, and nobody is shown them again."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=ChannelKind)
    address = models.URLField(
        _("address"), max_length=400, blank=True,
        help_text=_("Of a webhook, or of a robot without its token; empty for a robot's usual one, e-mail and bell."),
    )
    template = models.JSONField(
        _("request template"), default=dict, blank=True, validators=[check_template],
        help_text=_("Of a text message: headers, form or json with {to} {text} {url} {id} {token} {secret}, accepted."),
    )
    language = models.CharField(
        _("language"), max_length=10, default="zh-hans", choices=[("zh-hans", "简体中文"), ("en", "English")]
    )
    enabled = models.BooleanField(_("in use"), default=True)
    sealed = models.TextField(blank=True, editable=False)
    rests_until = models.DateTimeField(_("rests until"), null=True, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    last_ok_at = models.DateTimeField(_("last delivered"), null=True, editable=False)
    last_error = models.CharField(_("last error"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="channel_webhook_has_address", condition=~Q(kind__in=["WEBHOOK", "SMS"]) | ~Q(address="")
            ),
            models.CheckConstraint(name="channel_sms_has_template", condition=~Q(kind="SMS") | ~Q(template={})),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@pghistory.track()
class Subscription(models.Model):
    """Who gets what: news of a kind and weight, of a place, for a role, through a channel."""

    news = models.CharField(_("news"), max_length=16, choices=[one for one in News.choices if one[0] not in OWN_WAY])
    weight = models.PositiveSmallIntegerField(_("from weight"), choices=Weight, default=Weight.NORMAL)
    line = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"),
        help_text=_("A line, site or machine, with all that stands in it. Empty: the whole plant."),
    )
    role = models.CharField(
        _("role"), max_length=20, choices=Role, blank=True,
        help_text=_("Bell, e-mail and push: who is told. Empty: the role or person that must answer."),
    )
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="subscriptions", verbose_name=_("channel"))
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("notification rule")
        verbose_name_plural = _("notification rules")
        ordering = ["news", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["news", "line", "role", "channel"], name="subscription_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_news_display()} → {self.channel.code}"


class Reach(models.Model):
    """How a person wants to be reached beside the bell, and when not."""

    person = models.OneToOneField("plant.Person", models.CASCADE, primary_key=True, related_name="reach")
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(
        _("mobile number"), max_length=20, blank=True, validators=[RegexValidator(r"^\+?[0-9]{5,19}$")],
        help_text=_("Digits only, with + and the country in front where the gateway wants it."),
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet to"), null=True, blank=True)

    class Meta:
        verbose_name = _("way to reach a person")
        verbose_name_plural = _("ways to reach people")
        constraints = [
            models.CheckConstraint(
                name="reach_quiet_is_whole",
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class MessageStatus(models.TextChoices):
    WAITING = "WAITING", _("On its way")
    SENT = "SENT", _("Delivered")
    DEAD = "DEAD", _("Given up")


class Message(models.Model):
    """One piece of news through one channel: kept until it is delivered or given up, and never made twice."""

    LIFECYCLE = {
        MessageStatus.WAITING: (MessageStatus.SENT, MessageStatus.DEAD),
        MessageStatus.SENT: (),
        MessageStatus.DEAD: (MessageStatus.WAITING,),
    }

    key = models.CharField(max_length=120, unique=True)
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="messages", verbose_name=_("channel"))
    person = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    device = models.ForeignKey(
        "integrations.PushDevice", models.SET_NULL, null=True, related_name="+", verbose_name=_("device")
    )
    entry_id = models.BigIntegerField(_("journal entry"), null=True)
    news = models.CharField(_("news"), max_length=16, choices=News)
    weight = models.PositiveSmallIntegerField(_("weight"), choices=Weight)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(_("page"), max_length=500, blank=True)
    facts = models.JSONField(default=dict)
    status = models.CharField(_("status"), max_length=8, choices=MessageStatus, default=MessageStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    made_at = models.DateTimeField(_("made"))
    next_at = models.DateTimeField(_("next attempt"))
    lease_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    sent_at = models.DateTimeField(_("delivered"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["channel", "next_at"], name="message_waiting", condition=Q(status="WAITING")),
            models.Index(fields=["channel", "sent_at"], name="message_sent", condition=Q(status="SENT")),
        ]

    def __str__(self) -> str:
        return self.title
