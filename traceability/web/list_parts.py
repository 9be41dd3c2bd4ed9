"""What several lists share: where something of a lot is, what can be chosen, and a reason to give."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plant.lists.filters import Asked, Filter, first
from plant.models import MaterialDefinition, Partner, Person
from plant.web.forms import Form
from traceability.models import SOURCES, Bucket, LotBalance

BUCKETS = [(bucket.value, bucket.label) for bucket in Bucket if bucket not in SOURCES]


@dataclass(frozen=True, kw_only=True)
class Spot(Filter):
    """Where something of the lot is: a bucket, a place in it, or both."""

    widget: ClassVar[str] = "spot"

    @property
    def names(self) -> tuple[str, ...]:
        """A word for the bucket and one for the place."""
        return ("where", "place")

    def read(self, asked: Asked) -> Any:
        """The bucket and the place."""
        bucket, place = (first(asked, name) for name in self.names)
        known = bucket if bucket in dict(BUCKETS) else ""
        return (known, place) if known or place else None

    def write(self, value: Any) -> list[tuple[str, str]]:
        """Those that are set."""
        return [(name, word) for name, word in zip(self.names, value, strict=True) if word]

    def narrow(self, rows: "QuerySet[Any]", value: Any, person: Person) -> "QuerySet[Any]":
        """The lots of which something is there."""
        given = {name: word for name, word in zip(("bucket", "place"), value, strict=True) if word}
        return rows.filter(pk__in=LotBalance.objects.filter(quantity__gt=0, **given).values("lot_id"))

    def told(self, value: Any) -> str:
        """In words."""
        return " · ".join(str(word) for word in (dict(BUCKETS).get(value[0], ""), value[1]) if word)

    def choices(self) -> list[tuple[str, Any]]:
        """The buckets."""
        return list(BUCKETS)


def materials() -> Any:
    """Codes and names of what lots can be of."""
    return MaterialDefinition.objects.order_by("code").values_list("code", "name")


def partners() -> "QuerySet[Partner]":
    """Suppliers and customers."""
    return Partner.objects.order_by("code")


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}), max_length=2000)
