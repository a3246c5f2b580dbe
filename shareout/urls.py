"""Addresses of the year end, below ``g/<group_code>/year-end/``."""

from django.urls import path

from shareout.views import years

app_name = "shareout"

urlpatterns = [
    path("", years.home, name="home"),
    path("<int:year>/", years.year, name="year"),
    path("<int:year>/statements/", years.year_statements, name="statements"),
]
