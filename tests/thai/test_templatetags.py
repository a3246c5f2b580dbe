"""The filters print the look's markup in the active language."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation


def render(source: str, **context: object) -> str:
    return Template("{% load thai %}" + source).render(Context(context))


def test_money_is_printed_with_small_satang():
    assert (
        render("{{ x|money }}", x=1_234_56) == '<span class="money">1,234<span class="money__satang">.56</span></span>'
    )


def test_money_takes_the_variants_of_the_look():
    with translation.override("en"):
        printed = render('{{ x|money:"big late signed unit" }}', x=5_00)
    assert printed == (
        '<span class="money money--big money--late">+5<span class="money__satang">.00</span>'
        '<span class="money__unit">baht</span></span>'
    )


def test_nought_is_muted_except_where_it_stands_large():
    assert "money--zero" in render("{{ x|money }}", x=0)
    assert "money--zero" not in render('{{ x|money:"total" }}', x=0)


def test_nothing_is_a_dash():
    assert render("{{ x|money }}{{ x|baht }}{{ x|thai_date }}{{ x|thai_month }}", x=None) == (
        '<span class="money">–</span>–––'
    )


def test_an_unknown_variant_is_a_mistake_of_the_template():
    with pytest.raises(TemplateSyntaxError):
        render('{{ x|money:"huge" }}', x=1)


def test_plain_baht_is_for_sentences():
    assert render('{{ x|baht }} {{ x|baht:"short" }}', x=12_400_00) == "12,400.00 12,400"


def test_dates_follow_the_active_language():
    on = date(2026, 1, 5)
    with translation.override("th"):
        assert (
            render('{{ on|thai_date }}|{{ on|thai_date:"long" }}', on=on)
            == "5\u00a0ม.ค.\u00a02569|5\u00a0มกราคม\u00a02569"
        )
        assert (
            render("{{ on|thai_month }}|{{ on|buddhist_year }}|{{ 12|thai_digits }}", on=on)
            == "มกราคม\u00a02569|2569|๑๒"
        )
    with translation.override("en"):
        assert render('{{ on|thai_date }}|{{ on|thai_month:"short" }}|{{ 12|thai_digits }}', on=on) == (
            "5\u00a0Jan\u00a02569|Jan\u00a02569|12"
        )


def test_a_moment_is_told_in_bangkok_time():
    at = datetime(2026, 1, 5, 18, 30, tzinfo=UTC)
    with translation.override("th"):
        assert render("{{ at|thai_moment }}", at=at) == "6\u00a0ม.ค.\u00a02569\u00a001.30\u00a0น."
        assert render("{{ at|thai_date }}", at=at) == "6\u00a0ม.ค.\u00a02569"
    with translation.override("en"):
        assert render("{{ at|thai_time }}", at=at) == "01:30"


def test_words_follow_the_active_language():
    with translation.override("th"):
        assert render("{{ x|baht_words }}", x=101_00) == "หนึ่งร้อยเอ็ดบาทถ้วน"
    with translation.override("en"):
        assert render("{{ x|baht_words }}", x=101_00) == "one hundred and one baht"


def test_a_name_is_broken_between_its_words_only():
    assert render("{{ x|whole }}", x="นางสุนีย์ เกษตรสิน").replace("\u2060", "|") == "นา|ง|สุ|นี|ย์ เ|ก|ษ|ต|ร|สิ|น"
    assert render("{{ x|whole }}", x="Mrs Sunee 12") == "Mrs Sunee 12"
