"""The command codes of a station as they are printed: each with its words in both languages."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from mes.models import AndonKind, FeedPosition, PositionKind
from mes.queries import andon
from plant.models import Equipment, ReasonCode, ReasonUse
from plant.models.naming import TwoNames
from traceability.labels import Label

BAD = (ReasonUse.SCRAP, ReasonUse.REWORK, ReasonUse.DEFECT)
WORDS: dict[str, Any] = {
    "START": _("Start, go on"), "DONE": _("Done, all good"), "PASS": _("Test passed"), "UNDO": _("Undo my last act"),
    "CLEAR": _("Forget the number"),
}
WITH_REASON: dict[str, tuple[Any, tuple[ReasonUse, ...]]] = {
    "FAIL": (_("Bad"), BAD), "PAUSE": (_("Pause"), (ReasonUse.DOWNTIME,)),
}
CALL = _("Call for help")
UNMOUNT = _("Take the lot off the position")
PIECES = _("%(count)s pieces")
FEWEST, MOST = 1, 60
WIDTH = 90  # millimetres: the bars of a command with its reason are long


def labels(quantities: int) -> list[Label]:
    """One label for each command, reason of a failure or a pause, call for help, and number of pieces."""
    plain, calls = map(_plain, WORDS), map(_call, andon.buttons())
    return [*plain, *_with_reasons(), *calls, *map(_pieces, range(1, quantities + 1))]


def of_positions(station: Equipment) -> list[Label]:
    """The positions of a station that lots are mounted on, and the code that takes one off; none where it has none."""
    rows = FeedPosition.objects.filter(station=station, active=True).order_by("code")
    made = [Label(row.code, row.code, (station.code, str(PositionKind(row.kind).label))) for row in rows]
    return [*made, _label("UNMOUNT", UNMOUNT)] if made else []


def _plain(word: str) -> Label:
    return _label(word, WORDS[word])


def _with_reasons() -> Iterator[Label]:
    for word, (told, uses) in WITH_REASON.items():
        rows = ReasonCode.objects.filter(use__in=uses, active=True, children__isnull=True)
        for row in rows.order_by("use", "code"):
            yield _label(f"{word}:{row.use}/{row.code}", told, row)


def _call(kind: AndonKind) -> Label:
    return _label(f"CALL:{kind.code}", CALL, kind)


def _pieces(count: int) -> Label:
    return _label(f"QTY:{count}", PIECES, count=count)


def _label(word: str, told: Any, reason: TwoNames | None = None, **words: Any) -> Label:
    """The code, and what it does in every language of the plant."""
    lines = []
    for language in dict(settings.LANGUAGES):
        with override(language):
            lines.append(str(told) % words if words else str(told))
            if reason:
                lines.append(reason.title)
    return Label(f"CMD:{word}", f"CMD:{word}", tuple(dict.fromkeys(lines)), WIDTH)
