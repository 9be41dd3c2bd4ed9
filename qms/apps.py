"""What quality decides."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QmsConfig(AppConfig):
    name = "qms"
    verbose_name = _("Quality")

    def ready(self) -> None:
        """Register what lower rooms ask of this one, in every process."""
        import_module("qms.incoming")
        import_module("qms.queries.impacts")
        import_module("qms.keeping")
        import_module("qms.publishing")
        import_module("qms.sensing")
        import_module("qms.replanning")
        import_module("qms.sourcing")
        import_module("qms.queries.starts")
        import_module("qms.queries.shared")
        import_module("qms.queries.anomalous")
        import_module("qms.queries.specification_lines")
