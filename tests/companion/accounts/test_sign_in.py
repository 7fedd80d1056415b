import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from mastkit.companion.audit.models import Act
from tests.companion.conftest import PASSWORD, account, signed_in

pytestmark = pytest.mark.django_db


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sign_in(client: Client, password: str = PASSWORD, name: str = "ada"):
    return client.post(reverse("account_login"), {"login": name, "password": password})


def with_one_time_codes(user: User) -> tuple[str, list[str]]:
    """Switch on one-time codes as a person does; return their secret and the recovery codes."""
    client = Client()
    sign_in(client)
    confirm_password(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    response = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert response.status_code == 302
    codes = client.get(response["Location"]).context["unused_codes"]
    return secret, list(codes)


def confirm_password(client: Client) -> None:
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def test_name_and_password_sign_in(client: Client, ada: User) -> None:
    assert sign_in(client).status_code == 302
    assert client.get("/").status_code == 200


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client: Client, ada: User) -> None:
    wrong, unknown = sign_in(client, "wrong"), sign_in(client, "wrong", "nobody")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_guessing_is_slowed_down_after_a_few_attempts(client: Client, ada: User) -> None:
    for _ in range(10):
        sign_in(client, "wrong")
    assert sign_in(client).status_code != 302  # the right password, too late
    assert client.get("/").status_code == 302


def test_one_time_codes_are_asked_for_once_they_are_on(client: Client, ada: User) -> None:
    secret, _ = with_one_time_codes(ada)
    response = sign_in(client)
    assert response["Location"] == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    ago = Authenticator.objects.get(user=ada, type=Authenticator.Type.TOTP)
    assert ago.data["secret"] != secret  # encrypted in the database
    from django.core.cache import cache

    cache.clear()  # a code is good for one sign-in; switching on has used the one of this half minute
    assert client.post(reverse("mfa_authenticate"), {"code": code_now(secret)}).status_code == 302
    assert client.get("/").status_code == 200


def test_a_recovery_code_lets_in_once(client: Client, ada: User) -> None:
    _, codes = with_one_time_codes(ada)
    assert len(codes) == 10
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert client.get("/").status_code == 200
    other = Client()
    sign_in(other)
    assert other.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200
    assert other.get("/").status_code == 302


def test_switching_on_a_second_factor_asks_for_the_password_again(ada: User) -> None:
    client = signed_in(ada)
    response = client.get(reverse("mfa_activate_totp"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_reauthenticate"))


def test_a_passkey_can_be_added_and_offers_to_sign_in(ada: User) -> None:
    client = Client()
    sign_in(client)
    confirm_password(client)
    page = client.get(reverse("mfa_add_webauthn"))
    assert page.status_code == 200
    assert re.search(r"challenge", page.text)
    assert (
        "challenge"
        in Client().get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"}).text
    )


def test_signing_out_ends_the_session(as_ada: Client) -> None:
    as_ada.post(reverse("account_logout"))
    assert as_ada.get("/").status_code == 302


def test_an_account_that_was_closed_sees_nothing(ada: User, as_ada: Client, record) -> None:
    ada.is_active = False
    ada.save()
    assert as_ada.get(reverse("today", args=[record.pk])).status_code == 302


def test_a_new_password_ends_the_other_sessions(ada: User) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    confirm_password(here)
    new = "quite another password"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), form).status_code == 302
    assert elsewhere.get("/").status_code == 302


def test_ben_has_an_account_of_his_own(ada: User) -> None:
    ben = account("ben")
    assert signed_in(ben).get("/").status_code == 200


@pytest.mark.parametrize("page", ["export", "archive"])
def test_taking_the_whole_record_out_asks_for_the_password_again_and_is_noted(ada: User, record, page: str) -> None:
    client = Client()
    sign_in(client)
    address = reverse(page, args=[record.pk])
    first = client.get(address)
    assert first.status_code == 302
    assert first["Location"].startswith(reverse("account_reauthenticate"))
    assert not Act.objects.filter(action="exported").exists()
    confirm_password(client)
    assert client.get(address).status_code == 200
    assert Act.objects.filter(action="exported", actor=ada, person=record).count() == 1
