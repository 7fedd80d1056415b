"""The addresses of sharing."""

from django.urls import include, path

from mastkit.companion.sharing import views

_record = [
    path("sharing", views.sharing, name="sharing"),
    path("sharing/invite/<slug:role>", views.invite, name="invite"),
    path("sharing/grants/<uuid:grant_id>/end", views.end_grant, name="end_grant"),
    path("sharing/leave", views.leave, name="leave"),
    path("sharing/links/new", views.make_link, name="make_link"),
    path("sharing/links/<uuid:link_id>/code", views.new_code, name="new_code"),
    path("sharing/links/<uuid:link_id>/end", views.end_link, name="end_link"),
    path("sharing/log", views.access_log, name="access_log"),
    path("news", views.news, name="news"),
]

urlpatterns = [
    path("people/<uuid:person_id>/", include(_record)),
    path("invitations/<str:token>", views.invitation, name="invitation"),
    path("shared/<str:token>", views.shared_link, name="shared_link"),
]
