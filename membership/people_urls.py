"""Entering and correcting people, below ``g/<group_code>/people/`` beside the register's own addresses."""

from django.urls import URLPattern, path

from membership.views import people

urlpatterns: list[URLPattern] = [
    path("new/", people.member_new, name="new"),
    path("<int:number>/edit/", people.member_edit, name="edit"),
]
