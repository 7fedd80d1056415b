"""The addresses of reminders by e-mail."""

from django.urls import include, path

from mastkit.companion.reminders import views

_record = [
    path("reminders", views.reminders, name="reminders"),
    path("reminders/code", views.send_code, name="reminders_code"),
    path("reminders/confirm", views.confirm_address, name="reminders_confirm"),
    path("reminders/on", views.turn_on, name="reminders_on"),
    path("reminders/off", views.turn_off, name="reminders_off"),
    path("reminders/forget", views.forget_address, name="reminders_forget"),
]

urlpatterns = [
    path("reminders/stop/<str:token>", views.stop_reminders, name="stop_reminders"),
    path("people/<uuid:person_id>/", include(_record)),
]
