"""The record taken out: complete, documented, and readable without this program."""

import io
import zipfile

import orjson
from django.contrib.auth.models import User

from mastkit.companion.people.models import Person
from mastkit.companion.reminders.outgoing import choice_as_data
from mastkit.companion.store.models import Picture
from mastkit.companion.store.reading import load, unreadable
from mastkit.record.files import dump_record

RECORD = "record.json"
REMINDERS = "reminders.json"


def record_file(person: Person) -> bytes:
    """Return the whole record as a record file, every fact with its corrections.

    A fact that a later version of the program wrote is put in as it stands: nothing is left behind.
    """
    content = dump_record(load(person))
    strange = unreadable(person)
    if not strange:
        return content
    document = orjson.loads(content)
    document["facts"] += [orjson.loads(body) for body in strange]
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def archive(person: Person, user: User | None = None) -> bytes:
    """Return a zip file with the record file, the pictures of its photos, and the reminders that a user chose.

    The scope of the person must be active, as it is in a view of the record.
    """
    stream = io.BytesIO()  # in memory: a temporary file would lie in clear on the disk
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(RECORD, record_file(person))
        if user is not None and (reminders := choice_as_data(user, person)) is not None:
            packed.writestr(REMINDERS, orjson.dumps(reminders, option=orjson.OPT_INDENT_2))
        for kept in Picture.objects.order_by("sha256").iterator(chunk_size=1):
            packed.writestr(zipfile.ZipInfo(f"photos/{kept.sha256}.jpg"), bytes(kept.content))
    return stream.getvalue()
