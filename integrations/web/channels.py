"""The page of a channel: how it does, its secrets (entered, never shown), a test; and one's own way of being told."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages as words
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from integrations.models import Channel, ChannelKind, Message, MessageStatus, PushDevice, Reach
from integrations.notify import web_push
from integrations.notify.commands import channels
from integrations.web import channel_lists
from integrations.webhooks.commands import events
from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.forms import Form

LAST = 20
ROBOTS = (ChannelKind.DINGTALK, ChannelKind.WECOM, ChannelKind.FEISHU, ChannelKind.SMS)


def _hidden(label: Any, text: Any) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": "off"})
    return forms.CharField(label=label, max_length=400, required=False, widget=widget, help_text=text)


class SecretsForm(Form):
    """What only the other side and this plant know."""

    token = _hidden(gettext_lazy("Token"), gettext_lazy("Of a robot: what stands after access_token=, key= or hook/."))
    secret = _hidden(
        gettext_lazy("Signing secret"), gettext_lazy("Of a webhook whsec_…, of a DingTalk robot SEC…; WeCom has none.")
    )


class EventForm(Form):
    """Which events a program hears."""

    kind = forms.CharField(
        label=gettext_lazy("Kind of event"), max_length=80, widget=forms.TextInput({"autocapitalize": "none"}),
        help_text=gettext_lazy("Such as lot.held; lot.* for all of lots, * for everything."),
    )


class ReachForm(Form):
    """Where and when somebody wants to be told, beside the bell."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    phone = forms.RegexField(
        r"^\+?[0-9]{5,19}$", label=gettext_lazy("Mobile number"), required=False,
        error_messages={"invalid": gettext_lazy("Digits only, with + and the country in front if need be.")},
    )
    quiet_from = forms.TimeField(
        label=gettext_lazy("Quiet from"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    quiet_to = forms.TimeField(
        label=gettext_lazy("Quiet to"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        """Both ends of the quiet hours, or none."""
        said: dict[str, Any] = super().clean() or {}
        if (said.get("quiet_from") is None) != (said.get("quiet_to") is None):
            self.add_error("quiet_to", _("Enter both ends of the quiet hours, or neither."))
        return said


def find(pk: int) -> Channel:
    """A channel by its number."""
    return get_object_or_404(Channel, pk=pk)


@needs("channel.read")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How a channel does, who gets what through it, and what went through last."""
    return page(request, pk)


def page(request: HttpRequest, pk: int, refusal: Refusal | None = None, secret: str = "") -> HttpResponse:
    """The page of a channel, with the dialog whose act was refused open again."""
    channel, dialogs = find(pk), Dialogs(request, refusal)
    tone, icon = channel_lists.tone(channel)
    rows = Message.objects.filter(channel=channel).select_related("person")
    context = {
        "channel": channel, "dialogs": dialogs, "tone": tone, "icon": icon, "standing": channel_lists.standing(channel),
        "why": policies.why_not(request.user, "channel.keep"), "form": dialogs.form("secrets", SecretsForm),
        "rules": channel.subscriptions.select_related("line").order_by("news", "pk"),
        "last": rows.order_by("-made_at", "-pk")[:LAST], "timeline": journal.timeline(channel),
        "waiting": rows.filter(status=MessageStatus.WAITING).count(),
        "dead": rows.filter(status=MessageStatus.DEAD).count(), "has_secrets": bool(channel.sealed),
        "needs_secrets": channel.kind in (*ROBOTS, ChannelKind.WEBHOOK), "secret": secret,
        "is_webhook": channel.kind == ChannelKind.WEBHOOK, "has_former": channels.has_former(channel),
        "filters": channel.event_filters.all(), "event_form": dialogs.form("ask_events", EventForm),
    }
    return render(request, "integrations/channel/detail.html", context, status=dialogs.status)


act = Acts(find=find, back="integrations:channel-detail", page=page, key="pk")


@act("channel.keep", done=gettext_lazy("The secrets are sealed. They are not shown again."))
def secrets(request: HttpRequest, channel: Channel) -> None:
    """Enter what is secret."""
    channels.keep_secrets(channel=channel, **valid(SecretsForm(request.POST)), by=request.user)


@act("channel.keep", done=gettext_lazy("The test message is on its way. Its line below says what became of it."))
def test(request: HttpRequest, channel: Channel) -> None:
    """Send a test message."""
    channels.test(channel=channel, by=request.user, at=timezone.now())


@act("channel.keep", done=gettext_lazy("Events of this kind go out from now on."))
def ask_events(request: HttpRequest, channel: Channel) -> None:
    """Send events of a kind."""
    events.ask(channel=channel, **valid(EventForm(request.POST)), by=request.user, at=timezone.now())


@act("channel.keep", done=gettext_lazy("Events of this kind go out no more."))
def leave_events(request: HttpRequest, channel: Channel) -> None:
    """Send events of a kind no more."""
    events.leave(channel=channel, kind=request.POST.get("kind", "")[:80], by=request.user)


@require_POST
@needs("channel.keep")
def change_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign with a fresh secret, and show it once."""
    channel = find(pk)
    try:
        secret = channels.change_secret(channel=channel, by=request.user)
    except Refusal as refusal:
        return page(request, pk, refusal)
    return page(request, pk, secret=secret)


@act("channel.keep", done=gettext_lazy("Only the new secret signs now."))
def let_former_go(request: HttpRequest, channel: Channel) -> None:
    """The other side knows the new secret."""
    channels.let_former_go(channel=channel, by=request.user)


@needs("inbox.view")
def reach(request: HttpRequest) -> HttpResponse:
    """How I am told: my e-mail address, my browsers and my quiet hours."""
    mine = Reach.objects.filter(person=request.user).first()
    standing = {name: getattr(mine, name) for name in ("email", "phone", "quiet_from", "quiet_to")} if mine else {}
    form = ReachForm(request.POST or None, initial=standing, by=request.user)
    if request.method == "POST" and form.is_valid():
        channels.choose_reach(**form.cleaned_data, by=request.user)
        words.success(request, _("Kept. From now on you are told this way."))
        return redirect("integrations:reach")
    context = {
        "form": form, "devices": PushDevice.objects.filter(person=request.user).order_by("made_at"),
        "push_key": web_push.public_key(settings.PUSH_SECRET),
        "pushes": Channel.objects.filter(kind=ChannelKind.PUSH, enabled=True).exists(),
    }
    return render(request, "integrations/channel/reach.html", context, status=422 if form.errors else 200)
