"""Pages and API: a WSGI application with persistent database connections, and the product's own files."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_wsgi_application()
# Only importable once the line above has set Django up.
application = import_string("plant.web.static.with_files")(pages)
