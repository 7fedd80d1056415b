"""Photos: checked, made anew from their pixels, and kept in the encrypted store.

A camera writes place, time and its own number into a picture; none of that is kept. Whatever else a file may
carry besides the picture is gone as well, because only the pixels are taken over.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from mastkit.companion.people.models import Person
from mastkit.companion.store.models import Picture

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 2_560
"""Pixels of the longer side that are kept: enough to see a single spot of skin."""
MOST_PIXELS = 80_000_000
QUALITY = 88


class NoPicture(ValueError):  # noqa: N818 - the message is for the person
    """The file is no picture that can be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """What the photo fact says of its picture."""

    file: str
    media_type: str
    sha256: str
    taken: datetime | None
    """What the camera's clock showed, without a zone; offered as the date and not kept otherwise."""


def keep_picture(person: Person, upload: Any, actor: User | None) -> KeptPicture:
    """Check a picture, make it anew and keep it; the same picture is kept once.

    ``upload`` is a file open for reading bytes, such as a form gives. Raises `NoPicture`.
    """
    image, taken = _pixels(upload)
    content = _encoded(image)
    sha256 = hashlib.sha256(content).hexdigest()
    _keep(person, content, sha256, image.size, actor)
    return KeptPicture(f"photos/{sha256}.jpg", "image/jpeg", sha256, taken)


def take_picture(person: Person, content: bytes, sha256: str, actor: User | None) -> None:
    """Keep a picture that an archive brought, byte for byte, so that its fact still fits it.

    Raises `NoPicture` where it is not the picture of that checksum, or not one that `keep_picture` has made.
    """
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NoPicture(_("This picture was changed; expected the one of its checksum."))
    image, taken = _pixels(io.BytesIO(content))
    with Image.open(io.BytesIO(content)) as opened:
        bare = opened.format == "JPEG" and not set(opened.info) - {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }
    if not bare or taken is not None:
        raise NoPicture(_("This picture carries more than its pixels; expected one that was exported from here."))
    _keep(person, content, sha256, image.size, actor)


def _keep(person: Person, content: bytes, sha256: str, size: tuple[int, int], actor: User | None) -> None:
    with transaction.atomic(), scope(person=person):
        # The person's row is the lock, as it is when facts are added.
        Person.objects.select_for_update().get(pk=person.pk)
        if not Picture.objects.filter(sha256=sha256).exists():
            Picture.objects.create(
                person=person,
                sha256=sha256,
                media_type="image/jpeg",
                content=content,
                width=size[0],
                height=size[1],
                received_at=timezone.now(),
                received_from=actor,
            )


def picture(person: Person, sha256: str) -> Picture | None:
    """Return a picture of a person's record."""
    with scope(person=person):
        found: Picture | None = Picture.objects.filter(sha256=sha256).first()
        return found


def _pixels(upload: Any) -> tuple[Image.Image, datetime | None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(upload, formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise NoPicture(_("This picture is too large; expected no more than 80 million pixels."))
            taken = _taken(image)
            image = ImageOps.exif_transpose(image)
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return image.convert("RGB"), taken
    except UnidentifiedImageError:
        raise NoPicture(_("This file is no picture; expected a JPEG, PNG or WebP file.")) from None
    except (
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        # Broken files make the decoders raise all of these.
        if isinstance(error, NoPicture):
            raise
        raise NoPicture(
            _("This picture is damaged or far too large; expected a whole JPEG, PNG or WebP file.")
        ) from None


def _encoded(image: Image.Image) -> bytes:
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    stream = io.BytesIO()
    clean.save(stream, "JPEG", quality=QUALITY, optimize=True)
    return stream.getvalue()


def _taken(image: Image.Image) -> datetime | None:
    exif = image.getexif()
    details = exif.get_ifd(ExifTags.IFD.Exif)
    text = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    try:
        return datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - a camera knows no zone
    except ValueError:
        return None
