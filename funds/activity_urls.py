"""Addresses of the activities, below `money/`."""

from django.urls import URLPattern, path

from funds.views import activities, activity_acts, activity_goods, activity_lists, activity_years

urlpatterns: list[URLPattern] = [
    path("money/activities/", activities.activities, name="activities"),
    path("money/activities/start/", activities.start, name="activity-start"),
    path("money/activities/<int:activity_id>/", activities.activity, name="activity"),
    path("money/activities/<int:activity_id>/change/", activities.change, name="activity-change"),
    path("money/activities/<int:activity_id>/goods/", activity_goods.goods, name="activity-goods"),
    path("money/activities/<int:activity_id>/goods/new/", activity_goods.new, name="good-new"),
    path("money/activities/<int:activity_id>/goods/<int:good_id>/", activity_goods.price, name="good-price"),
    path("money/activities/<int:activity_id>/terms/", activity_goods.terms, name="activity-terms"),
    path("money/activities/<int:activity_id>/loans/", activity_lists.loans, name="kind-loans"),
    path("money/activities/<int:activity_id>/year/", activity_years.year, name="activity-year"),
    path("money/activities/<int:activity_id>/year/paper.pdf", activity_years.paper, name="activity-year-paper"),
    path("money/activities/<int:activity_id>/do/<slug:deed>/", activity_acts.new, name="act-new"),
    path("money/activities/<int:activity_id>/acts/", activity_lists.acts, name="activity-acts"),
    path("money/activities/<int:activity_id>/acts/<int:act_id>/", activity_acts.act, name="act"),
    path("money/activities/<int:activity_id>/acts/<int:act_id>/approve/", activity_acts.approve, name="act-approve"),
    path("money/activities/<int:activity_id>/acts/<int:act_id>/ask/", activity_acts.ask, name="act-ask"),
    path("money/activities/<int:activity_id>/acts/<int:act_id>/cancel/", activity_acts.cancel, name="act-cancel"),
    path("money/activities/<int:activity_id>/acts/<int:act_id>/undo/", activity_acts.undo, name="act-undo"),
    path("money/activities/<int:activity_id>/acts/<int:act_id>/slip.pdf", activity_acts.slip, name="act-slip"),
]
