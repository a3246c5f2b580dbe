"""Addresses of `meetings`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern, path

from meetings.views import closing, corrections, counts, meetings, payments, rows

app_name = "meetings"

urlpatterns: list[URLPattern] = [
    path("", meetings.meetings, name="list"),
    path("open/", meetings.open_meeting, name="open"),
    path("<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("<int:meeting_id>/sheet/", meetings.sheet, name="sheet"),
    path("<int:meeting_id>/rows/<int:number>/", rows.row, name="row"),
    path("<int:meeting_id>/changes/", rows.changes, name="changes"),
    path("<int:meeting_id>/rest/", rows.rest_as_pledged, name="rest-as-pledged"),
    path("<int:meeting_id>/households/<int:number>/", rows.household, name="household"),
    path("<int:meeting_id>/jump/", rows.jump, name="jump"),
    path("<int:meeting_id>/payments/", payments.payments, name="payments"),
    path("<int:meeting_id>/payments/<int:line_id>/approve/", payments.approve, name="payment-approve"),
    path("<int:meeting_id>/payments/<int:line_id>/ask/", payments.ask, name="payment-ask"),
    path("<int:meeting_id>/payments/<int:line_id>/cancel/", payments.cancel, name="payment-cancel"),
    path("<int:meeting_id>/count/", counts.count, name="count"),
    path("<int:meeting_id>/count/begin/", counts.begin, name="count-begin"),
    path("<int:meeting_id>/count/resume/", counts.resume, name="count-resume"),
    path("<int:meeting_id>/count/reason/", counts.reason, name="count-reason"),
    path("<int:meeting_id>/detail/", closing.detail, name="detail"),
    path("<int:meeting_id>/close/", closing.close, name="close"),
    path("<int:meeting_id>/close/ask/", closing.ask, name="close-ask"),
    path("receipts/<int:n>/correct/", corrections.correct, name="correct"),
    path("receipts/<int:n>/correct/<int:correction_id>/apply/", corrections.apply, name="correct-apply"),
    path("receipts/<int:n>/correct/<int:correction_id>/ask/", corrections.ask, name="correct-ask"),
]
