"""The reader: headers, parts, transfer encodings, charsets, HTML, limits."""

from __future__ import annotations

import base64

import pytest

from bounceclass import DefectCode, Limits
from bounceclass.mail import charsets, html
from bounceclass.mail.addresses import bare, first_address, list_addresses
from bounceclass.mail.headers import Headers, decode_words, split_parameters
from bounceclass.mail.message import Part, read


def reading(mail: bytes, **limits: int) -> tuple[Part, list[DefectCode]]:
    """Read a mail, all of it, and give the codes of its defects."""
    part, notes = read(mail, Limits(**limits))
    for leaf in part.walk():
        assert isinstance(leaf.text, str)
    return part, [defect.code for defect in notes.defects]


@pytest.mark.parametrize(
    ("block", "name", "value"),
    [
        (b"Subject: a\n b\n\tc\n", "subject", "a b c"),
        (b"SUBJECT : a\n", "subject", "a"),
        (b"Subject:\n a\n", "subject", "a"),
        (b"Subject: =?utf-8?B?44Oh44O844Or?=\n", "subject", "メール"),
        (b"Subject: =?utf-8?q?=E3=83=A1?= =?utf-8?q?=E3=83=BC?=\n", "subject", "メー"),
        (b"Subject: =?utf-8?B?44Oh?= and =?utf-8?B?44O8?=\n", "subject", "メ and ー"),
        (b'Subject: "=?utf-8?B?44Oh?="\n', "subject", '"メ"'),
        (b"Subject: =?iso-2022-jp?B?GyRC\n  JWEbKEI=?=\n", "subject", "メ"),
        (b"Subject: \xe3\x83\xa1\n", "subject", "メ"),
        (b"Subject: \x83\x81\x81[\x83\x8b\x82\xaa\n", "subject", "メールが"),
        (b"Subject: =?x-unknown?Q?a=5Fb?=\n", "subject", "a_b"),
        (b"Subject: first\nSubject: second\n", "subject", "first"),
        (b"", "subject", ""),
    ],
)
def test_header_values(block: bytes, name: str, value: str) -> None:
    """Folding, encoded-words and raw octets as writers really write them (RFC 5322 §2.2, RFC 2047)."""
    assert Headers(block).get(name) == value


@pytest.mark.parametrize(
    ("value", "media_type", "parameters"),
    [
        ("text/plain", "text/plain", {}),
        ("Text/Plain; charset=UTF-8", "text/plain", {"charset": "UTF-8"}),
        ('multipart/mixed; boundary="a;b"', "multipart/mixed", {"boundary": "a;b"}),
        ('multipart/mixed; boundary="a\\"b"', "multipart/mixed", {"boundary": 'a"b'}),
        ('text/plain charset="x"', "text/plain", {"charset": "x"}),
        ("a/b; name*=utf-8''%E3%83%A1", "a/b", {"name": "メ"}),
        ('a/b; name*0="one"; name*1="two"', "a/b", {"name": "onetwo"}),
        ("a/b; c", "a/b", {}),
        ("", "", {}),
    ],
)
def test_parameters(value: str, media_type: str, parameters: dict[str, str]) -> None:
    """Parameters of RFC 2045 §5.1 and RFC 2231."""
    assert split_parameters(value) == (media_type, parameters)


def test_parts_of_a_multipart() -> None:
    """Preamble and epilogue are no parts; nested multiparts are walked depth first."""
    part, defects = reading(
        b"Content-Type: multipart/mixed; boundary=a\n\npre\n--a\n\none\n--a\nContent-Type: multipart/x; boundary=b\n\n--b\n\ntwo\n--b--\n--a--\nepi\n"
    )

    assert [leaf.text for leaf in part.walk() if not leaf.children] == ["one", "two"]
    assert defects == []


