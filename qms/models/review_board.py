"""The board that decides what weighs much (MRB): who sits on it, what it was asked, how its members voted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models import Role
from plant.models.naming import TwoNames
from qms.models.nonconformance import Decision, Nonconformance, Severity


class ReviewBoard(TwoNames, models.Model):
    """A board and what must come before it: by severity, by what it costs, or both."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    site = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only at site")
    )
    quorum = models.PositiveSmallIntegerField(_("votes that a decision needs"), default=2)
    from_severity = models.CharField(
        _("from this severity on"), max_length=10, choices=Severity, blank=True,
        help_text=_("Empty: severity alone brings nothing before the board."),
    )
    from_value = models.DecimalField(
        _("from this value on"), max_digits=14, decimal_places=2, null=True, blank=True,
        help_text=_("Suspect pieces at their standard cost. Empty: value alone brings nothing before the board."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("review board")
        verbose_name_plural = _("review boards")
        constraints = [
            models.CheckConstraint(name="review_board_quorum", condition=Q(quorum__gte=1)),
            models.CheckConstraint(
                name="review_board_is_for_something",
                condition=~Q(from_severity="") | Q(from_value__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class BoardSeat(models.Model):
    """A role that votes on a board; without a vote from a required one nothing is decided."""

    board = models.ForeignKey(ReviewBoard, models.CASCADE, related_name="seats", verbose_name=_("board"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    required = models.BooleanField(_("must agree"), default=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [models.UniqueConstraint(fields=["board", "role"], name="board_seat_once")]

    def __str__(self) -> str:
        return f"{self.board_id} {self.role}"


class ReviewStatus(models.TextChoices):
    OPEN = "OPEN", pgettext_lazy("review", "Being voted on")
    DECIDED = "DECIDED", _("Decided")
    REJECTED = "REJECTED", _("Rejected")


class BoardReview(models.Model):
    """What a board was asked to decide about a nonconformance; its lines are carried out with the last vote."""

    LIFECYCLE = {
        ReviewStatus.OPEN: (ReviewStatus.DECIDED, ReviewStatus.REJECTED),
        ReviewStatus.DECIDED: (),
        ReviewStatus.REJECTED: (),
    }

    nonconformance = models.ForeignKey(Nonconformance, models.PROTECT, related_name="reviews")
    board = models.ForeignKey(ReviewBoard, models.PROTECT, related_name="+", verbose_name=_("board"))
    status = models.CharField(_("status"), max_length=8, choices=ReviewStatus, default=ReviewStatus.OPEN)
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("board review")
        verbose_name_plural = _("board reviews")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nonconformance"], name="board_review_one_open", condition=Q(status="OPEN")
            ),
            models.CheckConstraint(
                name="board_review_ended", condition=Q(status="OPEN", ended_at__isnull=True)
                | (~Q(status="OPEN") & Q(ended_at__isnull=False)),
            ),
        ]


class BoardLine(models.Model):
    """One line of what is asked: so much of a lot, and what shall become of it."""

    review = models.ForeignKey(BoardReview, models.PROTECT, related_name="lines")
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    rework_operation = models.CharField(_("rework from operation"), max_length=40, blank=True)
    to_material = models.ForeignKey("plant.MaterialDefinition", models.PROTECT, null=True, related_name="+")
    concession = models.ForeignKey("qms.Concession", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="board_line_positive", condition=Q(quantity__gt=0))]


class BoardVote(models.Model):
    """One member's vote, signed. Written once."""

    review = models.ForeignKey(BoardReview, models.PROTECT, related_name="votes")
    person = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("votes as"), max_length=20, choices=Role)
    agrees = models.BooleanField(_("agrees"))
    reason = models.TextField(_("reason"))
    signature = models.ForeignKey("plant.Signature", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "person"], name="board_vote_once"),
            models.UniqueConstraint(fields=["review", "role"], name="board_vote_one_a_role"),
        ]
