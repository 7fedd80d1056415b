"""The addresses of care."""

from django.urls import include, path

from mastkit.companion.care.views import emergencies, erasing, flares, learning, papers, visits

_record = [
    path("emergency/plan", emergencies.emergency_plan, name="emergency_plan"),
    path("flares/<uuid:fact_id>", flares.flare, name="flare"),
    path("flares/<uuid:fact_id>/protocol", flares.protocol, name="protocol"),
    path("desk-card", flares.desk_card, name="desk_card"),
    path("appointments", visits.appointments, name="appointments"),
    path("appointments/prepare", visits.visit, name="visit"),
    path("appointments/questions", visits.keep_questions, name="keep_questions"),
    path("appointments/answers/<uuid:fact_id>", visits.answer, name="answer"),
    path("summary", visits.summary, name="summary"),
    path("referral", visits.referral, name="referral"),
    path("card", papers.card, name="card"),
    path("procedure", papers.procedure, name="procedure"),
    path("due/calendar", papers.calendar, name="calendar"),
    path("self-care", learning.self_care, name="self_care"),
    path("self-care/<slug:task>", learning.tick, name="tick"),
    path("learning", learning.learning, name="learning"),
    path("erase", erasing.erase, name="erase"),
    path("complications", learning.complications, name="complications"),
]

urlpatterns = [
    path("emergency", emergencies.emergency_mode, name="emergency_mode"),
    path("people/<uuid:person_id>/", include(_record)),
]
