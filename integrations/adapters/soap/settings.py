"""What is called over SOAP, as data."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.adapters.showing import COMES_IN, FIRST, GOES_OUT


def _text(most: int, **options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=most, **options)


class CallSettings(serializers.Serializer[Any]):
    """One operation, and what it is given; a text may hold {cursor}, {id}, {key} and {version}."""

    noun = _text(60, label=_("Object"), help_text=_("What the rows are."), style=COMES_IN)
    operation = _text(120, label=_("Operation of the service"), help_text=_("Name of the operation in the WSDL."))
    arguments = serializers.DictField(
        default=dict, label=_("Arguments"),
        help_text=_("Each on a line: plant = 1010, or limit := 50; {cursor}, {id}, {key} are filled in."))


class FetchSettings(CallSettings):
    """An operation that gives rows."""

    rows = _text(
        200, default="", allow_blank=True, label=_("Rows stand at"), style=FIRST,
        help_text=_("Where the rows stand in the answer, as result.items."))
    key = _text(200, label=_("Key stands at"), help_text=_("Where the key stands in a row."))
    version = _text(200, default="", allow_blank=True, label=_("Version stands at"), style=FIRST)
    cursor = _text(
        200, default="", allow_blank=True, label=_("Mark stands at"),
        help_text=_("Where the mark stands in a row: it only grows."))


class SendSettings(CallSettings):
    """An operation that takes one object."""

    noun = _text(60, label=_("Object"), style=GOES_OUT)
    argument = _text(
        200, default="", allow_blank=True, label=_("Argument of the words"), style=FIRST,
        help_text=_("The argument that takes the words; blank: each is its own."))
    reference = _text(
        200, default="", allow_blank=True, label=_("Their number stands at"), style=FIRST,
        help_text=_("Where their number stands in the answer."))
    status = _text(
        200, default="", allow_blank=True, label=_("Outcome stands at"),
        help_text=_("Where the answer says whether they took it."))
    good = serializers.ListField(
        child=_text(60), default=list, label=_("Good outcomes"),
        help_text=_("What it says there when they did, each on a line."))


class SoapSettings(serializers.Serializer[Any]):
    """One service."""

    wsdl = _text(
        300, default="?wsdl", allow_blank=True, label="WSDL", help_text=_("Below the address of the connection."))
    service = _text(120, default="", allow_blank=True, label=_("Service of the WSDL"))
    port = _text(120, default="", allow_blank=True, label=_("Port of the service"))
    fetch = FetchSettings(many=True, default=list, label=_("What is fetched"))
    send = SendSettings(many=True, default=list, label=_("What is sent where"))
