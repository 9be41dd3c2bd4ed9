"""Letters of a recall by e-mail: each on its way until it is delivered, given up or answered."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qms.models.recall import Recall

LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]


class PostStatus(models.TextChoices):
    WAITING = "WAITING", _("Waiting")
    SENT = "SENT", _("Sent")
    DEAD = "DEAD", _("Given up")
    ANSWERED = "ANSWERED", _("Answered")


@pghistory.track()
class CustomerContact(models.Model):
    """Where and in which language a customer is written to."""

    partner = models.OneToOneField(
        "plant.Partner", models.PROTECT, related_name="customer_contact", limit_choices_to={"kind": "CUSTOMER"},
        verbose_name=_("customer"),
    )
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=10, default="zh-hans", choices=LANGUAGES)

    class Meta:
        verbose_name = _("contact of a customer")
        verbose_name_plural = _("contacts of customers")

    def __str__(self) -> str:
        return f"{self.partner} {self.email}"


class RecallLetter(models.Model):
    """One letter to one customer: what it says stands, only its way changes."""

    LIFECYCLE = {
        PostStatus.WAITING: (PostStatus.SENT, PostStatus.DEAD),
        PostStatus.SENT: (PostStatus.ANSWERED,),
        PostStatus.DEAD: (PostStatus.WAITING,),
        PostStatus.ANSWERED: (),
    }

    recall = models.ForeignKey(Recall, models.PROTECT, related_name="letters", verbose_name=_("recall"))
    customer = models.ForeignKey("plant.Partner", models.PROTECT, related_name="+", verbose_name=_("customer"))
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    lots = models.JSONField(_("lots"))  # rows of shipment, lot, material, quantity, as the letter says them
    made_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("written by"))
    made_at = models.DateTimeField(_("laid ready"))
    status = models.CharField(_("status"), max_length=8, choices=PostStatus, default=PostStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"))
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("delivered"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("letter of a recall")
        verbose_name_plural = _("letters of recalls")
        ordering = ["-made_at", "pk"]
        indexes = [models.Index(fields=["next_at"], name="recall_letter_waiting", condition=Q(status="WAITING"))]
        constraints = [
            models.UniqueConstraint(
                fields=["recall", "customer"], name="recall_letter_waits_once", condition=Q(status="WAITING")
            ),
            models.CheckConstraint(
                name="recall_letter_state",
                condition=Q(status__in=["WAITING", "DEAD"], sent_at__isnull=True, answered_at__isnull=True)
                | Q(status="SENT", sent_at__isnull=False, answered_at__isnull=True)
                | Q(status="ANSWERED", sent_at__isnull=False, answered_at__gte=F("sent_at")),
            ),
            models.CheckConstraint(
                name="recall_letter_lease",
                condition=Q(lease__isnull=True, lease_until__isnull=True)
                | Q(status="WAITING", lease__isnull=False, lease_until__isnull=False),
            ),
            models.CheckConstraint(name="recall_letter_says_something", condition=~Q(text="") & ~Q(lots=[])),
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.to}"
