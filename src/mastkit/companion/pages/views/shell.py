"""What makes the logger work without a network: its page, the service worker, the description of the app."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from mastkit.companion.care.countries import emergency_content
from mastkit.companion.people.access import public_view

STATIC = Path(__file__).resolve().parents[2] / "static" / "companion"
_KEPT = ("css/*.css", "js/*.js", "img/icons.svg", "img/icon.svg", "vendor/modern-normalize/*.css")
# In the order in which they need each other.
_WORKBOX = ("core", "routing", "strategies", "precaching")


@public_view
def log(request: HttpRequest) -> HttpResponse:
    """Show the logger alone. It holds nothing of a record: the browser fills in what it keeps itself."""
    return render(request, "companion/log.html")


def kept_content(name: str) -> dict[str, object]:
    """Return what a kept page is made of; nothing of a record."""
    return emergency_content() if name == "emergency_mode" else {}


@public_view
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the browser the program that keeps the logger ready."""
    shell, emergency = reverse("log"), reverse("emergency_mode")
    pages = ((shell, "log"), (emergency, "emergency_mode"))
    kept: list[dict[str, str | None]] = [{"url": url, "revision": _revision(request, name)} for url, name in pages]
    content = {
        "libraries": [static(f"companion/vendor/workbox/workbox-{name}.prod.js") for name in _WORKBOX],
        "shell": shell,
        "emergency": emergency,
        "kept": json.dumps([*kept, *_static_files()], indent=2),
    }
    program = render_to_string("companion/sw.js", content)
    response = HttpResponse(program, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@public_view
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the app to the phone: its name, its icons, and the shortcuts of its icon."""
    shortcut_icon = [{"src": static("companion/img/icon-192.png"), "sizes": "192x192", "type": "image/png"}]
    content = {
        "id": "/",
        "name": _("mastkit: my record"),
        "short_name": "mastkit",
        "description": _("Log a flare, keep the record."),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf6ef",
        "theme_color": "#faf6ef",
        "icons": [
            {"src": static(f"companion/img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png",
             "purpose": purpose}
            for size in (192, 512)
            for purpose in ("any", "maskable")
        ],
        "shortcuts": [
            {"name": _("Flare now"), "url": reverse("log") + "?now=flare", "icons": shortcut_icon},
            {"name": _("Log something"), "url": reverse("log"), "icons": shortcut_icon},
        ],
    }  # fmt: skip
    return JsonResponse(content, content_type="application/manifest+json")


def _revision(request: HttpRequest, name: str) -> str:
    """Return a name of a kept page's content, so that a changed one is fetched anew."""
    page = render_to_string(f"companion/{name}.html", kept_content(name), request=request)
    return hashlib.sha256(page.encode()).hexdigest()[:20]


def _static_files() -> list[dict[str, str | None]]:
    return [{"url": static(name), "revision": revision} for name, revision in _names()]


@cache
def _names() -> tuple[tuple[str, str], ...]:
    found = sorted(path for pattern in _KEPT for path in STATIC.glob(pattern))
    return tuple(
        (f"companion/{path.relative_to(STATIC).as_posix()}", hashlib.sha256(path.read_bytes()).hexdigest()[:20])
        for path in found
    )
