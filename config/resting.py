"""What rests on a resolution: for each key of any app that names one, how its rows are told and where they are opened.

words: paths of attributes joined, or a function of the row. url: an address's name, then paths for its parts after the
group's code. A row of another app that is not named here is told by its own words.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

_OFFICE = {"words": ("get_role_display", "user.display_name"), "url": ("people:office-history",)}
_MEMBER = {"words": ("number", "full_name"), "url": ("people:member", "number")}
_BANK = {"words": ("bank", "number"), "url": ("funds:bank-account", "pk")}

RESTS_ON_RESOLUTION: dict[str, dict[str, Any]] = {
    "members.GroupSetting.resolution": {
        "label": _("Settings of the group"),
        "words": "members.group_settings.said_setting",
        "day": "valid_from",
        "url": ("people:settings",),
    },
    "members.Member.admission": {"label": _("Members admitted"), **_MEMBER, "day": "admitted_on"},
    "members.AdmissionDecision.resolution": {
        "label": _("Applications decided"),
        "words": ("get_outcome_display", "member.number", "member.full_name"),
        "day": "resolution.decided_on",
        "url": ("people:member", "member.number"),
    },
    "members.Member.leaving": {"label": _("Members who left"), **_MEMBER, "day": "left_on"},
    "members.Office.resolution": {"label": _("Terms of office begun"), **_OFFICE, "day": "starts_on"},
    "members.Office.end_resolution": {"label": _("Terms of office ended"), **_OFFICE, "day": "ends_on"},
    "funds.Voucher.resolution": {
        "label": _("Payments"),
        "words": ("payee", "memo"),
        "day": "paid_on",
        "satang": "satang",
        "url": ("funds:voucher", "pk"),
    },
    "funds.Activity.resolution": {"label": _("Activities begun"), "words": ("name",), "day": "started_on"},
    "funds.KindTerms.resolution": {
        "label": _("Terms of lending in kind"), "words": ("activity.name",), "day": "valid_from",
    },
    "funds.Act.resolution": {"label": _("Business of activities"), "words": ("activity.name",), "day": "done_on"},
    "funds.BankAccount.resolution": {"label": _("Bank accounts opened"), **_BANK, "day": "opened_on"},
    "funds.BankAccount.close_resolution": {"label": _("Bank accounts closed"), **_BANK, "day": "closed_on"},
    "savings.ProductTerms.resolution": {
        "label": _("Terms of special savings"),
        "words": ("product.name",),
        "day": "valid_from",
        "url": ("savings:product", "product_id"),
    },
    "savings.BookMove.resolution": {
        "label": _("Books moved to another product"),
        "words": ("book.number", "to_product.name"),
        "day": "starts_on",
        "url": ("savings:book-product", "book_id"),
    },
    "savings.PledgePeriod.resolution": {
        "label": _("Pledges"),
        "words": ("member.number", "member.full_name"),
        "day": "starts_on",
        "satang": "satang",
        "url": ("savings:pledge", "member.number"),
    },
    "funds.ReversalRequest.resolution": {
        "label": _("Entries reversed"),
        "words": ("reason",),
        "day": "requested_at.date",
        "url": ("reports:entry", "entry.n"),
    },
    "loans.LoanTerms.resolution": {
        "label": _("Terms of loans"),
        "words": ("product.name",),
        "day": "valid_from",
        "url": ("loans:product", "product_id"),
    },
    "loans.Decision.resolution": {
        "label": _("Loans decided"),
        "words": ("get_outcome_display", "application.member.number", "application.member.full_name"),
        "day": "resolution.decided_on",
        "satang": "satang",
        "url": ("loans:decide", "application_id"),
    },
    "loans.DecisionProposal.resolution": {
        "label": _("Loan decisions written down"),
        "words": ("get_outcome_display", "application.member.number", "application.member.full_name"),
        "day": "resolution.decided_on",
        "satang": "satang",
        "url": ("loans:resolved", "resolution_id"),
    },
    "loans.LoanAct.resolution": {
        "label": _("Resolutions on loans in trouble"),
        "words": ("get_kind_display", "loan.number", "loan.member.full_name"),
        "day": "done_on",
        "satang": "satang",
        "url": ("loans:act", "pk"),
    },
    "shareout.LateFinding.resolution": {
        "label": _("Late findings of closed years"),
        "words": ("year.year", "memo"),
        "day": "resolution.decided_on",
        "satang": "satang",
        "url": ("shareout:finding", "pk"),
    },
    "shareout.ShareOut.resolution": {
        "label": _("Share-outs adopted"),
        "words": ("year.year", "policy.name"),
        "day": "held_on",
        "satang": "distributable",
        "url": ("shareout:share-out", "pk"),
    },
    "membership.Leaving.resolution": {
        "label": _("Requests to leave, expulsions, deaths"),
        "words": ("member.number", "member.full_name", "get_reason_display"),
        "day": "begun_on",
        "url": ("people:member", "member.number"),
    },
    "membership.Settlement.resolution": {
        "label": _("Settlements with members who left"),
        "words": ("leaving.member.number", "leaving.member.full_name"),
        "day": "paid_on",
        "satang": "paid_satang",
        "url": ("people:member", "leaving.member.number"),
    },
}  # fmt: skip
