"""A rice bank with goods for the walk: a gift in the barn, a loan in kind that waits."""

from datetime import date
from typing import Any
from uuid import uuid4

from funds.services.activities import add_good, set_kind_terms, start_activity
from funds.services.acts import ActInput, do_act

ON = date(2026, 11, 5)


def activity_samples(table: Any) -> dict[str, Any]:
    """The samples of the paths of the activities."""
    by = table.treasurer
    activity = start_activity(
        group=table.group, name="ธนาคารข้าว", kind="rice_bank", unit_book="KR", started_on=ON, by=by
    )
    set_kind_terms(activity=activity, valid_from=ON, rate=2000, limit_grams=500_000, by=by)
    good = add_good(activity=activity, name="กระสอบ", unit="ใบ", price_satang=15_00)
    gift = ActInput(kind="kind_gift", done_on=ON, quantity=300_000, party="วัด")
    act = do_act(activity=activity, given=gift, operation=uuid4(), by=by)
    lent = ActInput(kind="kind_loan", done_on=ON, quantity=100_000, member=table.payer, due_on=date(2027, 1, 31))
    do_act(activity=activity, given=lent, operation=uuid4(), by=by)
    return {"activity_id": activity.pk, "good_id": good.pk, "act_id": act.pk, "deed": "kind_loan"}
