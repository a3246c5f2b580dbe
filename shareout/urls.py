"""Addresses of the year end, below ``g/<group_code>/year-end/``."""

from django.urls import path

from shareout.views import adopting, comparing, explanation, findings, paying, payments, policies, share_outs, years

app_name = "shareout"

urlpatterns = [
    path("", years.home, name="home"),
    path("<int:year>/", years.year, name="year"),
    path("<int:year>/statements/", years.year_statements, name="statements"),
    path("<int:year>/statements.pdf", years.statements_file, name="statements-paper"),
    path("<int:year>/try/", policies.try_share_out, name="try"),
    path("<int:year>/try/figures/", policies.figures, name="try-figures"),
    path("<int:year>/compare/", comparing.compare, name="compare"),
    path("policies/<int:share_policy_id>/", policies.policy, name="policy"),
    path("policies/<int:share_policy_id>/paper.pdf", comparing.policy_paper, name="policy-paper"),
    path("<int:year>/adopt/", adopting.adopt, name="adopt"),
    path("share-outs/<int:share_out_id>/", share_outs.share_out, name="share-out"),
    path("share-outs/<int:share_out_id>/payments/", payments.payments, name="payments"),
    path("share-outs/<int:share_out_id>/sign-list.pdf", payments.sign_list_paper, name="sign-list"),
    path("share-outs/<int:share_out_id>/export.json", explanation.export, name="export"),
    path("share-outs/<int:share_out_id>/explanations.pdf", explanation.explanations_paper, name="explanations-paper"),
    path("share-outs/<int:share_out_id>/members/<int:number>/", explanation.explanation, name="explanation"),
    path(
        "share-outs/<int:share_out_id>/members/<int:number>/paper.pdf",
        explanation.explanation_paper,
        name="explanation-paper",
    ),
    path("recompute_share_out.py", explanation.script, name="script"),
    path("findings/", findings.findings, name="findings"),
    path("findings/new/", findings.finding_new, name="finding-new"),
    path("findings/<int:late_finding_id>/", findings.finding, name="finding"),
    path("payments/", payments.unpaid, name="unpaid"),
    path("payments/<int:share_payment_id>/", paying.payment, name="payment"),
    path("members/<int:number>/pay/", paying.pay, name="pay"),
]
