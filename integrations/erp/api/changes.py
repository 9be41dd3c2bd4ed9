"""What changed, thing by thing: for systems that keep a copy. All that happened stands in the journal."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers as s
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import examples
from integrations.erp.answers import text
from integrations.erp.asked import LARGEST_PAGE, bad
from integrations.erp.schema import LIMIT, described
from integrations.erp.views import Door
from integrations.erp.words import when
from integrations.nouns.noun import Noun
from integrations.nouns.registry import NOUNS
from plant import scoping
from plant.models import ApiKey, JournalEntry, Person
from plant.queries import journal

NOUN = OpenApiParameter("noun", description="Only these kinds, with commas between, such as `material-lots,holds`.")
WORDS = OpenApiParameter("words", bool, description="true: each thing as it is now comes along.")
AFTER = OpenApiParameter("after", str, description="`next` of the last answer. Keep it; begin without it.")


class Change(s.Serializer):
    """One thing as it stands after the last of its changes on this page."""

    noun, key, kind, at = text(), text(), text(), s.DateTimeField()
    deleted = s.BooleanField()
    data = s.DictField(required=False, allow_null=True)


class Changes(s.Serializer):
    results = Change(many=True)
    next = text()


EXAMPLE: examples.Example = {
    "results": [
        {"noun": "material-lots", "key": "L-000123", "kind": "lot.held", "at": examples.AT, "deleted": False},
        {"noun": "partners", "key": "C-OLD", "kind": "partner.deleted", "at": examples.AT, "deleted": True},
    ],
    "next": "812345.900",
}


class ChangesDoor(Door):
    """The change feed."""

    scopes = {"GET": "changes:read"}

    @described(parameters=[NOUN, WORDS, AFTER, LIMIT], ok={200: Changes}, told=EXAMPLE)
    def get(self, request: Request) -> Response:
        """What changed after a cursor, in an order that misses nothing; what was deleted comes as deleted."""
        nouns = asked_for(request)
        limit = self.number(request, "limit", 100, LARGEST_PAGE)
        by_kind: dict[str, list[Noun]] = defaultdict(list)
        for noun in nouns:
            by_kind[noun.model._meta.model_name or ""].append(noun)
        entries, cursor = journal.feed_of(list(by_kind), request.query_params.get("after"), limit)
        last = {(entry.subject_kind, entry.subject_id): entry for entry in entries}
        told: list[dict[str, Any]] = []
        for noun in nouns:
            some = [entry for (kind, _pk), entry in last.items() if noun in by_kind[kind]]
            told += changes_of(noun, some, request.user, with_words=bool(self.flag(request, "words")))
        order = {id(entry): place for place, entry in enumerate(entries)}
        told.sort(key=lambda one: order[id(one["entry"])])
        return Response({"results": [{k: v for k, v in one.items() if k != "entry"} for one in told], "next": cursor})


def asked_for(request: Request) -> list[Noun]:
    """The kinds that are asked for, or all that the key may read."""
    key: ApiKey = request.auth
    mine = [noun for noun in NOUNS.values() if noun.reads in key.scopes]
    names = [name for name in request.query_params.get("noun", "").split(",") if name]
    for name in names:
        if name not in NOUNS:
            raise bad("noun", _("“%(name)s” can't be this. Known: %(known)s."), known=", ".join(sorted(NOUNS)))
        if NOUNS[name] not in mine:
            raise PermissionDenied
    return [NOUNS[name] for name in dict.fromkeys(names)] if names else mine


def changes_of(noun: Noun, entries: list[JournalEntry], by: Person, *, with_words: bool) -> list[dict[str, Any]]:
    """What became of the things that some entries are about; those that somebody may not see are left out."""
    ids = [entry.subject_id for entry in entries]
    here = {str(row.pk): row for row in noun.rows(by).filter(pk__in=ids)} if ids else {}
    known = {str(pk) for pk in noun.model._default_manager.filter(pk__in=ids).values_list("pk", flat=True)}
    rows = list(here.values())
    said = dict(zip(here, noun.tell(rows), strict=True)) if with_words else {}
    gone = {entry.pk for entry in scoping.within([one for one in entries if one.subject_id not in known], by)}
    told = []
    for entry in entries:
        row = here.get(entry.subject_id)
        if row is None and entry.pk not in gone:
            continue
        told.append({
            "noun": noun.code, "key": noun.key_of(row) if row is not None else key_of_gone(noun, entry),
            "kind": entry.kind, "at": when(entry.at), "deleted": row is None, "entry": entry,
            **({"data": said.get(entry.subject_id)} if with_words else {}),
        })  # fmt: skip
    return told


def key_of_gone(noun: Noun, entry: JournalEntry) -> str:
    """The key of what is deleted, as its last entry tells it."""
    return str(entry.data.get(noun.key) or entry.subject_label.partition(" ")[0])
