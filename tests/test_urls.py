"""Addresses: what is shown of them, and which are links."""

from __future__ import annotations

import pytest

from bilatcli import urls


@pytest.mark.parametrize(
    ("url", "shown", "link"),
    [
        ("https://example.org/a?b#c", "https://example.org/a?b#c", "https://example.org/a?b#c"),
        ("HTTP://example.org", "http://example.org", "http://example.org"),
        (
            "https://example.org/\u00fc|<>",
            "https://example.org/\u00fc|<>",
            "https://example.org/%C3%BC%7C%3C%3E",
        ),
        ("javascript:alert(1)", "javascript:alert(1)", None),
        ("file:///etc/passwd", "file:///etc/passwd", None),
        ("https://bank.example@evil.example/", "https://bank.example@evil.example/", None),
        ("https://bank.example\\@evil.example/", "https://bank.example\\@evil.example/", None),
        ("https://example.org/\x1b]8;;x\x07", "https://example.org/\\x1b]8;;x\\x07", None),
        (
            "https://\u0430\u0440\u0440\u04cf\u0435.com",
            "https://xn--80ak6aa92e.com",
            "https://xn--80ak6aa92e.com",
        ),
        ("https://p\u0430ypal.com/", "https://xn--pypal-4ve.com/", "https://xn--pypal-4ve.com/"),
        ("https://fa\u00df.de", "https://xn--fa-hia.de", "https://xn--fa-hia.de"),
        (
            "https://\u043f\u0440\u0430\u0432\u0430.\u0440\u0444/",
            "https://\u043f\u0440\u0430\u0432\u0430.\u0440\u0444/",
            "https://xn--80aaf4cf.xn--p1ai/",
        ),
        ("https:///no-host", "https:///no-host", None),
        ("https://exa mple.org", "https://exa mple.org", None),
    ],
)
def test_urls(url: str, shown: str, link: str | None) -> None:
    """A link is http or https without credentials; a deceptive host is shown in Punycode."""
    assert urls.display_url(url) == shown
    assert urls.to_link(url) == link
