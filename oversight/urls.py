"""Addresses of the district office, below ``d/<district_code>/``."""

from django.urls import path

from oversight import views

app_name = "oversight"

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:group_code>/", views.group, name="group"),
]
