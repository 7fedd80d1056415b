"""The addresses of the pages."""

from django.urls import include, path

from mastkit.companion.pages.views import diary, shell

_record = [
    path("", diary.today, name="today"),
    path("picks", diary.picks, name="picks"),
    path("emergency", diary.emergency, name="emergency"),
    path("more", diary.more, name="more"),
]

urlpatterns = [
    path("", diary.home, name="home"),
    path("log", shell.log, name="log"),
    path("sw.js", shell.service_worker, name="service_worker"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("people/<uuid:person_id>/", include(_record)),
]
