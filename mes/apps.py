"""What is being made now."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MesConfig(AppConfig):
    name = "mes"
    verbose_name = _("Production")

    def ready(self) -> None:
        """Register what lower rooms ask of this one, in every process."""
        import_module("mes.reworking")
        import_module("mes.returning")
        import_module("mes.queries.units")
        import_module("mes.queries.gauge_uses")
        import_module("mes.queries.starts")
        import_module("mes.queries.shared")
        import_module("mes.queries.anomalous")
        import_module("mes.queries.archiving")
        import_module("mes.queries.golden_lines")
        import_module("mes.queries.instructions")
        import_module("mes.queries.data_values")
        import_module("mes.queries.operator_checks")
        import_module("mes.commands.plan_checks")
        import_module("mes.commands.data_corrections")
        import_module("mes.commands.alarm_stops")
        import_module("mes.commands.andon")
        import_module("mes.commands.maintenance_plans")
        import_module("mes.commands.tools")
