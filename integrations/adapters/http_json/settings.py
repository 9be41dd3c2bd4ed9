"""What a REST connection must be told: which addresses hold which objects, and how pages follow one another."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.links import paths


class PathField(serializers.CharField):
    """A place in an answer."""

    def to_internal_value(self, data: Any) -> str:
        text = str(super().to_internal_value(data))
        try:
            paths.parts(text)
        except paths.BadPath as error:
            raise serializers.ValidationError(_("This path can't be read.")) from error
        return text


class Paging(serializers.ChoiceField):
    """How one page follows another."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=["none", "page", "offset", "next"], default="none", **kwargs)


class Source(serializers.Serializer[Any]):
    """One list of theirs that is fetched."""

    noun = serializers.CharField(max_length=60)
    path = serializers.CharField(max_length=300)
    words = serializers.DictField(child=serializers.CharField(allow_blank=True), default=dict)
    rows = PathField(default="", allow_blank=True)
    id = PathField()
    version = PathField(default="", allow_blank=True)
    since = serializers.CharField(default="", allow_blank=True, max_length=60)
    cursor = PathField(default="", allow_blank=True)
    paging = Paging()
    page = serializers.CharField(default="page", max_length=60)
    size = serializers.CharField(default="", allow_blank=True, max_length=60)
    most = serializers.IntegerField(default=100, min_value=1, max_value=1000)
    next = PathField(default="", allow_blank=True)


class Destination(serializers.Serializer[Any]):
    """Where one kind of object is sent."""

    noun = serializers.CharField(max_length=60)
    path = serializers.CharField(max_length=300)
    method = serializers.ChoiceField(choices=["POST", "PUT", "PATCH"], default="POST")
    id_header = serializers.CharField(default="Idempotency-Key", allow_blank=True, max_length=60)
    known = serializers.ListField(child=serializers.IntegerField(), default=list)
    reference = PathField(default="", allow_blank=True)


class Figures(serializers.Serializer[Any]):
    """Where their totals stand; {order} in the path is each order's number. `counts` says what all rows of a list
    count, where no field of theirs says so: a list of stock."""

    counts = serializers.ChoiceField(
        choices=["", "YIELD", "SCRAP", "CONSUMPTION", "STOCK"], default="", allow_blank=True)
    path = serializers.CharField(max_length=300)
    rows = PathField(default="", allow_blank=True)
    measure = PathField(default="measure")
    order = PathField(default="order", allow_blank=True)
    material = PathField(default="material", allow_blank=True)
    quantity = PathField(default="quantity")
    unit = PathField(default="unit", allow_blank=True)
    measures = serializers.DictField(child=serializers.CharField(), default=dict)


class HttpJsonSettings(serializers.Serializer[Any]):
    """The whole."""

    test = serializers.CharField(
        default="", allow_blank=True, max_length=300, label=_("Path of the test"),
        help_text=_("Asked by the test; any answer of success will do."),
    )
    test_version = PathField(
        default="", allow_blank=True, label=_("Its version stands at"),
        help_text=_("Where the answer of the test says which version the other system has."),
    )
    fetch = serializers.ListField(
        child=Source(), default=list, max_length=50, label=_("What is fetched"),
        help_text=_("Of each object: noun, path, rows, id, version, since, cursor, paging (none, page, offset, next)"),
    )
    send = serializers.ListField(
        child=Destination(), default=list, max_length=50, label=_("What is sent where"),
        help_text=_("Of each object: noun, path with {key}, method, id_header, known (answers that mean: we have it)"),
    )
    totals = serializers.ListField(
        child=Figures(), default=list, max_length=10, label=_("Their totals"),
        help_text=_(
            "For reconciliation: path with {order}, rows, measure, order, material, quantity, unit; counts: STOCK where"
            " a list tells stock"),
    )
