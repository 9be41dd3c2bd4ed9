"""A batch of rows in the words of the API: what is sent, and what is told of each row."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s

from integrations.erp.answers import text
from integrations.erp.examples import Example
from integrations.erp.fields import Whole
from integrations.erp.fields import text as said
from integrations.nouns.batches import Sent
from integrations.nouns.intake import STATUSES, External, Outcome
from integrations.nouns.noun import Noun

MOST = 500


class RowIn(s.Serializer):
    """One row, with the number and version that it has in the other system."""

    external_id = said(200, allow_null=True, default=None)
    version = Whole(min_value=0, max_value=2**63 - 1, allow_null=True, default=None)
    data = s.DictField()


class BatchIn(s.Serializer):
    """Rows of one kind, 500 at the most; each is taken or refused by itself."""

    source = said(60, allow_blank=True, default="", help_text=_("The other system, where rows name their id there."))
    rows = s.ListField(child=RowIn(), min_length=1, max_length=MOST)

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        """Ids need the name of the system whose ids they are."""
        if not words["source"] and any(row["external_id"] for row in words["rows"]):
            raise s.ValidationError({"source": [_("Rows name their id in another system. Say which system that is.")]})
        return words


class RowOutcome(s.Serializer):
    row = s.IntegerField()
    status = s.ChoiceField(STATUSES)
    key, code, detail = text(), text(), text()
    external_id = s.CharField(allow_null=True)
    errors = s.DictField(required=False)


class Batch(s.Serializer):
    created, changed, unchanged, older, refused = (s.IntegerField() for _status in STATUSES)
    rows = RowOutcome(many=True)


def batch_of(noun: Noun) -> type[s.Serializer]:
    """What a batch of a noun looks like, for the description."""
    title = "".join(word.capitalize() for word in noun.code.split("-"))
    row = type(f"{title}RowIn", (RowIn,), {"data": noun.takes() if noun.takes else s.DictField()})
    rows = s.ListField(child=row(), min_length=1, max_length=MOST)
    return type(f"{title}BatchIn", (BatchIn,), {"rows": rows, "__doc__": BatchIn.__doc__})


def sent(words: dict[str, Any]) -> list[Sent]:
    """The rows of a batch."""
    return [
        Sent(row["data"], External(words["source"], row["external_id"], row["version"]) if row["external_id"] else None)
        for row in words["rows"]
    ]


def told(rows: list[Sent], outcomes: list[Outcome]) -> dict[str, Any]:
    """How many became what, and what is to be said of each row in its order."""
    counts = {status: sum(one.status == status for one in outcomes) for status in STATUSES}
    return {**counts, "rows": [
        {
            "row": place, "status": one.status, "key": one.key, "code": one.code, "detail": one.detail,
            "external_id": row.external.id if row.external else None, **({"errors": one.errors} if one.errors else {}),
        }
        for place, (row, one) in enumerate(zip(rows, outcomes, strict=True))
    ]}  # fmt: skip


def example_sent(noun: Noun) -> Example:
    """A batch of one row."""
    return {"source": "erp", "rows": [{"external_id": "4711", "version": 3, "data": noun.sent}]}


def example_told(noun: Noun) -> Example:
    """What is told of a good row and a bad one."""
    key = str(noun.example.get(noun.key, ""))
    good = {"row": 0, "status": "created", "key": key, "code": "", "detail": "", "external_id": "4711"}
    bad = {
        **good, "row": 1, "status": "refused", "code": "invalid", "detail": "Words can't be accepted; see “errors”.",
        "external_id": "4712", "errors": {"name": ["This field is required."]},
    }
    return {"created": 1, "changed": 0, "unchanged": 0, "older": 0, "refused": 1, "rows": [good, bad]}
