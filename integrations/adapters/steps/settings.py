"""What a connection in steps must be told: how one signs in, what is asked, and in which order something is booked."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.adapters.showing import COMES_IN, FIRST, GOES_OUT

METHODS = ["GET", "POST", "PUT", "PATCH"]


def _text(most: int, label: Any, hint: Any = "", **options: Any) -> serializers.CharField:
    return serializers.CharField(
        default="", allow_blank=True, max_length=most, label=label, help_text=hint, **options)


class Step(serializers.Serializer[Any]):
    """One call: where, with what, and what its answer must say."""

    path = serializers.CharField(
        max_length=300, label=_("Path"), help_text=_("Below the address of the connection; {words} are filled in."))
    method = serializers.ChoiceField(choices=METHODS, default="POST", label=_("Method"), style=FIRST)
    words = serializers.DictField(
        child=serializers.JSONField(), default=dict, label=_("Parameters of the address"),
        help_text=_("Each on a line: status = released"))
    headers = serializers.DictField(
        child=serializers.CharField(), default=dict, label=_("Headers"),
        help_text=_("Each on a line: Accept = application/json"))
    body = serializers.JSONField(
        default=None, allow_null=True, label=_("Body"),
        help_text=_("The JSON that is sent, as their manual shows it; {words} are filled in."))
    accepts = serializers.DictField(
        child=serializers.JSONField(), default=dict, label=_("A good answer says"),
        help_text=_('Each on a line, place and values: code = 200, or result.state := ["A", "B"]'))
    error = _text(300, _("Reason stands at"), _("In an answer that is not good."))
    keeps = serializers.DictField(
        child=serializers.CharField(), default=dict, label=_("Keeps of the answer"),
        help_text=_("Each on a line, word and place: number = data.code; later steps use it as {number}."))
    unless = serializers.DictField(
        child=serializers.JSONField(), default=dict, label=_("Left out when it was found with"),
        help_text=_('Each on a line, place and values: status := ["B", "C"]'))
    needs = _text(80, _("Left out without the word"), _("A word that must be known, as number."))
    columns = serializers.ListField(
        child=serializers.CharField(), default=list, label=_("Columns of the answer"),
        help_text=_("Each on a line, where rows come as lists without names."))
    known = serializers.ListField(
        child=serializers.CharField(), default=list, label=_("Errors that mean: we have it"),
        help_text=_("Words of their error, each on a line."))


class SignIn(Step):
    """The call that lets us in: its token goes into a header or a parameter, its cookies along with every call."""

    token = _text(120, _("Token stands at"), _("In the answer; empty: cookies do."), style=FIRST)
    header = _text(60, _("Header for the token"))
    parameter = _text(60, _("Parameter for the token"))
    prefix = _text(20, _("Before the token"), _("Bearer and a blank, say."), trim_whitespace=False)
    signature = _text(60, _("Parameter for the signature"))
    lasts = serializers.IntegerField(default=600, min_value=10, max_value=86400, label=_("Lasts (seconds)"))


class Source(Step):
    """One list of theirs that is fetched, a page at a time."""

    noun = serializers.CharField(max_length=60, label=_("Object"), style=COMES_IN)
    rows = serializers.CharField(
        default="", allow_blank=True, max_length=120, label=_("Rows stand at"), style=FIRST,
        help_text=_("data.items, say; empty: the answer itself is the list."))
    id = serializers.CharField(
        max_length=120, label=_("Key stands at"), help_text=_("Within a row: what tells one from another, as number."))
    version = serializers.CharField(
        max_length=120, label=_("Version stands at"),
        help_text=_("Within a row: what grows with every change; reading goes on from there."))
    since = serializers.CharField(default="2000-01-01T00:00:00", max_length=40, label=_("Begins at"))
    most = serializers.IntegerField(default=100, min_value=1, max_value=2000, label=_("Rows of a page"))


class Booking(serializers.Serializer[Any]):
    """How one kind of message is booked: first whether it is there already, then step by step."""

    noun = serializers.CharField(max_length=60, label=_("Object"), style=GOES_OUT)
    find = Step(
        required=False, allow_null=True, default=None, label=_("Looks first"),
        help_text=_("A call that tells whether it is booked already."))
    found = _text(120, _("What was found stands at"))
    required = serializers.BooleanField(  # type: ignore[assignment]  # fields are no attributes
        default=False, label=_("Must be found"), help_text=_("Nothing is booked on what is not there."))
    steps = serializers.ListField(
        child=Step(), min_length=1, max_length=10, label=_("Steps"), help_text=_("One call after another."))
    reference = _text(
        80, _("Word of their number"), _("One that a step keeps; it is kept with the message."), style=FIRST)


class StepsSettings(serializers.Serializer[Any]):
    """The whole."""

    names = serializers.DictField(
        child=serializers.CharField(allow_blank=True), default=dict, label=_("Names"),
        help_text=_("Each on a line, as plant = 1010; the steps below use it as {plant}."),
    )
    csrf = serializers.CharField(
        default="", allow_blank=True, max_length=300, label=_("Token against forgery"),
        help_text=_("A path that gives it, where writing needs one (SAP)."),
    )
    headers = serializers.DictField(
        child=serializers.CharField(), default=dict, label=_("Headers of every call"),
        help_text=_("Each on a line: Accept = application/json"))
    sign_in = SignIn(required=False, allow_null=True, default=None, label=_("Sign-in of its own"))
    lost = serializers.CharField(
        default="", allow_blank=True, max_length=120, label=_("Sign-in is over"),
        help_text=_("Words in an answer that say so, where its status does not."),
    )
    test = Step(required=False, allow_null=True, default=None, label=_("Call of the test"))
    test_version = serializers.CharField(
        default="", allow_blank=True, max_length=120, label=_("Its version stands at")
    )
    fetch = serializers.ListField(child=Source(), default=list, max_length=20, label=_("What is fetched"))
    send = serializers.ListField(child=Booking(), default=list, max_length=20, label=_("What is sent where"))
