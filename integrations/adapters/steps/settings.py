"""What a connection in steps must be told: how one signs in, what is asked, and in which order something is booked."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

METHODS = ["GET", "POST", "PUT", "PATCH"]


class Step(serializers.Serializer[Any]):
    """One call: where, with what, and what its answer must say."""

    path = serializers.CharField(max_length=300)
    method = serializers.ChoiceField(choices=METHODS, default="POST")
    words = serializers.DictField(child=serializers.JSONField(), default=dict)
    headers = serializers.DictField(child=serializers.CharField(), default=dict)
    body = serializers.JSONField(default=None, allow_null=True)
    accepts = serializers.DictField(child=serializers.JSONField(), default=dict)
    error = serializers.CharField(default="", allow_blank=True, max_length=300)
    keeps = serializers.DictField(child=serializers.CharField(), default=dict)
    unless = serializers.DictField(child=serializers.JSONField(), default=dict)
    needs = serializers.CharField(default="", allow_blank=True, max_length=80)
    columns = serializers.ListField(child=serializers.CharField(), default=list)
    known = serializers.ListField(child=serializers.CharField(), default=list)


class SignIn(Step):
    """The call that lets us in: its token goes into a header or a parameter, its cookies along with every call."""

    token = serializers.CharField(default="", allow_blank=True, max_length=120)
    header = serializers.CharField(default="", allow_blank=True, max_length=60)
    parameter = serializers.CharField(default="", allow_blank=True, max_length=60)
    prefix = serializers.CharField(default="", allow_blank=True, max_length=20, trim_whitespace=False)
    signature = serializers.CharField(default="", allow_blank=True, max_length=60)
    lasts = serializers.IntegerField(default=600, min_value=10, max_value=86400)


class Source(Step):
    """One list of theirs that is fetched, a page at a time."""

    noun = serializers.CharField(max_length=60)
    rows = serializers.CharField(default="", allow_blank=True, max_length=120)
    id = serializers.CharField(max_length=120)
    version = serializers.CharField(max_length=120)
    since = serializers.CharField(default="2000-01-01T00:00:00", max_length=40)
    most = serializers.IntegerField(default=100, min_value=1, max_value=2000)


class Booking(serializers.Serializer[Any]):
    """How one kind of message is booked: first whether it is there already, then step by step."""

    noun = serializers.CharField(max_length=60)
    find = Step(required=False, allow_null=True, default=None)
    found = serializers.CharField(default="", allow_blank=True, max_length=120)
    required = serializers.BooleanField(default=False)  # type: ignore[assignment]  # fields are no attributes
    steps = serializers.ListField(child=Step(), min_length=1, max_length=10)
    reference = serializers.CharField(default="", allow_blank=True, max_length=80)


class StepsSettings(serializers.Serializer[Any]):
    """The whole."""

    names = serializers.DictField(
        child=serializers.CharField(allow_blank=True), default=dict, label=_("Names"),
        help_text=_("Words of this system that the steps below use: data centre, organisation, plant, client."),
    )
    csrf = serializers.CharField(
        default="", allow_blank=True, max_length=300, label=_("Token against forgery"),
        help_text=_("A path that gives it, where writing needs one (SAP)."),
    )
    headers = serializers.DictField(child=serializers.CharField(), default=dict, label=_("Headers of every call"))
    sign_in = SignIn(required=False, allow_null=True, default=None, label=_("Sign-in of its own"))
    lost = serializers.CharField(
        default="", allow_blank=True, max_length=120, label=_("Sign-in is over"),
        help_text=_("Words in an answer that say so, where its status does not."),
    )
    test = Step(required=False, allow_null=True, default=None, label=_("Test"))
    test_version = serializers.CharField(
        default="", allow_blank=True, max_length=120, label=_("Its version stands at")
    )
    fetch = serializers.ListField(child=Source(), default=list, max_length=20, label=_("What is fetched"))
    send = serializers.ListField(child=Booking(), default=list, max_length=20, label=_("What is sent where"))
