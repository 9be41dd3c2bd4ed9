"""Whether a lot is called back, and since when: the fact that labels, portals and pages in public ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from traceability.models import Certainty, RecalledLot


@dataclass(frozen=True, slots=True)
class Recalled:
    """A lot is called back: by which recall, since when, and what the public is told in both languages."""

    number: str
    since_at: datetime
    text: str
    text_zh: str
    is_possible: bool

    @property
    def told(self) -> str:
        """The notice in the reader's language."""
        return self.text_zh if (get_language() or "").startswith("zh") else self.text


def open_for(lot_ids: Iterable[int]) -> dict[int, Recalled]:
    """Of these lots, those that are called back now, each with its oldest recall that has not ended; one statement."""
    rows = RecalledLot.objects.filter(
        lot__in=list(lot_ids), notice__since_at__isnull=False, notice__until_at__isnull=True
    ).order_by("-notice__since_at", "-notice")
    told = rows.values_list(
        "lot", "notice__number", "notice__since_at", "notice__text", "notice__text_zh", "certainty"
    )
    return {
        lot: Recalled(number, since_at, text, text_zh, certainty == Certainty.POSSIBLE)
        for lot, number, since_at, text, text_zh, certainty in told
        if since_at is not None
    }
