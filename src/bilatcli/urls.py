"""Addresses: how those of the web are shown and which may be links, and those of engines without their passwords."""

from __future__ import annotations

from bilatcli.text import make_printable


def has_credentials(address: str) -> bool:
    """Whether a name or password stands before the host, where it reads like the host itself.

    >>> has_credentials("https://bank.example@evil.example/"), has_credentials("https://example.org/@name")
    (True, False)
    """
    return "@" in _parts(address)[1]


def display_url(address: str) -> str:
    r"""Return an address as people read it, safe on a terminal, with a host that cannot pass for another one.

    >>> shown("https://\u0430\u0440\u0440\u04cf\u0435.com/a")
    'https://xn--80ak6aa92e.com/a'
    """
    scheme, authority, rest = _parts(address)
    return make_printable(f"{scheme}{_host(authority)}{rest}")


def to_link(address: str) -> str | None:
    r"""Return an address that may be a link, in ASCII; None for what is no plain one of the web.

    A browser takes `\` for `/` and others do not, so that nobody could tell which host is meant.

    >>> link("https://example.org/ü"), link("javascript:alert(1)"), link("https://a.example@b.example/")
    ('https://example.org/%C3%BC', None, None)
    """
    scheme, authority, rest = _parts(address)
    host = _host(authority, is_ascii=True)
    if scheme not in ("http://", "https://") or not host or not _OF_HOSTS.issuperset(host):
        return None
    if make_printable(address) != address or "\\" in address:
        return None
    return scheme + host + "".join(map(_percent, rest))


def remove_password(address: str) -> str:
    """Return the address of an engine without its password, for messages and commands that are told.

    >>> without_password("postgresql://desk:a@b@host/db?sslpassword=c&sslmode=require")
    'postgresql://desk@host/db?sslpassword=…&sslmode=require'
    """
    import re

    plain = re.sub(r"(?<=://)([^/?#:]*):[^/?#]*@", r"\1@", address)
    return re.sub(r"([?&](?:ssl)?password=)[^&]*", r"\1…", plain)


_OF_HOSTS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%:[]")


def _percent(character: str) -> str:
    if character.isascii() and character not in ' "<>^`{|}':
        return character
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _parts(address: str) -> tuple[str, str, str]:
    """The scheme with its slashes, the host with its port and what stands before it, and the rest."""
    scheme, slashes, behind = address.partition("://")
    end = next((place for place, each in enumerate(behind) if each in "/?#\\"), len(behind))
    return scheme.lower() + slashes, behind[:end], behind[end:]


def _host(authority: str, *, is_ascii: bool = False) -> str:
    """A host, with labels in Punycode where it is not of one script through and through, or where ASCII is wanted.

    Latin letters beyond ASCII are among those that pass for others (dotless i, script g). RFC 3492 alone is wanted, by
    Python's `punycode`: its `idna` is that of 2003, which makes another host of one with ß or a joiner.
    """
    if authority.isascii() or (not is_ascii and _is_of_one_script(authority)):
        return authority
    from unicodedata import normalize

    labels = normalize("NFC", authority.lower()).split(".")
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )


def _is_of_one_script(host: str) -> bool:
    from unicodedata import name

    scripts = {name(letter, "").split(" ")[0] for letter in host if letter.isalpha()}
    return len(scripts) == 1 and "LATIN" not in scripts
