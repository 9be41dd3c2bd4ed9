"""A document is revised because something calls for it, and keeps what did."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from plant.commands import journal
from plant.models import Person, ReviewStatus
from qms.models import ControlPlan, Fmea, RevisionOpening

Document = TypeVar("Document", Fmea, ControlPlan)


def reopened(
    *, rows: Sequence[Document], revise: Callable[[Document], Document], link: str, noun: str, reason: str,
    source_kind: str, source_id: str, by: Person, at: datetime,
) -> Document:
    """The draft that is begun already, or a new one; what called for it stands with it once."""
    row = next((one for one in rows if one.status == ReviewStatus.DRAFT), None) or revise(rows[-1])
    told = {"reason": reason.strip(), "by": by, "at": at}
    _opening, is_new = RevisionOpening.objects.get_or_create(
        **{link: row}, source_kind=source_kind, source_id=source_id, defaults=told
    )
    if is_new:
        data = {"source": source_kind, "number": source_id}
        journal.record(f"{noun}.reopened", subject=row, by=by, reason=reason.strip(), data=data)
    return row
