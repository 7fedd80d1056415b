import pytest
from django.urls import reverse

from mastkit.companion.pages.forms.table import fact_forms


@pytest.mark.parametrize("slug", list(fact_forms()))
def test_a_form_opens_and_asks_each_of_its_questions(slug, as_ada, record):
    response = as_ada.get(reverse("add", args=[record.pk, slug]))
    assert response.status_code == 200
    for ask in fact_forms()[slug].asks:
        assert f'name="{ask.name}' in response.text


def test_there_is_no_form_of_another_name(as_ada, record):
    assert as_ada.get(reverse("add", args=[record.pk, "nothing"])).status_code == 404
