"""The addresses of the program in the page."""

from django.urls import path

from mastkit.companion.sync import views

urlpatterns = [
    path("session", views.session, name="api_session"),
    path("people/<uuid:person_id>/facts", views.facts, name="api_facts"),
]
