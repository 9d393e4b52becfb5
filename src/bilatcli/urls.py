"""URLs: display them safely, decide which may be links, remove passwords."""

from __future__ import annotations

from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

HIDDEN = "…"
"""What is shown in the place of a secret."""

_SHOWN_KEYS = frozenset(
    """
    host hostaddr port dbname user connect_timeout application_name sslmode service
    target_session_attrs
    """.split()
)
"""The keys of an address in words and values whose values are no secrets."""

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

    Only parts that are surely no password are shown. Whatever is before the last `@` of a URL may
    be one: special characters in it are often not encoded. So may what is after a colon and is not
    a port, and each value that has another key than those of a host, a user or a database.

    >>> remove_password("postgresql://desk:a@b/c@host/db?sslpassword=d&sslmode=require")
    'postgresql://desk@host/db?sslpassword=…&sslmode=require'
    >>> remove_password("host=h password=secret dbname=db"), remove_password("postgresql://a:b")
    ('host=h password=… dbname=db', 'postgresql://…')
    """
    import re

    if url := re.fullmatch(r"([A-Za-z][\w+.-]*://)(.*)", address, re.DOTALL):
        return url[1] + (_hide_in_url(url[2]) or HIDDEN)
    value = r"('(?:[^'\\]|\\.)*'|[^\s'\\]*)"
    if re.fullmatch(rf"(?:\s*\w+\s*=\s*{value}(?=\s|$))+\s*", address):
        return re.sub(rf"(\w+)(\s*=\s*){value}", _hide_value, address)
    return address if re.fullmatch(r"[^@:=;\s]*", address) else HIDDEN


def _hide_in_url(rest: str) -> str | None:
    """Return a URL after its scheme without secrets, or None if it is not to be understood."""
    import re
    from urllib.parse import unquote

    credentials, at, after = rest.rpartition("@")
    user = re.split("[:/?#]", credentials, maxsplit=1)[0]
    host = r"(?:\[[^]@]*\]|[\w.%~-]*)(?::[0-9]*)?"
    parts = re.fullmatch(rf"({host}(?:,{host})*(?:/[^?#@:]*)?)(\?[^#@]*)?(#.*)?", after)
    # An `@` in a value looks like the end of the credentials.
    if parts is None or "=" in credentials:
        return None
    pairs = [pair.partition("=") for pair in (parts[2] or "?")[1:].split("&")]
    secret = re.compile("pass|pwd|secret|token|key|options", re.IGNORECASE)
    shown = [
        (key + equals if equals else "")
        + (HIDDEN if not equals or secret.search(unquote(key)) else value)
        for key, equals, value in pairs
    ]
    query = f"?{'&'.join(shown)}" if parts[2] else ""
    return f"{user}{at}{parts[1]}{query}" + (HIDDEN if parts[3] else "")


def _hide_value(pair: re.Match[str]) -> str:
    """Return a key with its value, if that is no secret."""
    key, equals, value = pair.groups()
    is_shown = key in _SHOWN_KEYS and "@" not in value and "://" not in value
    return f"{key}{equals}{value if is_shown else HIDDEN}"


def hide_passwords(text: str) -> str:
    """Return a message without what is a password in an address or after a key for one.

    Somebody may give an address in the place of a file, of a name or of another option.

    >>> hide_passwords("no country is called `postgres://desk:a@b@host/db password=c`")
    'no country is called `postgres://desk:…@host/db password=…`'
    """
    import re

    # Each repetition has a limit, so that a text of megabytes takes no square of time.
    key = r"(?:passw|passp|pwd)[\w%]{0,40}|(?<!\w)pass(?!\w)|[?&][^\s=&`]{0,40}%[^\s=&`]{0,40}"
    value = r"('[^'`]{0,999}'|\"[^\"`]{0,999}\"|`[^`]{0,999}`|[^\s&;`]{0,999})"
    text = re.sub(
        rf"({key})(\s{{0,9}}=\s{{0,9}}){value}", rf"\1\2{HIDDEN}", text, flags=re.IGNORECASE
    )
    no_port = r"(?![0-9]{1,5}(?:[/?#`\s]|$))"
    text = re.sub(rf"(://[^\s:/@`]{{0,99}}:){no_port}[^`]{{0,200}}@", rf"\1{HIDDEN}@", text)
    text = re.sub(rf"([^\s:@`]:)(?!//){no_port}[^\s`]{{1,200}}@", rf"\1{HIDDEN}@", text)
    # A colon that no port follows: the host is missing.
    return re.sub(rf"(://[^\s:/@`[]{{0,99}}:){no_port}[^\s`@]{{1,999}}", rf"\1{HIDDEN}", text)


def may_have_password(text: str) -> bool:
    """Return True if a text has the form of an address with a password, or is one of PostgreSQL.

    >>> may_have_password("postgres://desk@host/db"), may_have_password("https://example.org/@name")
    (True, False)
    """
    import re

    credentials = r"(?!https?:)[\w+.-]*:\S*@|https?://[^/\s?#]*:[^/\s?#]*@"
    forms = rf"\W*postgres\w*:|(?:.*\s)?\W*(?:{credentials})|.*\b(?:password|passwd|pwd)\s*="
    return re.match(forms, text, re.IGNORECASE | re.DOTALL) is not None


def hide_fragments(text: str, address: str) -> str:
    """Return the words of a server or a library on an address without parts of its password."""
    import re
    from urllib.parse import unquote

    shown = remove_password(address)
    words = {*re.findall(r"\w{3,}", address), *re.findall(r"\w{3,}", unquote(address))}
    for word in sorted(words - set(re.findall(r"\w+", shown)), key=len, reverse=True):
        text = text.replace(word, HIDDEN)
    return text


def has_plain_password(address: str) -> bool:
    """Return True if the password in a URL has a character that must be percent-encoded there.

    >>> has_plain_password("postgresql://a:b/c@host"), has_plain_password("postgresql://a:b%2Fc@host")
    (True, False)
    """
    import re

    credentials, at, _ = address.partition("://")[2].rpartition("@")
    return bool(at) and re.search(r"[/?#@\s]|%(?![0-9A-Fa-f]{2})", credentials) is not None


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
