"""URLs: display them safely, decide which may be links, remove passwords."""

from __future__ import annotations

from bilatcli.text import make_printable

_HOST_CHARACTERS = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%:[]"
)


def has_credentials(url: str) -> bool:
    """Return True if a user name or password precedes the host, where it can pass for the host.

    >>> has_credentials("https://bank.example@evil.example/")
    True
    >>> has_credentials("https://example.org/@name")
    False
    """
    return "@" in _split_url(url)[1]


def display_url(url: str) -> str:
    r"""Return a URL for display: safe on a terminal, with a host that cannot pass for another one.

    >>> display_url("https://\u0430\u0440\u0440\u04cf\u0435.com/a")
    'https://xn--80ak6aa92e.com/a'
    """
    scheme, authority, rest = _split_url(url)
    return make_printable(f"{scheme}{_encode_host(authority)}{rest}")


def to_link(url: str) -> str | None:
    r"""Return a web address in ASCII that is safe as a link, or None if it is not.

    An address with `\` is not: browsers read it as `/` and other programs do not, so the host is
    uncertain.

    >>> to_link("https://example.org/ü")
    'https://example.org/%C3%BC'
    >>> to_link("javascript:alert(1)"), to_link("https://a.example@b.example/")
    (None, None)
    """
    scheme, authority, rest = _split_url(url)
    host = _encode_host(authority, is_ascii=True)
    if scheme not in ("http://", "https://") or not host or not _HOST_CHARACTERS.issuperset(host):
        return None
    if make_printable(url) != url or "\\" in url:
        return None
    return scheme + host + "".join(map(_percent_encode, rest))


def remove_password(address: str) -> str:
    """Return the address of a database without its password, for messages.

    Whatever is before the last `@` of a URL may be a password: special characters in it are often
    not encoded. So may what is after a colon and is not a port.

    >>> remove_password("postgresql://desk:a@b/c@host/db?sslpassword=d&sslmode=require")
    'postgresql://desk@host/db?sslpassword=…&sslmode=require'
    >>> remove_password("host=h password=secret dbname=db"), remove_password("postgresql://a:b")
    ('host=h password=… dbname=db', 'postgresql://…')
    """
    import re

    scheme, slashes, rest = address.partition("://")
    if not slashes:
        value = r"('(?:[^'\\]|\\.)*'|\S*)"
        return re.sub(rf"(\w*pass\w*\s*=\s*){value}", r"\1…", address, flags=re.IGNORECASE)
    credentials, at, after = rest.rpartition("@")
    hosts = re.split("[/?#]", after, maxsplit=1)[0]
    if not re.fullmatch(r"(?:(?:\[[^]]*\]|[^][:,]*)(?::[0-9]*)?(?:,|$))*", hosts):
        return f"{scheme}{slashes}…"
    user = re.split("[:/?#]", credentials, maxsplit=1)[0]
    shown = re.sub(r"([?&#]\w*pass\w*=)[^&]*", r"\1…", after, flags=re.IGNORECASE)
    return f"{scheme}{slashes}{user}{at}{shown}"


def has_plain_password(address: str) -> bool:
    """Return True if the password in a URL has a character that must be percent-encoded there.

    >>> has_plain_password("postgresql://a:b/c@host"), has_plain_password("postgresql://a:b%2Fc@host")
    (True, False)
    """
    import re

    credentials, at, _ = address.partition("://")[2].rpartition("@")
    return bool(at) and re.search(r"[/@\s]|%(?![0-9A-Fa-f]{2})", credentials) is not None


def _percent_encode(character: str) -> str:
    if character.isascii() and character not in ' "<>^`{|}':
        return character
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _split_url(url: str) -> tuple[str, str, str]:
    """Return the scheme with its slashes, the authority (user, host, port), and the rest."""
    scheme, slashes, after = url.partition("://")
    end = next((place for place, each in enumerate(after) if each in "/?#\\"), len(after))
    return scheme.lower() + slashes, after[:end], after[end:]


def _encode_host(authority: str, *, is_ascii: bool = False) -> str:
    """Return a host with labels in Punycode, if it mixes scripts or if ASCII is required.

    Latin letters beyond ASCII count as another script: dotless i and script g pass for i and g.
    Uses Python's `punycode` (RFC 3492): its `idna` follows the rules of 2003, which turn ß or a
    joiner into another host.
    """
    if authority.isascii() or (not is_ascii and _is_single_script(authority)):
        return authority
    from unicodedata import normalize

    labels = normalize("NFC", authority.lower()).split(".")
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )


def _is_single_script(host: str) -> bool:
    from unicodedata import name

    scripts = {name(letter, "").split(" ")[0] for letter in host if letter.isalpha()}
    return len(scripts) == 1 and "LATIN" not in scripts