@pytest.mark.parametrize(
    ("octets", "texts", "defect"),
    [
        (b"Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a\n\ntwo", ["one", "two"], DefectCode.BOUNDARY_UNCLOSED),
        (b"Content-Type: multipart/mixed; boundary=x\n\n--a\nContent-Type: text/plain\n\none\n--a--\n", ["one"], DefectCode.BOUNDARY_GUESSED),
        (b"Content-Type: multipart/mixed\n\n--a\nContent-Type: text/plain\n\none\n--a--\n", ["one"], DefectCode.BOUNDARY_GUESSED),
        (b"From: a\n\n--a\nContent-Type: text/plain\n\none\n--a--\n", ["one"], DefectCode.BOUNDARY_GUESSED),
        (b"Content-Type: multipart/mixed; boundary=x\n\nno part\n", ["no part\n"], DefectCode.BOUNDARY_MISSING),
        (b"Content-Transfer-Encoding: base64\n\nYWJjZ\n", ["abc"], DefectCode.BASE64_BROKEN),
    ],
)
def test_broken_parts_are_read_and_noted(octets: bytes, texts: list[str], defect: DefectCode) -> None:
    """What a writer meant is read; that it was broken is said."""
    part, defects = reading(octets)

    assert [leaf.text for leaf in part.walk() if not leaf.children] == texts
    assert defect in defects


@pytest.mark.parametrize(
    ("limits", "octets", "defect"),
    [
        ({"octets": 20}, b"Subject: a\n\n" + b"b" * 50, DefectCode.OCTETS_CUT),
        ({"header_octets": 20}, b"Subject: a\n" * 20 + b"\nb", DefectCode.HEADER_CUT),
        ({"text_octets": 20}, b"\n" + b"b" * 50, DefectCode.TEXT_CUT),
        ({"depth": 2}, b"Content-Type: message/rfc822\n\n" * 5, DefectCode.DEPTH_CUT),
        ({"parts": 3}, b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nb\n" * 9, DefectCode.PARTS_CUT),
    ],
)
def test_limits_cut_and_say_so(limits: dict[str, int], octets: bytes, defect: DefectCode) -> None:
    """Each limit is kept, and what it cut off is a defect."""
    assert defect in reading(octets, **limits)[1]


@pytest.mark.parametrize("value", [0, -1, "1", None, 1.5])
def test_limits_are_positive_integers(value: object) -> None:
    """A limit that is none is refused when it is made."""
    with pytest.raises((TypeError, ValueError), match="depth"):
        Limits(depth=value)  # type: ignore[arg-type]


def test_encodings_are_undone() -> None:
    """Quoted-printable and base64, with their line ends."""
    quoted, _ = reading(b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=E3=83=A1=\n=E3=83=BC\n")
    encoded, _ = reading(b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: BASE64\n\n" + base64.encodebytes("メール\r\n".encode()))

    assert quoted.text == "メー\n"
    assert encoded.text == "メール\n"


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("Сообщение не доставлено получателю", "koi8-r", "koi8-r"),
        ("Сообщение не доставлено получателю", "cp1251", "windows-1251"),
        ("Échec de la remise", "iso-8859-1", "iso-8859-1"),
        ("收件人邮箱不存在，投递失败", "gb18030", "gb2312"),
        ("收件人邮箱不存在，投递失败，请检查地址", "gb18030", ""),
        ("受信者が存在していないため、メール送信失敗", "euc_jp", ""),
        ("收件人不存在，郵件無法送達", "big5", "big5"),
        ("받는 사람을 찾을 수 없습니다", "cp949", "ks_c_5601-1987"),
        ("받는 사람을 찾을 수 없습니다", "cp949", ""),
        ("①メール㈱髙橋", "cp932", "shift_jis"),
        ("Größe überschritten", "utf-8", "iso-8859-1"),
    ],
)
def test_charsets(text: str, codec: str, label: str) -> None:
    """Charsets as they really occur, labelled rightly, wrongly and not at all."""
    assert charsets.decode(text.encode(codec), label)[0] == text


def test_iso2022jp_with_signs_of_other_sets() -> None:
    """NEC and IBM rows, half-width katakana, and a line that does not return to ASCII."""
    assert charsets.decode(b"\x1b$B-!\x1b(B 1\n\x1b$B%a\nplain")[0] == "① 1\nメ\nplain"
    assert charsets.decode(b"\x1b(I2B2T\x1b(B")[0] == "ｲﾂｲﾔ"


@pytest.mark.parametrize("label", ["zlib", "base64", "rot13", "idna", "unicode_escape", "x" * 5_000, "\x00", "utf-8\n"])
def test_labels_that_are_no_charsets(label: str) -> None:
    """A codec of Python that is no charset is never run."""
    text, _ = charsets.decode(b"abc \xe3\x83\xa1", label)

    assert text == "abc メ"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<br>b", "a\nb"),
        ("<style>x{}</style>a<!-- c --><script>alert(1)</script>b", "ab"),
        ("<td>a</td><td>b</td>", "a b"),
        ("&lt;a@example.jp&gt; &amp; &#12513;", "<a@example.jp> & メ"),
        ("to <a@example.jp> now", "to <a@example.jp> now"),
        ("<head><title>t</title></head>b", "b"),
        ("<!-- never closed", "never closed"),
        ("a < b", "a < b"),
    ],
)
def test_html(source: str, text: str) -> None:
    """Notices in HTML become their visible lines."""
    lines = [line.strip() for line in html.to_text(source).split("\n")]

    assert "\n".join(lines).strip().replace("> ", ">") == text or " ".join(lines).strip() == text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("<a@example.jp>", "a@example.jp"),
        ("mailto:a@example.jp", "a@example.jp"),
        ("SMTP:a@example.jp", "a@example.jp"),
        (" 'a@example.jp'. ", "a@example.jp"),
        ("a@example.jp", "a@example.jp"),
    ],
)
def test_bare_addresses(text: str, address: str) -> None:
    """What servers put around an address is taken off."""
    assert bare(text) == address


