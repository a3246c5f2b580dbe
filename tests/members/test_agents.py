"""A browser's long line about itself becomes the two words a person knows."""

import pytest

from members.agents import device_name

PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A146P) AppleWebKit/537.36 {}Chrome/126.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (PHONE.format(""), "Chrome · Android"),
        (PHONE.format("SamsungBrowser/25.0 "), "Samsung Internet · Android"),
        (PHONE.format("") + " Line/14.9.0", "LINE · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox · Windows"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_called_as_a_person_calls_it(agent, name):
    assert device_name(agent) == name
