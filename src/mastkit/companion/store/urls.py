"""The address of pictures."""

from django.urls import path

from mastkit.companion.store import views

urlpatterns = [path("people/<uuid:person_id>/pictures/<str:sha256>", views.picture, name="picture")]
