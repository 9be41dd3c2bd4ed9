"""The console's pages for controllers and their register maps, and for channels and who gets what."""

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline, TabularInline

from integrations import models
from integrations.web import health
from integrations.web.maps import MapImports
from plant.web.console import MasterAdmin, MasterInline, ReadOnlyAdmin

HEALTH = health


class TagInline(MasterInline, TabularInline):
    """The register map of a controller."""

    model = models.PlcTag
    autocomplete_fields = ("stream",)
    extra = 0


class AccessInline(MasterInline, StackedInline):
    """How a source that is no Modbus controller is reached; its secrets are entered on its own page."""

    model = models.Access
    extra = 0


@admin.register(models.Plc)
class PlcAdmin(MasterAdmin):
    """Controllers and other sources of readings."""

    group, icon, place = "places", "memory", 20
    list_display = (
        "code", "name", "kind", "host", "port", "unit", "equipment", "period_ms", "enabled", "writes_recipes",
    )
    list_filter = ("kind", "enabled")
    search_fields = ("code", "name", "host")
    autocomplete_fields = ("equipment",)
    list_select_related = ("equipment",)
    inlines = (AccessInline, TagInline)
    rules = {
        "plc_has_an_address": _("Enter the host, or for lines of text the serial device as path."),
        "plc_kind_known": _("Choose one of the kinds."),
        "access_policy_and_mode_agree": _("Choose a security policy and what is done to messages, or neither."),
        "access_silent_within_a_day": _("A source is called silent after a day at the latest."),
        "access_baud_range": _("A serial line runs at 110 to 4,000,000 baud."),
        "plc_port_range": _("A port is a number from 1 to 65535."),
        "plc_unit_range": _("A unit id is a number from 0 to 255."),
        "plc_period_min": _("The poll period is 20 ms or longer."),
        "plc_timeout_range": _("The timeout is between 50 and 5000 ms."),
    }


@admin.register(models.PlcTag)
class PlcTagAdmin(MapImports, MasterAdmin):
    """Register maps, tag by tag."""

    group, icon, place = "measuring", "data_object", 30
    list_display = (
        "plc", "name", "table", "address", "data_type", "word_order", "scale", "offset", "unit", "kind", "path",
        "field", "stream",
    )
    list_display_links = ("name",)
    list_filter = (("plc", RelatedOnlyFieldListFilter), "table", "data_type", "kind")
    search_fields = ("plc__code", "name", "stream__code")
    autocomplete_fields = ("plc", "stream")
    list_select_related = ("plc", "stream")
    rules = {
        "plc_tag_address_range": _("An address is a number from 0 to 65535."),
        "plc_tag_bit_range": _("A bit is a number from 0 to 15."),
        "plc_tag_scale_not_zero": _("The scale can't be zero."),
        "plc_tag_exponent_is_a_register": _("The power of ten stands in a holding or input register, 0 to 65535."),
        "plc_tag_limits_ordered": _("“Plausible from” must be below “plausible to”."),
        "plc_tag_only_setpoints_written": _("Only a setpoint in a holding register or coil may be written."),
    }


@admin.register(models.Conditioning)
class ConditioningAdmin(MasterAdmin):
    """How tags are conditioned; each tag's own page tries settings on its last hour."""

    group, icon, place = "measuring", "blur_on", 31
    list_display = (
        "tag", "stream", "spike_window", "spike_factor", "leave_out", "median_window", "seconds", "deadband", "active",
    )
    list_filter = ("active",)
    search_fields = ("tag__name", "tag__plc__code", "stream__code")
    autocomplete_fields = ("tag", "stream")
    list_select_related = ("tag__plc", "stream")
    rules = {
        "conditioning_spike_window": _("Choose 0 to look for no spikes, or 3 to 51 readings."),
        "conditioning_median_is_odd": _("Choose an odd number of readings for the median, up to 51."),
        "conditioning_numbers_fit": _("Factors are above zero; a time constant is no longer than a day."),
    }


@admin.register(models.RecipeTag)
class RecipeTagAdmin(MasterAdmin):
    """Which setpoints take which golden parameters."""

    group, icon, place = "measuring", "edit_note", 32
    journal_name = "recipetag"
    list_display = ("tag", "parameter", "tolerance")
    search_fields = ("tag__name", "tag__plc__code", "parameter__code")
    autocomplete_fields = ("tag", "parameter")
    list_select_related = ("tag", "parameter")
    rules = {"recipe_tag_tolerance": _("The difference is zero or more.")}


@admin.register(models.PlcHealth)
class PlcHealthAdmin(ReadOnlyAdmin):
    """How controllers are doing."""

    icon, place = "vital_signs", 70
    list_display = ("plc", "state", "last_ok_at", "polls", "errors", "backlog", "last_error")
    list_filter = ("state",)
    list_select_related = ("plc",)


class SubscriptionInline(MasterInline, TabularInline):
    """Which news goes through a channel."""

    model = models.Subscription
    autocomplete_fields = ("line",)
    extra = 0


@admin.register(models.Channel)
class ChannelAdmin(MasterAdmin):
    """Channels; their secrets are entered, and a test is sent, on their own pages."""

    group, icon, place = "system", "campaign", 30
    list_display = ("code", "name", "kind", "language", "enabled", "failures", "last_ok_at")
    list_filter = ("kind", "enabled")
    search_fields = ("code", "name")
    inlines = (SubscriptionInline,)
    rules = {
        "channel_webhook_has_address": _("A webhook and a gateway for text messages need an address."),
        "channel_sms_has_template": _("A gateway for text messages needs a request template."),
    }


@admin.register(models.Subscription)
class SubscriptionAdmin(MasterAdmin):
    """Who gets what."""

    group, icon, place = "system", "notifications_active", 31
    list_display = ("news", "weight", "line", "role", "channel", "active")
    list_filter = ("news", "channel", "active")
    search_fields = ("channel__code", "line__code")
    autocomplete_fields = ("line", "channel")
    list_select_related = ("line", "channel")


@admin.register(models.Message)
class MessageAdmin(ReadOnlyAdmin):
    """What went through the channels, or could not."""

    icon, place = "outgoing_mail", 75
    list_display = ("title", "channel", "person", "status", "attempts", "made_at", "sent_at", "last_error")
    list_filter = ("status", "channel")
    search_fields = ("title", "channel__code")
    list_select_related = ("channel", "person")
    ordering = ("-pk",)


@admin.register(models.OpenNetwork)
class OpenNetworkAdmin(MasterAdmin):
    """Networks inside the plant that connections may call."""

    group, icon, place = "system", "lan", 35
    list_display = ("network", "why", "active")
    list_filter = ("active",)
    search_fields = ("network", "why")


class CodeMapEntryInline(MasterInline, TabularInline):
    """The codes of a list."""

    model = models.CodeMapEntry
    extra = 0


@admin.register(models.CodeMap)
class CodeMapAdmin(MasterAdmin):
    """Lists that translate codes and units of other systems."""

    group, icon, place = "system", "translate", 36
    list_display = ("code", "name")
    search_fields = ("code", "name")
    inlines = (CodeMapEntryInline,)
    rules = {"code_map_factor_above_zero": _("A factor is above zero.")}
