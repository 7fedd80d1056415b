"""The addresses of the pages."""

from django.urls import path

from mastkit.companion.pages import views

urlpatterns = [
    path("", views.home, name="home"),
    path("people/<uuid:person_id>/", views.today, name="today"),
]
