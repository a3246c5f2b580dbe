"""What cannot be shown says so in both languages, with a way out, and tells nothing else."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation


def without_token(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize(("language", "words"), [("th", "ไม่พบหน้านี้"), ("en", "This page was not found")])
def test_a_missing_page_names_the_way_out(client, db, language, words):
    page = client.get("/nowhere/", headers={"accept-language": language})
    assert page.status_code == 404
    assert words in page.content.decode()
    assert 'href="/"' in page.content.decode()


def test_a_strangers_page_reads_like_one_that_does_not_exist(client, village):
    client.force_login(village.stranger)
    foreign = client.get("/g/nong-ruang-khao/books/").content.decode()
    nothing = client.get("/g/no-such-group/books/").content.decode()
    assert without_token(foreign).replace("nong-ruang-khao", "no-such-group") == without_token(nothing)


def test_a_form_without_its_token_says_that_nothing_was_saved(db):
    page = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"}, headers={"accept-language": "en"})
    assert page.status_code == 403
    assert "nothing was saved" in page.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "403_csrf.html"])
def test_every_error_page_stands_without_a_request(name):
    for language in ("th", "en"):
        with translation.override(language):
            assert f'<html lang="{language}">' in render_to_string(name)


def test_the_page_of_a_crash_needs_neither_database_nor_request():
    page = render_to_string("500.html")
    assert "ระบบขัดข้อง" in page
    assert "Something went wrong" in page
    assert 'href="/"' in page
