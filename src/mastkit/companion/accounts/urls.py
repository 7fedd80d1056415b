"""The addresses of accounts: those of allauth that the companion uses, by their own names, and one-time links."""

from allauth.account import views as account
from django.urls import include, path

from mastkit.companion.accounts import views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    # Sign-up is closed by the adapter; allauth's pages refer to the name.
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("link/<str:token>/", views.one_time_link, name="one_time_link"),
]
