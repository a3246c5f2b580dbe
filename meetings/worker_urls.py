"""Addresses of the service worker: at the root, because a worker only serves what lies under its own address."""

from django.urls import path

from meetings.views import worker

app_name = "worker"

urlpatterns = [
    path("worker.js", worker.script, name="script"),
    path("offline/", worker.offline, name="offline"),
]
