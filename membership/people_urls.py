"""Entering and correcting people, below ``g/<group_code>/people/`` beside the register's own addresses."""

from django.urls import URLPattern, path

from membership.views import admission, households, people

urlpatterns: list[URLPattern] = [
    path("new/", people.member_new, name="new"),
    path("applicants/", admission.applicants, name="applicants"),
    path("application.pdf", admission.blank_application, name="application-blank"),
    path("<int:number>/application.pdf", admission.application, name="application-pdf"),
    path("<int:number>/apply-again/", admission.again, name="apply-again"),
    path("<int:number>/of-age/", admission.of_age, name="of-age"),
    path("<int:number>/household/", households.move, name="move"),
    path("<int:number>/edit/", people.member_edit, name="edit"),
]
