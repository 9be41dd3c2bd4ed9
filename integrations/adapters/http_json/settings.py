"""What a REST connection must be told: which addresses hold which objects, and how pages follow one another."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.adapters.showing import COMES_IN, FIRST, GOES_OUT
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
        ways = [
            ("none", _("All in one answer")), ("page", _("By the number of the page")),
            ("offset", _("By the rows before it")), ("next", _("By an address in the answer")),
        ]
        super().__init__(choices=ways, default="none", **kwargs)


NOUN = _("Object")
ROWS: dict[str, Any] = {
    "label": _("Rows stand at"), "help_text": _("data.items, say; empty: the answer itself is the list."),
}


class Source(serializers.Serializer[Any]):
    """One list of theirs that is fetched."""

    noun = serializers.CharField(max_length=60, label=NOUN, style=COMES_IN)
    path = serializers.CharField(
        max_length=300, label=_("Path"), help_text=_("Below the address of the connection: /orders"))
    words = serializers.DictField(
        child=serializers.CharField(allow_blank=True), default=dict, label=_("Parameters of the address"),
        help_text=_("Each on a line: status = released"))
    rows = PathField(default="", allow_blank=True, style=FIRST, **ROWS)
    id = PathField(label=_("Key stands at"), help_text=_("Within a row: what tells one from another, as number."))
    version = PathField(
        default="", allow_blank=True, label=_("Version stands at"), style=FIRST,
        help_text=_("Within a row: what changes with it, as changed_at; empty: the content itself."))
    since = serializers.CharField(
        default="", allow_blank=True, max_length=60, label=_("Parameter for “changed since”"),
        help_text=_("Its value is the mark of the row that came last."))
    cursor = PathField(
        default="", allow_blank=True, label=_("Mark stands at"),
        help_text=_("Within a row: what only grows, as changed_at."))
    paging = Paging(label=_("Pages follow"))
    page = serializers.CharField(
        default="page", max_length=60, label=_("Parameter for the page"), help_text=_("Or for the rows before it."))
    size = serializers.CharField(
        default="", allow_blank=True, max_length=60, label=_("Parameter for the size of a page"))
    most = serializers.IntegerField(default=100, min_value=1, max_value=1000, label=_("Rows of a page"))
    next = PathField(
        default="", allow_blank=True, label=_("Next address stands at"),
        help_text=_("Where the answer says where the next page is."))


class Destination(serializers.Serializer[Any]):
    """Where one kind of object is sent."""

    noun = serializers.CharField(max_length=60, label=NOUN, style=GOES_OUT)
    path = serializers.CharField(
        max_length=300, label=_("Path"), help_text=_("{key} is the key of the object: /orders/{key}/reports"))
    method = serializers.ChoiceField(
        choices=[("POST", _("POST: make new")), ("PUT", _("PUT: replace")), ("PATCH", _("PATCH: change"))],
        default="POST", label=_("Method"), style=FIRST)
    id_header = serializers.CharField(
        default="Idempotency-Key", allow_blank=True, max_length=60, label=_("Header of the number"),
        help_text=_("By the number of the message they know one that came twice."))
    known = serializers.ListField(
        child=serializers.IntegerField(), default=list, label=_("Answers that mean: we have it"),
        help_text=_("Status numbers, as 200, 409"))
    reference = PathField(
        default="", allow_blank=True, label=_("Their number stands at"), style=FIRST,
        help_text=_("In the answer; it is kept with the message."))


class Figures(serializers.Serializer[Any]):
    """Where their totals stand; {order} in the path is each order's number. `counts` says what all rows of a list
    count, where no field of theirs says so: a list of stock."""

    counts = serializers.ChoiceField(
        choices=[
            ("", _("A field of each row says it")), ("YIELD", _("Good quantity")), ("SCRAP", _("Scrap")),
            ("CONSUMPTION", _("Consumption")), ("STOCK", _("Stock")),
        ], default="", allow_blank=True, label=_("What the rows count"), style=FIRST)
    path = serializers.CharField(
        max_length=300, label=_("Path"), help_text=_("{order} is the number of an order: /orders/{order}/totals"))
    rows = PathField(default="", allow_blank=True, style=FIRST, **ROWS)
    measure = PathField(
        default="measure", label=_("What is counted stands at"), help_text=_("Within a row; see the words below."))
    order = PathField(default="order", allow_blank=True, label=_("Order stands at"))
    material = PathField(default="material", allow_blank=True, label=_("Material stands at"))
    quantity = PathField(default="quantity", label=_("Quantity stands at"), style=FIRST)
    unit = PathField(default="unit", allow_blank=True, label=_("Unit stands at"))
    measures = serializers.DictField(
        child=serializers.CharField(), default=dict, label=_("Their words for what is counted"),
        help_text=_("Each on a line: their word = YIELD, SCRAP, CONSUMPTION or STOCK"))


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
        help_text=_("Each card is one list of theirs that is read."),
    )
    send = serializers.ListField(
        child=Destination(), default=list, max_length=50, label=_("What is sent where"),
        help_text=_("Each card is one kind of object, and where it goes."),
    )
    totals = serializers.ListField(
        child=Figures(), default=list, max_length=10, label=_("Their totals"),
        help_text=_("For reconciliation: each card is one list of their totals."))
