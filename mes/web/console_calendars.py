"""The console's pages for calendars: shifts with breaks, holidays and overtime, and the lines that follow them."""

from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from mes import models
from mes.models.calendar import WEEKDAYS
from plant.web.console import MasterAdmin, MasterInline


class BreakInline(MasterInline, TabularInline):
    """The breaks of a shift."""

    model = models.ShiftBreak
    extra = 0


class WorkCalendarAdmin(MasterAdmin):
    """Calendars that lines follow."""

    group, icon, place = "making", "calendar_month", 60
    journal_name = "calendar"
    list_display = ("code", "name", "name_zh", "minor_stop_minutes", "active")
    list_filter = ("active",)
    search_fields = ("code", "name", "name_zh")


class CalendarShiftAdmin(MasterAdmin):
    """Shifts of the week, with their breaks."""

    group, icon, place = "making", "schedule", 61
    journal_name = "calendarshift"
    list_display = ("calendar", "name", "starts", "minutes", *WEEKDAYS)
    list_display_links = ("name",)
    search_fields = ("name", "name_zh", "calendar__code")
    autocomplete_fields = ("calendar",)
    list_select_related = ("calendar",)
    inlines = (BreakInline,)
    rules = {"calendar_shift_length": _("A shift lasts from one minute to a day.")}


class CalendarExceptionAdmin(MasterAdmin):
    """Holidays and overtime."""

    group, icon, place = "making", "event_busy", 62
    journal_name = "calendarday"
    list_display = ("calendar", "day", "kind", "name", "starts", "minutes")
    list_display_links = ("day", "name")
    list_filter = ("kind",)
    search_fields = ("name", "name_zh", "calendar__code")
    autocomplete_fields = ("calendar",)
    list_select_related = ("calendar",)
    rules = {
        "calendar_holiday_once": _("This day is a holiday of the calendar already."),
        "calendar_overtime_has_times": _("Overtime needs a beginning and a length; a holiday has neither."),
    }


class LineCalendarAdmin(MasterAdmin):
    """Which line follows which calendar."""

    group, icon, place = "making", "edit_calendar", 63
    journal_name = "linecalendar"
    list_display = ("line", "calendar", "from_day", "to_day")
    search_fields = ("line__code", "calendar__code")
    autocomplete_fields = ("line", "calendar")
    list_select_related = ("line", "calendar")
    rules = {
        "line_calendar_ends_later": _("The last day is before the first."),
        "line_calendar_one_at_a_time": _("The line follows another calendar on these days. End that one first."),
    }
