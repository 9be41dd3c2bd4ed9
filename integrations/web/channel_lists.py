"""The lists of channels and of what went through them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from integrations.models import Channel, ChannelKind, Message, MessageStatus, News, Weight
from integrations.notify.commands import messages
from plant.lists.description import Act, Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Flag, Multi, PersonFilter, TextFilter
from plant.lists.looks import Moment, Number, State, Text, Who


def channel_url(row: Channel) -> str:
    return reverse("integrations:channel-detail", args=[row.pk])


def standing(row: Channel) -> Any:
    """How a channel does, in one word."""
    if not row.enabled:
        return _("Switched off")
    return _("Fails") if row.failures else _("Works") if row.last_ok_at else _("Not used yet")


def tone(row: Channel) -> tuple[str, str]:
    """The same as colour and icon."""
    if not row.enabled or (not row.failures and row.last_ok_at is None):
        return "unknown", "help-circle"
    return ("failed", "circle-x") if row.failures else ("done", "circle-check")


LOG = Link(label=_("Delivery log"), url="integrations:message-list", icon="send")
CHANNELS = Listing(
    key="channels", title=_("Channels"), url="integrations:channel-list", action="channel.read",
    subtitle=_("How people hear of alarms outside these pages, and whether it works."),
    rows=lambda viewer: Channel.objects.all(), search=("code", "name"), placeholder=_("Code or name"), order="code",
    href=channel_url, tone=lambda row: "failed" if row.enabled and row.failures else "",
    columns=(
        Column(key="code", label=_("Code"), look=Text(href=channel_url, icon="broadcast"), sort=("code",)),
        Column(key="name", label=_("Name"), sort=("name",)),
        Column(key="kind", label=_("Kind"), value=lambda row: row.get_kind_display(), sort=("kind",)),
        Column(key="state", label=_("State"), value=standing, look=State(word=standing, tone=tone)),
        Column(key="last", label=_("Last delivered"), value="last_ok_at", look=Moment(style="ago"),
               sort=("last_ok_at",)),
        Column(key="failures", label=_("Failures in a row"), look=Number(), sort=("failures",)),
        Column(key="error", label=_("Last error"), value="last_error", look=Text(most=90)),
        Column(key="rests", label=_("Rests until"), value="rests_until", look=Moment(), sort=("rests_until",),
               hidden=True),
    ),
    filters=(
        Multi(key="kind", label=_("Kind"), options=ChannelKind.choices), Flag(key="enabled", label=_("In use")),
    ),
    links=(LOG, Link(label=_("Console"), url="admin:index", action="master.edit", icon="settings")),
    nothing=Nothing(
        title=_("No channels yet"), icon="broadcast",
        text=_("Add a channel in the console, then a rule that says which news goes through it."),
        links=(Link(label=_("Console"), url="admin:index", action="master.edit", icon="settings"),),
    ),
)


def of_channel_url(row: Message) -> str:
    return reverse("integrations:channel-detail", args=[row.channel_id])


MESSAGES = Listing(
    key="messages", title=_("Delivery log"), url="integrations:message-list", action="delivery.read",
    subtitle=_("Every message on its way, delivered or given up. What was given up can be sent again."),
    rows=lambda viewer: Message.objects.select_related("channel", "person"), order="-made",
    search=("title", "channel__code", "last_error"), placeholder=_("Title, channel or error"),
    tone=lambda row: "failed" if row.status == MessageStatus.DEAD else "",
    columns=(
        Column(key="title", label=_("Title"), look=Text(most=90), sort=("title",)),
        Column(key="channel", label=_("Channel"), value="channel.code", look=Text(href=of_channel_url),
               sort=("channel__code",)),
        Column(key="person", label=_("Person"), look=Who(), sort=("person__name",)),
        Column(key="news", label=_("News"), value=lambda row: row.get_news_display(), sort=("news",)),
        Column(key="weight", label=_("Weight"), value=lambda row: row.get_weight_display(), sort=("weight",),
               hidden=True),
        Column(key="status", label=_("State"), sort=("status",), look=State(word=lambda row: row.get_status_display())),
        Column(key="attempts", label=_("Attempts"), look=Number(), sort=("attempts",)),
        Column(key="made", label=_("At"), value="made_at", look=Moment(style="second"), sort=("made_at",)),
        Column(key="sent", label=_("Delivered"), value="sent_at", look=Moment(style="second"), sort=("sent_at",)),
        Column(key="next", label=_("Next attempt"), look=Moment(), sort=("next_at",),
               value=lambda row: row.next_at if row.status == MessageStatus.WAITING else None),
        Column(key="error", label=_("Last error"), value="last_error", look=Text(most=120)),
        Column(key="key", label=_("Key"), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=MessageStatus.choices),
        TextFilter(key="channel", label=_("Channel"), field="channel__code"),
        Multi(key="news", label=_("News"), options=News.choices),
        Multi(key="weight", label=_("Weight"), options=[(str(key), word) for key, word in Weight.choices], more=True),
        PersonFilter(key="person", label=_("Person"), field="person", more=True),
        DateRange(key="made", label=_("At"), field="made_at", more=True),
    ),
    acts=(
        Act(key="again", label=_("Send again"), action="delivery.replay", icon="send",
            run=lambda message, by, at: messages.send_again(message=message, by=by, at=at)),
    ),
    links=(Link(label=_("Channels"), url="integrations:channel-list", action="channel.read", icon="broadcast"),),
    nothing=Nothing(
        title=_("No message yet"), icon="send", text=_("Messages appear here once a notification rule fits some news."),
        links=(Link(label=_("Channels"), url="integrations:channel-list", action="channel.read", icon="broadcast"),),
    ),
)
