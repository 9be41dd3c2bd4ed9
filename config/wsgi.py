"""Pages and API: a WSGI application with persistent database connections, and the product's own files."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_wsgi_application()
# Only importable once the line above has set Django up.
application = import_string("plant.web.static.with_files")(pages)
# What is loaded now stays. Looking through it for garbage again and again would hold up whoever waits for an answer.
get_resolver().url_patterns  # noqa: B018 (every page is loaded)
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 10)
# A hold that spreads over thousands of lots keeps its thread busy; a scan beside it waits that long for its turn.
sys.setswitchinterval(0.0005)
