"""A picture is kept without what the camera wrote into it, and shown to its owner alone."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.companion.pages.making import stored

pytestmark = pytest.mark.django_db
WHEN = {"time_day": "2026-03-01", "time_clock": "09:00", "time_known": "day"}


def picture(name: str = "skin.png") -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "salmon").save(stream, "PNG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/png")


def test_a_photo_is_kept_and_shown(as_ada, as_dana, record):
    address = reverse("add", args=[record.pk, "photo"])
    assert as_ada.post(address, {"picture": picture(), "site": "left arm", **WHEN}).status_code == 302
    (photo,) = stored(record)
    assert (photo["kind"], photo["site"]) == ("photo", "left arm")
    page = as_ada.get(reverse("fact", args=[record.pk, photo["id"]])).text
    shown = reverse("picture", args=[record.pk, photo["sha256"]])
    assert shown in page
    assert as_ada.get(shown)["Content-Type"] == "image/jpeg"
    assert as_dana.get(shown).status_code == 404


def test_what_is_no_picture_is_said_beside_the_question(as_ada, record):
    upload = SimpleUploadedFile("skin.png", b"<script>alert(1)</script>")
    answer = as_ada.post(reverse("add", args=[record.pk, "photo"]), {"picture": upload, **WHEN})
    assert answer.status_code == 422
    assert "This file is no picture" in answer.text
