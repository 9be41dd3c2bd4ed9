"""What a supplier writes through the link: an answer to the step that is open, with files; nothing else."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from plant import files, live, policies, uploads
from plant.commands import desks, journal
from plant.locks import lock
from plant.models import NoticeKind, Person
from plant.transactions import command
from qms.commands.supplier_requests import RequestRefused
from qms.models import AnswerFile, RequestStatus, RequestStep, StepAnswer, StepStatus, SupplierRequest
from qms.queries import supplier_requests as reading

MOST_FILES, MOST_MEGABYTES = 5, 10
NOTED_EVERY = timedelta(minutes=10)


@command
def answer(
    *, request: SupplierRequest, nonce: str, position: int, text: str, author: str, by: Person, at: datetime,
    sent: Sequence[tuple[str, bytes]] = (), address: str = "",
) -> StepAnswer:
    """Take the answer to the step that is open now. `by` is the plant itself; the author is who they say they are."""
    policies.check(by, "supplier-request.answer")
    fresh = lock(SupplierRequest.objects.select_related("owner", "supplier").filter(pk=request.pk))[0]
    step = next(iter(lock(RequestStep.objects.filter(request=fresh, position=position))), None)
    if not reading.is_open(fresh, nonce, at):
        raise RequestRefused(_("This link is over. Ask your customer for a new one."), code="link-over")
    if step is None or step.status != StepStatus.WAITING or fresh.status != RequestStatus.OPEN:
        raise RequestRefused(_("This step is answered already. Reload the page to see how it stands."))
    if reading.open_step(fresh) != step:
        raise RequestRefused(_("Answer the steps in their order."))
    if not text.strip() or not author.strip():
        raise RequestRefused(_("Write an answer, and your name."), facts={"field": "text"})
    if step.needs_file and not sent:
        raise RequestRefused(_("This step asks for evidence: send at least one file."), facts={"field": "files"})
    if len(sent) > MOST_FILES or sum(len(data) for _name, data in sent) > MOST_MEGABYTES * 1_000_000:
        message = _("At most %(files)s files with %(size)s MB together.")
        raise RequestRefused(message % {"files": MOST_FILES, "size": MOST_MEGABYTES}, facts={"field": "files"})
    made = StepAnswer.objects.create(
        step=step, text=text.strip()[:10_000], author=author.strip()[:120], address=address[:45], at=at
    )
    for name, data in sent:
        keep(made, name, data)
    step.status = StepStatus.ANSWERED
    step.save(update_fields=["status"])
    told = {"step": position, "author": made.author, "files": len(sent)}
    journal.move(fresh, to=RequestStatus.REVIEW, by=by, data=told, escalations=0)
    title = f"{fresh.number} · {fresh.supplier.name} · {step.title}"
    desks.tell(person=fresh.owner, kind=NoticeKind.NEWS, title=title, url=reading.url(fresh), by=by, at=at)
    live.push("news", "supplier-request", {"number": fresh.number})
    return made


def keep(made: StepAnswer, name: str, data: bytes) -> None:
    """Judge a file by its bytes and keep it."""
    upload, key = uploads.judge(name, data), files.new_key()
    files.store(key, upload.data)
    AnswerFile.objects.create(
        answer=made, name=upload.name, media_type=upload.media_type, size=len(upload.data), key=key,
        sha256=hashlib.sha256(upload.data).hexdigest(),
    )


@command
def seen(*, request: SupplierRequest, at: datetime) -> None:
    """Note that the link was opened, once in a while."""
    if request.seen_at is None or at - request.seen_at > NOTED_EVERY:
        SupplierRequest.objects.filter(pk=request.pk).update(seen_at=at)
