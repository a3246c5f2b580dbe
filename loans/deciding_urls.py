"""Addresses of decisions, contracts, payouts and the papers of a loan."""

from django.urls import path

from loans.views import committee, contracts, papers, payouts

urlpatterns = [
    path("committee/", committee.committee, name="committee"),
    path("committee/<int:application_id>/", committee.decide, name="decide"),
    path("committee/<int:application_id>/rank/", committee.rank, name="rank"),
    path("committee/resolutions/<int:resolution_id>/", committee.resolved, name="resolved"),
    path("applications/<int:application_id>/contract/", contracts.contract_new, name="contract-new"),
    path("applications/blank.pdf", papers.blank_application, name="paper-blank"),
    path("applications/<int:application_id>/paper.pdf", papers.application, name="paper-application"),
    path("<int:contract_id>/contract/", contracts.contract, name="contract"),
    path("<int:contract_id>/contract.pdf", papers.contract, name="paper-contract"),
    path("<int:contract_id>/guarantees.pdf", papers.guarantees, name="paper-guarantees"),
    path("<int:contract_id>/consent.pdf", papers.consent, name="paper-consent"),
    path("<int:contract_id>/schedule.pdf", papers.schedule, name="paper-schedule"),
    path("<int:contract_id>/card.pdf", papers.card, name="paper-card"),
    path("<int:contract_id>/payout/", payouts.payout, name="payout"),
]
