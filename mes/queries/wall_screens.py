"""Wall screens: which one an address opens, and the pages that it goes round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from mes import rounds
from mes.models import Board, JobOrder, WallScreen
from mes.queries import wall
from plant import keys, scoping
from plant.models import Equipment, Person
from traceability.models import MaterialLot

SECRET_LENGTH = 43  # 32 bytes in base64 without padding (plant/keys.py)


@dataclass(frozen=True)
class Page:
    """One board of a round; the line's board once for each line."""

    key: str
    board: str
    line: Equipment | None
    lot: MaterialLot | None = None
    job: JobOrder | None = None

    @property
    def title(self) -> str:
        """What the board is called on a button."""
        if self.board == Board.LOT:
            chosen = self.lot or self.job
            what = chosen.number if chosen else self.line.name if self.line else ""
            return f"{Board(self.board).label} · {what}"
        return self.line.name if self.line and self.board == Board.LINE else str(Board(self.board).label)


@dataclass(frozen=True)
class Place:
    """Where a screen stands in its round at a moment."""

    page: Page
    seconds_left: float | None


def related() -> QuerySet[WallScreen]:
    return WallScreen.objects.select_related("line", "site", "lot", "job", "created_by", "revoked_by")


def by_secret(secret: str, at: datetime) -> WallScreen | None:
    """The screen that a secret opens now."""
    if len(secret) != SECRET_LENGTH:
        return None
    rows = related().filter(token_hash=keys.fingerprint(secret), revoked_at__isnull=True)
    return rows.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at)).first()


def is_open(screen: WallScreen, at: datetime) -> bool:
    """Neither closed nor past its day."""
    return screen.revoked_at is None and (screen.expires_at is None or screen.expires_at > at)


def listing(person: Person) -> list[WallScreen]:
    """The screens of a person's site and lines, the open ones first."""
    return list(scoping.visible(related(), person).order_by("revoked_at", "name", "pk"))


def pages(boards: Sequence[str], line: Equipment | None, site: Equipment) -> list[Page]:
    """The pages of chosen boards: those of one line, or of every line of a site."""
    shown = [line] if line else wall.lines(site)
    found: list[Page] = []
    for board in (board for board in Board if board in boards):
        if board in (Board.LINE, Board.LOT):
            key = "line" if board == Board.LINE else "lots"
            found += [Page(f"{key}-{one.code}", board, one) for one in shown]
        else:
            found.append(Page(board.lower(), board, line if board == Board.QUALITY else None))
    return found


def pages_of(screen: WallScreen) -> list[Page]:
    """The pages that a screen goes round."""
    if screen.lot is None and screen.job is None:
        return pages(screen.boards, screen.line, screen.site)
    others = [board for board in screen.boards if board != Board.LOT]
    return [*pages(others, screen.line, screen.site), of_lot(screen.lot) if screen.lot else of_job(screen)]


def of_lot(lot: MaterialLot) -> Page:
    """The board of one lot."""
    return Page(f"lot-{lot.pk}", Board.LOT, None, lot=lot)


def of_job(screen: WallScreen) -> Page:
    """The board of the lots of the screen's work order."""
    return Page(f"job-{screen.job_id}", Board.LOT, None, job=screen.job)


def place(screen: WallScreen, found: Sequence[Page], at: datetime) -> Place:
    """Which page a screen shows at a moment."""
    index, left = rounds.showing(
        [page.key for page in found], chosen=screen.page, turned_at=screen.turned_at, seconds=screen.seconds,
        is_paused=screen.is_paused, at=at,
    )
    return Place(found[index], left)
