"""What people tell about the program itself: what does not work, what is missing, what they don't understand."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models.person import Person, Role


class FeedbackKind(models.TextChoices):
    BROKEN = "BROKEN", _("Does not work")
    MISSING = "MISSING", _("Is missing")
    QUESTION = "QUESTION", pgettext_lazy("feedback", "Question")


class FeedbackStatus(models.TextChoices):
    NEW = "NEW", pgettext_lazy("feedback", "New")
    SEEN = "SEEN", pgettext_lazy("feedback", "Seen")
    DONE = "DONE", pgettext_lazy("feedback", "Done")
    DECLINED = "DECLINED", pgettext_lazy("feedback", "Declined")


class Feedback(models.Model):
    """One thing that somebody told, with the page, language, version and roles they told it from, and its answer."""

    LIFECYCLE = {
        FeedbackStatus.NEW: (FeedbackStatus.SEEN,),
        FeedbackStatus.SEEN: (FeedbackStatus.DONE, FeedbackStatus.DECLINED),
        FeedbackStatus.DONE: (),
        FeedbackStatus.DECLINED: (),
    }

    kind = models.CharField(_("kind"), max_length=10, choices=FeedbackKind)
    text = models.TextField(_("what was told"))
    page = models.CharField(_("page"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=10)
    version = models.CharField(_("version"), max_length=40)
    roles = models.JSONField(_("roles"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=FeedbackStatus, default=FeedbackStatus.NEW)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["status", "-at"], name="feedback_waiting")]
        constraints = [
            models.CheckConstraint(name="feedback_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="feedback_settled_with_an_answer",
                condition=(
                    Q(status__in=["NEW", "SEEN"], answer="", answered_by__isnull=True, answered_at__isnull=True)
                    | (
                        Q(status__in=["DONE", "DECLINED"], answered_by__isnull=False, answered_at__isnull=False)
                        & ~Q(answer="")
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def role_words(self) -> str:
        """The roles in which it was told, in the reader's language."""
        words = dict(Role.choices)
        return ", ".join(str(words.get(role, role)) for role in self.roles)
