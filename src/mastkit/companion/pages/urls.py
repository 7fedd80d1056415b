"""The addresses of the pages."""

from django.urls import include, path

from mastkit.companion.pages.views import checking_in, diary, entering, moving, reading, setting, shell

_record = [
    path("", diary.today, name="today"),
    path("picks", diary.picks, name="picks"),
    path("emergency", diary.emergency, name="emergency"),
    path("more", diary.more, name="more"),
    path("checkin", checking_in.checkin, name="checkin"),
    path("timeline", reading.timeline, name="timeline"),
    path("tests", reading.tests, name="tests"),
    path("record", reading.record, name="record"),
    path("condition", reading.condition, name="condition"),
    path("due", reading.due, name="due"),
    path("settings", setting.settings, name="settings"),
    path("add", entering.add_list, name="add_list"),
    path("add/<slug:slug>", entering.add, name="add"),
    path("edit/<uuid:fact_id>", entering.edit, name="edit"),
    path("facts/<uuid:fact_id>", entering.fact, name="fact"),
    path("facts/<uuid:fact_id>/withdraw", entering.withdraw, name="withdraw"),
    path("facts/<uuid:fact_id>/put-back", entering.put_back, name="put_back"),
    path("data", moving.data, name="data"),
    path("data/import", moving.preview, name="import_preview"),
    path("data/export", moving.export, name="export"),
    path("data/archive", moving.archive, name="archive"),
]

urlpatterns = [
    path("", diary.home, name="home"),
    path("log", shell.log, name="log"),
    path("sw.js", shell.service_worker, name="service_worker"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("people/<uuid:person_id>/", include(_record)),
]
