"""The picture of a photo fact."""

from django.http import Http404, HttpResponse

from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.companion.people.sections import Section
from mastkit.companion.store.pictures import picture as find


@record_view(see=Section.PHOTOS)
def picture(request: SignedInRequest, opened: OpenRecord, sha256: str) -> HttpResponse:
    """Show a picture to who may see the photos of the record."""
    found = find(opened.person, sha256)
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["Content-Disposition"] = "inline"
    return response
