"""The task workers of the plant."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("zhizao")
app.config_from_object("django.conf:settings", namespace="CELERY")
EDGES = ["integrations.plc", "integrations.notify", "integrations.links", "integrations.webhooks",
         "integrations.imports"]
app.autodiscover_tasks(["plant", "traceability", "qms", "spc", "mes", *EDGES])
