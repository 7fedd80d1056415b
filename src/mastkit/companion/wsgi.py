"""The application for a WSGI server; `mastkit serve` brings one of its own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mastkit.companion.settings")
application = get_wsgi_application()
