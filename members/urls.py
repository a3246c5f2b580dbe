"""Addresses of the door and of one's own data, at the root; slips (`membership`) add theirs to the same name."""

from django.urls import URLPattern, path

from members.views import cosign, door, history, profile

app_name = "members"

urlpatterns: list[URLPattern] = [
    path("", door.landing, name="landing"),
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-in/code/", door.sign_in_code, name="sign-in-code"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("language/", door.language, name="language"),
    path("resume/", door.resume, name="resume"),
    path("profile/", profile.show, name="profile"),
    path("profile/password/", profile.password, name="password"),
    path("profile/devices/", profile.devices, name="devices"),
    path("profile/authenticator/", profile.authenticator, name="authenticator"),
    path("profile/seen-by/", profile.seen_by, name="seen-by"),
    path("profile/changes/", history.my_changes, name="changes"),
    path("sign/", cosign.waiting, name="cosign-list"),
    path("sign/<uuid:signature_uuid>/", cosign.signing, name="cosign"),
    path("sign/<uuid:signature_uuid>/state/", cosign.state, name="cosign-state"),
]
