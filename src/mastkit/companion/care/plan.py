"""The person's own emergency plan, as the emergency mode reads it. Nothing is added to it."""

from typing import Any

from mastkit.companion.pages.emergency import emergency
from mastkit.followup.reaction import plan_of
from mastkit.record.record import Record


def emergency_plan(record: Record, zone: str) -> dict[str, Any]:
    """Return the plan that holds now, the people to call, and the pens; no steps where there is no plan."""
    page = emergency(record, zone)
    plan = plan_of(record)
    return {
        "steps": list(page.steps),
        "written_by": page.written_by,
        "written": page.written,
        "number": (plan.emergency_number or "") if plan is not None else "",
        "second_dose_after_minutes": plan.second_dose_after_minutes if plan is not None else None,
        "calls": [{"name": call.name, "role": call.role, "phone": call.phone} for call in page.calls],
        "injectors": [", ".join(part for part in (line.title, line.detail) if part) for line in page.injectors],
    }
