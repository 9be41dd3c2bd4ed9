"""Who is able to do what: people by skills, what expires, and which operations have too few people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count
from django.shortcuts import get_object_or_404

from mes.models import ON_LINE, JobOrder, Segment
from mes.queries.skills import ALONE
from plant import policies, scoping
from plant.models import Attachment, Person, PersonKind, PersonQualification, Qualification

MONTH, WEEK = timedelta(days=30), timedelta(days=7)
ICONS = {"failed": "certificate-off", "warning": "clock-exclamation", "done": "certificate", "waiting": "school"}
KIND = "personqualification"  # how a file names what it lies beside
ENOUGH = 2  # people for an operation: one may be away


@dataclass(frozen=True, slots=True)
class Held:
    """A skill of a person as it stands: how they do it, and until when."""

    row: PersonQualification
    at: datetime

    @property
    def is_over(self) -> bool:
        return self.row.valid_to is not None and self.row.valid_to <= self.at

    @property
    def expires_soon(self) -> bool:
        return self.row.valid_to is not None and not self.is_over and self.row.valid_to <= self.at + MONTH

    @property
    def works_alone(self) -> bool:
        """Whether work that asks for it may be given to them now."""
        return not self.is_over and self.row.valid_from <= self.at and self.row.level >= ALONE

    @property
    def tone(self) -> str:
        if self.is_over:
            return "failed"
        if self.expires_soon:
            return "warning"
        return "done" if self.works_alone else "waiting"

    @property
    def icon(self) -> str:
        """The state for those who see no colour."""
        return ICONS[self.tone]


@dataclass(frozen=True, slots=True)
class Gap:
    """An operation on the lines whose skill too few people hold."""

    segment: Segment
    able: int


@dataclass(slots=True)
class Matrix:
    """People by skills, and the gaps."""

    skills: list[Qualification] = field(default_factory=list)
    rows: list[tuple[Person, list[Held | None]]] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


def of(viewer: Person, *, at: datetime) -> Matrix:
    """The matrix of everybody within somebody's reach who works at stations or holds a skill."""
    held = _held(at)
    people = Person.objects.filter(kind=PersonKind.HUMAN, is_active=True, partner__isnull=True)
    near = scoping.visible(people.prefetch_related("personrole_set").order_by("number"), viewer)
    skills = list(Qualification.objects.all())
    rows = [
        (one, [held.get(one.pk, {}).get(skill.pk) for skill in skills])
        for one in near if one.pk in held or policies.may(one, "scan")
    ]
    able = {
        skill.pk: sum(1 for _one, cells in rows if (cell := cells[place]) is not None and cell.works_alone)
        for place, skill in enumerate(skills)
    }
    _count_files([cell.row for _one, cells in rows for cell in cells if cell is not None])
    return Matrix(skills, rows, _gaps(able))


def _count_files(rows: Sequence[PersonQualification]) -> None:
    """How many files of evidence lie beside each skill."""
    kept = Attachment.objects.filter(subject_kind=KIND, subject_id__in=[str(row.pk) for row in rows])
    found = dict(kept.filter(removed_at__isnull=True).values_list("subject_id").annotate(many=Count("pk")))
    for row in rows:
        row.files = found.get(str(row.pk), 0)  # type: ignore[attr-defined]


def one(pk: int, *, at: datetime) -> tuple[PersonQualification, Held]:
    """A skill of a person, and how it stands."""
    rows = PersonQualification.objects.select_related("person", "qualification", "trainer")
    row = get_object_or_404(rows, pk=pk)
    return row, Held(row, at)


def _held(at: datetime) -> dict[int, dict[int, Held]]:
    """Person → skill → the row that counts: the highest level that is valid, else the one that lasted longest."""
    found: dict[int, dict[int, Held]] = defaultdict(dict)
    rows = PersonQualification.objects.filter(valid_from__lte=at).select_related("qualification", "trainer")
    for row in rows.order_by("level", "pk"):
        fresh, known = Held(row, at), found[row.person_id].get(row.qualification_id)
        if known is None or known.is_over or not fresh.is_over:
            found[row.person_id][row.qualification_id] = fresh
    return dict(found)


def _gaps(able: dict[int, int]) -> list[Gap]:
    masters = JobOrder.objects.filter(status__in=ON_LINE).values("work_master")
    rows = Segment.objects.filter(work_master__in=masters, qualification__isnull=False)
    rows = rows.select_related("qualification", "work_master").order_by("work_master__code", "sequence")
    found = [Gap(row, able.get(row.qualification_id or 0, 0)) for row in rows]
    return [gap for gap in found if gap.able < ENOUGH]


def expiring(viewer: Person, *, at: datetime) -> list[PersonQualification]:
    """Skills that run out within a month: one's own, and for who plans people everybody's within reach."""
    rows = PersonQualification.objects.filter(
        valid_to__gt=at, valid_to__lte=at + MONTH, person__is_active=True
    ).select_related("person", "qualification")
    if not policies.may(viewer, "roster.plan"):
        rows = rows.filter(person=viewer)
    near = list(scoping.visible(rows, viewer).order_by("valid_to"))
    renewed = _renewed(near)
    return [row for row in near if (row.person_id, row.qualification_id) not in renewed]


def _renewed(rows: Iterable[PersonQualification]) -> set[tuple[int, int]]:
    """Those who hold the same skill for longer by another row."""
    ends = {(row.person_id, row.qualification_id): row.valid_to for row in rows if row.valid_to}
    renewed = set()
    for row in PersonQualification.objects.filter(person__in={person for person, _skill in ends}):
        end = ends.get((row.person_id, row.qualification_id))
        if end is not None and (row.valid_to is None or row.valid_to > end):
            renewed.add((row.person_id, row.qualification_id))
    return renewed
