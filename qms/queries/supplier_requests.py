"""Requests to suppliers read: by number, by link, with their steps, what is late, what was answered in time."""

from collections.abc import Iterable
from datetime import datetime
from hmac import compare_digest
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _

from plant import files
from plant.errors import Refusal
from plant.models import Person
from qms import links
from qms.models import AnswerFile, RequestStatus, RequestStep, StepAnswer, StepStatus, SupplierRequest

ALIVE = (RequestStatus.OPEN, RequestStatus.REVIEW)
RELATED = ("supplier", "site", "material", "nonconformance", "owner")


class UnknownRequest(Refusal):
    """A number that no request carries."""

    code = "unknown-request"


def listing() -> QuerySet[SupplierRequest]:
    """Every request, with how many of its steps are accepted."""
    done = Count("steps", filter=Q(steps__status=StepStatus.ACCEPTED))
    return SupplierRequest.objects.select_related(*RELATED).annotate(done=done, whole=Count("steps"))


def by_number(number: str) -> SupplierRequest:
    """One request."""
    found = SupplierRequest.objects.select_related(*RELATED).filter(number=number).first()
    if found is None:
        raise UnknownRequest(_("There is no request “%(number)s”.") % {"number": number[:40]})
    return found


def url(request: SupplierRequest) -> str:
    return reverse("qms:supplier-request-detail", args=[request.number])


def link(request: SupplierRequest) -> str:
    """The path that the supplier opens."""
    return reverse("answer:show", args=[links.sign(request.pk, request.nonce)])


def by_word(word: str, at: datetime) -> tuple[SupplierRequest, str] | None:
    """The request that a link opens now, and the link's secret."""
    said = links.read(word) if len(word) < 200 else None
    found = SupplierRequest.objects.select_related(*RELATED).filter(pk=said[0]).first() if said else None
    return (found, said[1]) if said and found is not None and is_open(found, said[1], at) else None


def is_open(request: SupplierRequest, nonce: str, at: datetime) -> bool:
    """Whether a link's secret opens a request: its present link, not past its day, and not taken back."""
    is_its = compare_digest(request.nonce, nonce)
    return is_its and at < request.link_until and request.status != RequestStatus.CANCELLED


def steps(request: SupplierRequest) -> list[RequestStep]:
    """The steps with their answers, the files sent with them and what we said to them."""
    rows = request.steps.prefetch_related("answers__files", "answers__verdict__by")
    return list(rows.order_by("position"))


def open_step(request: SupplierRequest) -> RequestStep | None:
    """The step that is to be answered now."""
    return request.steps.exclude(status=StepStatus.ACCEPTED).order_by("position").first()


def waiting_answer(request: SupplierRequest) -> StepAnswer | None:
    """The answer that waits for us."""
    rows = StepAnswer.objects.filter(step__request=request, step__status=StepStatus.ANSWERED, verdict__isnull=True)
    return rows.select_related("step__request").order_by("-pk").first()


def file(request: SupplierRequest, pk: int) -> AnswerFile | None:
    """One file of a request's answers."""
    return AnswerFile.objects.filter(pk=pk, answer__step__request=request).first()


def overdue(at: datetime) -> QuerySet[SupplierRequest]:
    """Requests whose supplier should have answered by now."""
    rows = SupplierRequest.objects.filter(status=RequestStatus.OPEN, due_at__lte=at)
    return rows.select_related("owner", "supplier").order_by("due_at")


def to_judge(person: Person) -> list[SupplierRequest]:
    """Answers that wait for somebody's verdict: those of one's own requests."""
    rows = SupplierRequest.objects.filter(status=RequestStatus.REVIEW, owner=person)
    return list(rows.select_related("supplier").order_by("due_at")[:50])


def due_steps(suppliers: Iterable[int], start: datetime, end: datetime, at: datetime) -> QuerySet[RequestStep]:
    """Steps that were due within a time, each with whether an answer that was not refused came by its day."""
    good = StepAnswer.objects.filter(step=OuterRef("pk"), at__lte=OuterRef("due_at")).filter(
        Q(verdict__isnull=True) | Q(verdict__is_accepted=True)
    )
    rows = RequestStep.objects.filter(
        request__supplier__in=list(suppliers), due_at__gte=start, due_at__lt=end, due_at__lte=at
    ).exclude(request__status=RequestStatus.CANCELLED)
    return rows.annotate(in_time=Exists(good)).select_related("request").order_by("due_at")


def answered_by_month(
    suppliers: Iterable[int], start: datetime, end: datetime, at: datetime
) -> Iterable[tuple[int, Any, int, int]]:
    """Supplier, month, how many steps were due, how many of them were answered in time."""
    rows = due_steps(suppliers, start, end, at).select_related(None).order_by()
    grouped = rows.annotate(month=TruncMonth("due_at"), supplier=F("request__supplier")).values("supplier", "month")
    counted = grouped.annotate(asked=Count("pk"), good=Count("pk", filter=Q(in_time=True)))
    return ((row["supplier"], row["month"].date(), row["asked"], row["good"]) for row in counted)


@files.register
def spoken_of(keys: set[str]) -> set[str]:
    """Of some keys of files, those that a supplier sent."""
    return set(AnswerFile.objects.filter(key__in=keys).values_list("key", flat=True))
