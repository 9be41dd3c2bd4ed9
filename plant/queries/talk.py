"""What was said about a thing, and which files lie beside it."""

import re
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from plant import policies, subjects
from plant.models import Attachment, Comment, Person, PersonKind

MENTION = re.compile(r"(?<![\w@])@([\w.-]{0,40}\w)")
SHOWN = 200
SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as it is shown: its words in parts, of which some are people."""

    comment: Comment
    parts: list[tuple[str, str]]
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """Everything beside a thing."""

    comments: list[Said]
    files: list[Attachment]
    may_say: bool
    may_attach: bool
    may_moderate: bool


def kind_of(subject: models.Model) -> dict[str, str]:
    """How a row of talk names what it is about."""
    return {"subject_kind": subject._meta.model_name or "", "subject_id": str(subject.pk)}


def about(subject: models.Model, person: Person) -> Talk:
    """The comments, oldest first, and the files; two statements and one for the names."""
    rows = Comment.objects.filter(**kind_of(subject)).select_related("by").order_by("-pk")[:SHOWN]
    comments = list(reversed(rows))
    kept = Attachment.objects.filter(**kind_of(subject), removed_at__isnull=True)
    moderates = policies.may(person, "talk.moderate")
    names = people({found.group(1) for row in comments for found in MENTION.finditer(row.text)})
    return Talk(
        comments=[Said(row, parts(row.text, names), _may_withdraw(row, person, moderates)) for row in comments],
        files=list(kept.select_related("by").order_by("pk")), may_say=policies.may(person, "talk.say"),
        may_attach=policies.may(person, "talk.attach") and policies.may(person, subjects.of_row(subject).attach),
        may_moderate=moderates,
    )


def _may_withdraw(comment: Comment, person: Person, moderates: bool) -> bool:
    return comment.withdrawn_at is None and (moderates or comment.by_id == person.pk)


def people(numbers: set[str]) -> dict[str, str]:
    """The names of the people with these numbers."""
    return dict(Person.objects.filter(number__in=numbers).values_list("number", "name")) if numbers else {}


def parts(text: str, names: dict[str, str]) -> list[tuple[str, str]]:
    """The words, each with the name of the person where they are one: [("Look, ", ""), ("@lin", "Lin Jia")]."""
    found, last = [], 0
    for one in MENTION.finditer(text):
        if one.group(1) in names:
            found += [(text[last : one.start()], ""), (one.group(), names[one.group(1)])]
            last = one.end()
    return [part for part in [*found, (text[last:], "")] if part[0]]


def suggestions(beginning: str, person: Person) -> list[dict[str, str]]:
    """Colleagues whose number or name begins so, for somebody who types @."""
    rows = Person.objects.filter(is_active=True, kind=PersonKind.HUMAN, partner__isnull=True).exclude(pk=person.pk)
    if person.site_id:
        rows = rows.filter(Q(site=person.site_id) | Q(site__isnull=True))
    if beginning:
        rows = rows.filter(Q(number__istartswith=beginning) | Q(name__icontains=beginning))
    found = rows.order_by("number").values_list("number", "name")[:SUGGESTED]
    return [{"number": number, "name": name} for number, name in found]
