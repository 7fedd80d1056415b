import io
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_scopes import scope
from PIL import ExifTags, Image

from mastkit.companion.store.models import Picture
from mastkit.companion.store.pictures import LONGEST_SIDE, NoPicture, keep_picture, picture

pytestmark = pytest.mark.django_db


def upload(size=(64, 48), form="JPEG", colour=(200, 30, 40), exif: Image.Exif | None = None) -> SimpleUploadedFile:
    stream = io.BytesIO()
    more = {"exif": exif} if exif is not None else {}
    Image.new("RGB", size, colour).save(stream, form, **more)
    return SimpleUploadedFile("skin.jpg", stream.getvalue())


def from_a_camera() -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Revealing Camera"
    exif[ExifTags.Base.Orientation] = 6  # turned by a quarter
    exif[ExifTags.Base.DateTime] = "2026:03:12 13:14:15"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    return upload(exif=exif)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_and_kept(record, ada, form) -> None:
    kept = keep_picture(record, upload(form=form), ada)
    found = picture(record, kept.sha256)
    assert found is not None
    assert (found.width, found.height, found.media_type) == (64, 48, "image/jpeg")
    assert kept.file == f"photos/{kept.sha256}.jpg"
    assert Image.open(io.BytesIO(bytes(found.content))).format == "JPEG"


def test_what_the_camera_wrote_is_gone_and_the_picture_stands_upright(record, ada) -> None:
    kept = keep_picture(record, from_a_camera(), ada)
    assert kept.taken is not None
    assert kept.taken.isoformat() == "2026-03-12T13:14:15"
    found = picture(record, kept.sha256)
    assert found is not None
    content = bytes(found.content)
    assert b"Revealing" not in content
    assert b"Exif" not in content
    assert (found.width, found.height) == (48, 64)


def test_a_large_picture_is_made_smaller(record, ada) -> None:
    kept = keep_picture(record, upload((6_000, 3_000)), ada)
    found = picture(record, kept.sha256)
    assert found is not None
    assert (found.width, found.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_the_same_picture_is_kept_once(record, ada) -> None:
    assert keep_picture(record, upload(), ada).sha256 == keep_picture(record, upload(), ada).sha256
    with scope(person=record):
        assert Picture.objects.count() == 1


def zipped() -> bytes:
    return b"PK\x03\x04" + os.urandom(200)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xff\xd8\xff\xe0 not really",
        b"GIF89a",
        upload().read()[:200],
        zipped(),
        b"%PDF-1.7",
    ],
)
def test_what_is_no_whole_picture_is_refused_with_a_sentence(record, ada, content) -> None:
    with pytest.raises(NoPicture, match=r"expected .*\.$"):
        keep_picture(record, SimpleUploadedFile("x.jpg", content), ada)


def test_a_picture_that_unpacks_to_far_too_much_is_refused(record, ada) -> None:
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, "PNG")
    assert len(stream.getvalue()) < 200_000
    with pytest.raises(NoPicture):
        keep_picture(record, SimpleUploadedFile("bomb.png", stream.getvalue()), ada)


def test_the_owner_sees_it_and_a_stranger_does_not(record, ada, as_ada, as_dana, client) -> None:
    kept = keep_picture(record, upload(), ada)
    address = reverse("picture", args=[record.pk, kept.sha256])
    response = as_ada.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert as_dana.get(address).status_code == 404
    assert client.get(address).status_code == 302