def test_address_lists() -> None:
    """Names, comments, groups and doublets do not count."""
    assert list_addresses('"A, b@c.example" <a@example.jp>, x@example.jp (y@example.jp), a@example.jp', 9) == ("a@example.jp", "x@example.jp")
    assert list_addresses("a@example.jp, b@example.jp", 1) == ("a@example.jp",)
    assert list_addresses("undisclosed-recipients:;", 9) == ()
    assert first_address("to a@example.jp or <b@example.jp>") == "b@example.jp"


def test_encoded_words_inside_text() -> None:
    """Words stand where RFC 2047 §5 does not allow them, too."""
    assert decode_words("smtp; 550 =?utf-8?B?44Oh?= (=?utf-8?Q?a?=)") == "smtp; 550 メ (a)"
    assert decode_words("=?utf-8?B?@@@?= =?broken") == " =?broken"


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
@pytest.mark.parametrize(
    "text",
    ["École", "Äpfel", "Österreich", "Éric", "Ángel", "Ça va", "Größe", "naïve café", "Señor Núñez", "Übermäßig große Anhänge", "Réponse différée à vérifier"],
)
def test_western_text_without_a_label_is_not_taken_for_chinese(text: str, codec: str) -> None:
    """One character among ASCII letters is no evidence of another script."""
    assert charsets.decode(text.encode(codec))[0] == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("退信", "gb18030"),
        ("您的邮件无法投递 user@example.cn 邮箱已满", "gb18030"),
        ("반송된 메일: 사용자를 찾을 수 없음", "cp949"),
        ("您的郵件無法投遞", "big5"),
    ],
)
def test_chinese_and_korean_without_a_label_are_read(text: str, codec: str) -> None:
    """In runs of characters that their texts use."""
    assert charsets.decode(text.encode(codec))[0] == text
