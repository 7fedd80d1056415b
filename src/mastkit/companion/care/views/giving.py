"""How a document is given: set into a page, or as a PDF to take along."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from mastkit.companion.people.access import OpenRecord, SignedInRequest
from mastkit.reports.document import Document
from mastkit.reports.pack import Person as ReportPerson
from mastkit.reports.render import as_pdf, html_blocks


def page(
    request: SignedInRequest, opened: OpenRecord, name: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Render a page of a record."""
    context = {"opened": opened, "person_id": opened.person.pk, **more}
    return render(request, f"companion/{name}.html", context, status=status)


def shown(document: Document) -> dict[str, Any]:
    """Return what the template of a document needs. The blocks were escaped where they were made."""
    return {"document": document, "blocks": mark_safe(html_blocks(document))}


def named(person: ReportPerson, opened: OpenRecord) -> ReportPerson:
    """Return who a document is about; the name of the record stands where the record itself says none."""
    return person if person.name else replace(person, name=opened.person.name)


def pdf(document: Document, name: str) -> HttpResponse:
    """Give a document as a PDF."""
    return file(as_pdf(document), "application/pdf", f"{name}.pdf")


def file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Give a file to keep."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def wants_pdf(request: SignedInRequest) -> bool:
    """Whether the document is asked for as a PDF."""
    return request.GET.get("as") == "pdf"
