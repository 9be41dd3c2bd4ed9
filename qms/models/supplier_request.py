"""What suppliers are asked: a corrective action step by step (SCAR), or the papers of a part approval (PPAP)."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plant.models.naming import TwoNames


class RequestKind(models.TextChoices):
    SCAR = "SCAR", _("Corrective action (SCAR)")
    PPAP = "PPAP", _("Part approval (PPAP)")


class RequestStatus(models.TextChoices):
    OPEN = "OPEN", _("With the supplier")
    REVIEW = "REVIEW", _("Answer to be judged")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Cancelled")


@pghistory.track(exclude=["nonce"])
class SupplierRequest(models.Model):
    """A request to a supplier, answered by whoever has its signed link, judged step by step by us."""

    LIFECYCLE = {
        RequestStatus.OPEN: (RequestStatus.REVIEW, RequestStatus.CANCELLED),
        RequestStatus.REVIEW: (RequestStatus.OPEN, RequestStatus.CLOSED, RequestStatus.CANCELLED),
        RequestStatus.CLOSED: (),
        RequestStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=RequestKind)
    status = models.CharField(_("status"), max_length=9, choices=RequestStatus, default=RequestStatus.OPEN)
    supplier = models.ForeignKey("plant.Partner", models.PROTECT, related_name="+", verbose_name=_("supplier"))
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, related_name="+", verbose_name=_("material")
    )
    nonconformance = models.ForeignKey(
        "qms.Nonconformance", models.PROTECT, null=True, related_name="supplier_requests",
        verbose_name=_("nonconformance"),
    )
    title = models.CharField(_("title"), max_length=200)
    problem = models.TextField(_("problem"))
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    owner = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_at = models.DateTimeField(_("answer by"))
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)
    nonce = models.CharField(max_length=32)
    link_until = models.DateTimeField(_("link valid until"))
    seen_at = models.DateTimeField(_("link opened"), null=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("request to a supplier")
        verbose_name_plural = _("requests to suppliers")
        constraints = [
            models.CheckConstraint(
                name="supplier_request_closed_has_time",
                condition=Q(status="CLOSED", closed_at__isnull=False)
                | (~Q(status="CLOSED") & Q(closed_at__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["nonconformance", "supplier", "kind"], name="supplier_request_one_alive",
                condition=Q(status__in=["OPEN", "REVIEW"], nonconformance__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_at"], name="supplier_request_due"),
            models.Index(fields=["supplier", "-opened_at"], name="supplier_request_of"),
        ]

    def __str__(self) -> str:
        return self.number


class StepStatus(models.TextChoices):
    WAITING = "WAITING", _("Waiting")
    ANSWERED = "ANSWERED", _("Answered")
    ACCEPTED = "ACCEPTED", _("Accepted")


class RequestStep(TwoNames, models.Model):
    """One thing that a supplier is to answer, until a day. The next one opens once it is accepted."""

    LIFECYCLE = {
        StepStatus.WAITING: (StepStatus.ANSWERED,),
        StepStatus.ANSWERED: (StepStatus.WAITING, StepStatus.ACCEPTED),
        StepStatus.ACCEPTED: (),
    }

    request = models.ForeignKey(SupplierRequest, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField(_("step"))
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=StepStatus, default=StepStatus.WAITING)
    due_at = models.DateTimeField(_("answer by"))
    needs_file = models.BooleanField(_("with evidence"), default=False)

    class Meta:
        verbose_name = _("step of a request")
        verbose_name_plural = _("steps of requests")
        ordering = ["request", "position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="supplier_request_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} / {self.position}"


class StepAnswer(models.Model):
    """What a supplier wrote to a step, by whom as they said. Written once; a refused step is answered anew."""

    step = models.ForeignKey(RequestStep, models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"))
    author = models.CharField(_("answered by"), max_length=120)
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer of a supplier")
        verbose_name_plural = _("answers of suppliers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="supplier_answer_says_something", condition=~Q(text="") & ~Q(author="")),
        ]


class AnswerFile(models.Model):
    """A file that a supplier sent with an answer. Written once."""

    answer = models.ForeignKey(StepAnswer, models.PROTECT, related_name="files")
    name = models.CharField(_("file"), max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=32, db_index=True)

    class Meta:
        verbose_name = _("file of a supplier")
        verbose_name_plural = _("files of suppliers")
        constraints = [models.CheckConstraint(name="answer_file_not_empty", condition=Q(size__gt=0))]


class StepVerdict(models.Model):
    """What we said to an answer: it is enough, or what is missing. Written once."""

    answer = models.OneToOneField(StepAnswer, models.PROTECT, related_name="verdict")
    is_accepted = models.BooleanField(_("accepted"))
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("verdict about an answer")
        verbose_name_plural = _("verdicts about answers")
        constraints = [
            models.CheckConstraint(name="step_verdict_says_why", condition=Q(is_accepted=True) | ~Q(reason="")),
        ]


class LetterStatus(models.TextChoices):
    WAITING = "WAITING", _("Waiting")
    SENT = "SENT", _("Sent")
    DEAD = "DEAD", _("Given up")


class SupplierLetter(models.Model):
    """A mail to a supplier on its way: kept until it is delivered or given up."""

    LIFECYCLE = {
        LetterStatus.WAITING: (LetterStatus.SENT, LetterStatus.DEAD),
        LetterStatus.SENT: (),
        LetterStatus.DEAD: (LetterStatus.WAITING,),
    }

    request = models.ForeignKey(SupplierRequest, models.PROTECT, related_name="letters")
    to = models.EmailField(_("to"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    status = models.CharField(_("status"), max_length=8, choices=LetterStatus, default=LetterStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"))
    sent_at = models.DateTimeField(_("delivered"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("letter to a supplier")
        verbose_name_plural = _("letters to suppliers")
        indexes = [models.Index(fields=["next_at"], name="supplier_letter_waiting", condition=Q(status="WAITING"))]

    def __str__(self) -> str:
        return self.title
