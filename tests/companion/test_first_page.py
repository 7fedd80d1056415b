from django.urls import reverse


def test_the_owner_comes_to_her_own_record(as_ada, record):
    response = as_ada.get("/", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == reverse("today", args=[record.pk])
    assert "Ada" in response.text


def test_a_stranger_does_not_learn_that_there_is_a_record(as_dana, record):
    assert as_dana.get(reverse("today", args=[record.pk])).status_code == 404


def test_who_is_not_signed_in_is_asked_to_sign_in(client, record):
    response = client.get(reverse("today", args=[record.pk]))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
