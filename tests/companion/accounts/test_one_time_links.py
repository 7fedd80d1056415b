from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mastkit.companion.accounts.links import find_link, make_link, use_link
from mastkit.companion.accounts.models import OneTimeLink
from mastkit.companion.audit.models import Act
from mastkit.companion.people.models import Person
from tests.companion.conftest import PASSWORD

pytestmark = pytest.mark.django_db

PURPOSE = OneTimeLink.Purpose
FORM = {"username": "ada", "password": PASSWORD, "person": "Ada", "zone": "Europe/Berlin"}


def address(token: str) -> str:
    return reverse("one_time_link", args=[token])


def test_the_set_up_link_makes_the_account_and_the_record_and_signs_in(client: Client) -> None:
    token = make_link(PURPOSE.SET_UP)
    assert client.get(address(token)).status_code == 200
    response = client.post(address(token), FORM)
    assert response.status_code == 302
    person = Person.objects.get()
    assert (person.owner.username, person.name, person.zone) == ("ada", "Ada", "Europe/Berlin")
    assert client.get("/", follow=True).status_code == 200
    assert Act.objects.filter(action="set-up", person=person).exists()


def test_it_works_once_only(client: Client) -> None:
    token = make_link(PURPOSE.SET_UP)
    client.post(address(token), FORM)
    again = Client()
    assert again.get(address(token)).status_code == 410
    assert again.post(address(token), FORM | {"username": "mallory"}).status_code == 410
    assert User.objects.count() == 1


def test_two_at_the_same_moment_do_not_both_get_in() -> None:
    token = make_link(PURPOSE.SET_UP)
    first, second = find_link(token), find_link(token)
    assert first is not None
    assert second is not None
    assert use_link(first)
    assert not use_link(second)


def test_looking_at_the_page_does_not_use_it_up(client: Client) -> None:
    token = make_link(PURPOSE.SET_UP)
    for _ in range(3):
        assert client.get(address(token)).status_code == 200


def test_an_old_link_is_gone(client: Client) -> None:
    token = make_link(PURPOSE.SET_UP)
    OneTimeLink.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert client.get(address(token)).status_code == 410


def test_a_new_link_takes_the_place_of_the_one_before(client: Client) -> None:
    first, second = make_link(PURPOSE.SET_UP), make_link(PURPOSE.SET_UP)
    assert client.get(address(first)).status_code == 410
    assert client.get(address(second)).status_code == 200


def test_the_link_itself_is_not_in_the_store() -> None:
    token = make_link(PURPOSE.SET_UP)
    assert token not in str(list(OneTimeLink.objects.values_list()))


@pytest.mark.parametrize(
    ("mistake", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "1234567890"}, "password"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"username": "a b"}, "username"),
        ({"person": ""}, "person"),
    ],
)
def test_a_form_with_a_mistake_is_shown_again_and_the_link_still_works(client: Client, mistake, field) -> None:
    token = make_link(PURPOSE.SET_UP)
    response = client.post(address(token), FORM | mistake)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert client.post(address(token), FORM).status_code == 302


def test_a_lost_account_gets_a_new_password_and_loses_the_second_factor(client: Client, ada: User) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(ada)
    token = make_link(PURPOSE.SIGN_IN, ada)
    assert client.post(address(token), {"password": "another good long one"}).status_code == 302
    assert not Authenticator.objects.filter(user=ada).exists()
    ada.refresh_from_db()
    assert ada.check_password("another good long one")
    assert Act.objects.filter(action="account-recovered").exists()


def test_nobody_signs_up_alone(client: Client) -> None:
    form = {"username": "mallory", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(reverse("account_signup"), form)
    assert "sessionid" not in response.cookies
    assert not User.objects.exists()
