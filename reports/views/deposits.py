"""A QR code of PromptPay for a deposit: on the screen, and as a slip to print."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from funds.forms.promptpay import DepositSlipForm
from funds.selectors.promptpay import DepositCode, promptpay_accounts
from members.access import Right, group_or_404
from members.models import Member, SavingsGroup
from papers.deposit_slip import SIZES, DepositPaper, deposit_slip_pdf
from papers.qr import qr_svg
from reports.papers.slips import paper_name, paper_place

QR_PX = 240


@require_safe
def deposit_code(request: HttpRequest, group_code: str) -> HttpResponse:
    """Choose account, amount and member; show the code and lead to the slip."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    form = _form(request, group)
    code = form.code()
    context = {
        "group": group,
        "form": form,
        "has_accounts": bool(form.accounts),
        **code_context(code),
        "member": form.member,
        "query": request.GET.urlencode(),
        "sizes": SIZES,
    }
    return render(request, "reports/deposit_code.html", context)


@require_safe
def deposit_slip(request: HttpRequest, group_code: str) -> HttpResponse:
    """Send the slip as a PDF, A5 unless A4 is asked for; 404 where what was typed makes no code."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    form = _form(request, group)
    code = form.code()
    if code is None:
        raise Http404
    size = request.GET.get("paper", "")
    pdf = deposit_slip_pdf(_paper(group, code, form.member), size=size if size in SIZES else SIZES[0])
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{group.code}-promptpay.pdf"'
    return response


def code_context(code: DepositCode | None) -> dict[str, Any]:
    """What `templates/funds/promptpay_code.html` shows of a code."""
    return {"code": code, "qr": qr_svg(code.text, border=4, size=QR_PX) if code else ""}


def _form(request: HttpRequest, group: SavingsGroup) -> DepositSlipForm:
    is_typed = any(name in request.GET for name in ("account", "satang", "number"))
    return DepositSlipForm(request.GET if is_typed else None, accounts=promptpay_accounts(group), group=group)


def _paper(group: SavingsGroup, code: DepositCode, member: Member | None) -> DepositPaper:
    account = code.account
    return DepositPaper(
        group=paper_name(group),
        place=paper_place(group),
        bank=account.bank,
        account_name=account.name,
        account_number=account.number,
        promptpay=code.shown_id,
        text=code.text,
        is_private=account.is_private,
        satang=code.satang,
        member=member.full_name if member else "",
        member_number=str(member.number) if member else "",
    )
