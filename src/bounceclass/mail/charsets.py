"""
Octets to text, for labels as they really occur: false, missing, or of no codec at all.

The octets are believed before the label: what decodes strictly as the label says is taken,
all else is guessed from the octets.  Nothing is ever dropped; each guess is told to the caller.

Spec:
    RFC 1468 (ISO-2022-JP), RFC 2978 (charset names), WHATWG Encoding §4.2 (superset labels).
"""

from __future__ import annotations

import codecs
import re
from io import BytesIO
from itertools import islice
from typing import Final

from bounceclass.model.vocabulary import DefectCode
from bounceclass.regex import regex
from bounceclass.text.folding import replace_surrogates

__all__ = ["decode", "repair"]

# Labels that Python does not know, or reads too narrowly.
_ALIASES: Final = {
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "eucjp-win": "euc_jp",
    "cp50220": "iso-2022-jp",
    "cp50221": "iso-2022-jp",
    "cp50222": "iso-2022-jp",
    "iso-2022-jp-ms": "iso-2022-jp",
    "csiso2022jp": "iso-2022-jp",
    "3diso-2022-jp": "iso-2022-jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "uft-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
}

# Labels that say nothing of octets above 7F.
_SILENT: Final = frozenset({"", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "ansi_x3.110-1983", "default", "8bit", "binary"})
# Single-octet labels pass any octets, so multi-octet text under them shows only in the octets.
_LATIN: Final = frozenset({"cp1252", "windows-1252"})
# Codecs that are no charsets (zip, rot13 …), or that can blow up, are never looked up.
_NO_CHARSET: Final = regex(r"(?:base_?64|bz2|hex|quopri|quoted|rot_?13|uu|zip|zlib|idna|punycode|(?:raw_?)?unicode_?escape|string_?escape|undefined|mbcs|oem)")

_ESCAPE: Final = regex(rb"\x1b(?:\$[@B]|\$\(D|\([BJI])")
# "$B" … "(B": what ISO-2022-JP looks like when a gateway has dropped the ESC octets.
_LOST_OPENING: Final = regex(rb"\$[@B]")
_LOST_CLOSING: Final = regex(rb"\([BJ]")
_LOST_OCTETS: Final = 800
_MOST_CLOSINGS: Final = 8  # a pair of octets can be "(B" by chance, but not many
_PRINTING: Final = regex(rb"[\x21-\x7e]*")
_WIDE: Final = regex(r"[^\x00-\x7f]++")
_KANA: Final = regex("[\u3041-\u30fe]++")
_KANJI: Final = regex("[\u4e00-\u9fff]++")
_NARROW_KANA: Final = regex("[\uff61-\uff9f]++")
_LOOKED_THROUGH: Final = 256 * 2**10
_SAMPLE: Final = 2 * 2**10


def decode(octets: bytes, label: str = "") -> tuple[str, DefectCode | None]:
    """
    Decode one text.

    Args:
        octets: The text, transfer encoding already undone.
        label: The charset that it is said to be in, in any case; "" where nothing is said.

    Returns:
        The text, and the defect met on the way, if any.  Never raises.
    """
    if octets.isascii():
        return _decode_ascii(octets, label)
    name = _codec(label)
    if name == "iso-2022-jp":
        return _guess(octets)
    if name in _LATIN:
        text = _strictly(octets, "utf-8")
        if text is not None:
            return text, DefectCode.CHARSET_GUESSED
    text = _strictly(octets, name) if name else None
    return (text, None) if text is not None else _guess(octets)


def _decode_ascii(octets: bytes, label: str) -> tuple[str, DefectCode | None]:
    if b"\x1b" in octets and _ESCAPE.search(octets):
        return _decode_iso2022jp(octets)
    if b"$B" in octets or b"$@" in octets:
        return repair(octets)
    if label[:4].lower() in {"utf-", "hz-g"} and label[4:5] in {"7", "b", "B"}:
        text = _strictly(octets, _codec(label) or "ascii")
        return (text, None) if text is not None else (octets.decode("ascii"), DefectCode.CHARSET_LOST)
    return octets.decode("ascii"), None


def _codec(label: str) -> str:
    """Name the codec for a label; "" where the label says nothing."""
    label = label.strip(" \"'\t").lower()
    label = _ALIASES.get(label, label)
    if label in _SILENT or len(label) > 40 or _NO_CHARSET.match(re.sub(r"[\W_]+", "_", label)):
        return ""
    try:
        return _ALIASES.get(name := codecs.lookup(label).name, name)
    except (LookupError, ValueError):
        return ""


def _strictly(octets: bytes, codec: str) -> str | None:
    try:
        text = octets.decode(codec)
    except (LookupError, ValueError):
        return None
    # UTF-7 can spell half a character, which no output can carry.
    return replace_surrogates(text) if codec == "utf-7" else text


def _guess(octets: bytes) -> tuple[str, DefectCode | None]:
    """Find the charset from the octets: UTF-8, Japanese, the other CJK sets, else Windows-1252."""
    if b"\x1b$" in octets:
        return octets.decode("iso2022_jp_ext", "replace"), DefectCode.CHARSET_GUESSED
    if (text := _strictly(octets, "utf-8")) is not None:
        return text, DefectCode.CHARSET_GUESSED
    sample = _sample(octets)
    for guess in (_japanese, _chinese_or_korean):
        if (name := guess(sample)) and (text := _strictly(octets, name)) is not None:
            return text, DefectCode.CHARSET_GUESSED
    return octets.decode("cp1252", "replace"), DefectCode.CHARSET_LOST


def _sample(octets: bytes) -> bytes:
    """Give the first lines that are not ASCII, whole: what the others say fits every charset."""
    lines: list[bytes] = []
    size = 0
    for line in BytesIO(octets[:_LOOKED_THROUGH]):
        if size >= _SAMPLE:
            break
        if not line.isascii():
            lines.append(line[:_SAMPLE])
            size += len(line)
    return b"".join(lines)


def _begins(sample: bytes, codec: str) -> str | None:
    """Decode a sample, whose last character may be cut in two."""
    try:
        return codecs.getincrementaldecoder(codec)().decode(sample)
    except ValueError:
        return None


def _japanese(octets: bytes) -> str:
    """Choose between EUC-JP and CP932; "" where the text is not Japanese."""
    texts = {name: _wide(text) for name in ("euc_jp", "cp932") if (text := _begins(octets, name)) is not None}
    scores = {name: _japaneseness(text) for name, text in texts.items()}
    best = max(scores, key=lambda name: scores[name], default="")
    return best if best and scores[best] > 0 and _has_kana(texts[best]) else ""


def _wide(text: str) -> str:
    """Give what of a text is not ASCII."""
    return "".join(_WIDE.findall(text))


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))


def _japaneseness(text: str) -> int:
    """Weigh a reading: +2 a kana, +1 a kanji, -2 a half-width katakana."""
    return 2 * _count(_KANA, text) + _count(_KANJI, text) - 2 * _count(_NARROW_KANA, text)


def _has_kana(text: str) -> bool:
    """One character in ten: GBK reads every EUC-JP text too, but Chinese text has no kana."""
    return _count(_KANA, text) * 10 >= len(text)


def _chinese_or_korean(octets: bytes) -> str:
    """
    Choose by how much of the text falls on common characters; "" where nothing fits.

    They must stand in runs: one among ASCII letters is an accented letter of Western text, with the letter behind it.
    """
    best, most = "", 0.5  # Korean first: all of its octets pass as Chinese, hardly half of the Chinese ones as Korean
    for name, low, high in (("cp949", "\uac00", "\ud7a3"), ("gb18030", "\u4e00", "\u9fff"), ("big5", "\u4e00", "\u9fff")):
        text = _begins(octets, name)
        runs = _WIDE.findall(text or "")
        wide, in_runs = "".join(runs), sum(len(run) for run in runs if len(run) > 1)
        share = sum(low <= char <= high and _is_common(char, name) for char in wide) / len(wide) if in_runs * 2 > len(wide) else 0.0
        if share > most:
            best, most = name, share
    return best


def _is_common(char: str, codec: str) -> bool:
    """Tell the first levels of the three sets, in which nearly all running text stands, from the rest."""
    lead = char.encode(codec, "replace")[0]
    return {"gb18030": 0xB0 <= lead <= 0xD7, "cp949": 0xB0 <= lead <= 0xC8, "big5": 0xA4 <= lead <= 0xC6}[codec]


# -- ISO-2022-JP -----------------------------------------------------------------------------


def _decode_iso2022jp(octets: bytes) -> tuple[str, DefectCode | None]:
    """Decode line by line: a line that does not return to ASCII does not spoil the next (RFC 1468)."""
    text = _strictly(octets, "iso2022_jp")
    if text is not None:
        return text, None
    lines = [_decode_iso2022jp_line(line) for line in octets.split(b"\n")]
    return "\n".join(lines), DefectCode.CHARSET_REPAIRED


def _decode_iso2022jp_line(line: bytes) -> str:
    for name in ("iso2022_jp", "iso2022_jp_ext"):
        if (text := _strictly(line, name)) is not None:
            return text
    return _decode_by_shift_jis(line)


def _decode_by_shift_jis(line: bytes) -> str:
    """Read the NEC and IBM rows (①, ㈱, 髙), which no iso2022 codec knows, by way of CP932."""
    out = bytearray()
    wide = False
    rest = 0
    for mark in _ESCAPE.finditer(line):
        out += _to_shift_jis(line[rest : mark.start()]) if wide else line[rest : mark.start()]
        wide = mark.group().startswith(b"\x1b$")
        rest = mark.end()
    out += _to_shift_jis(line[rest:]) if wide else line[rest:]
    return out.decode("cp932", "replace")


def _to_shift_jis(pairs: bytes) -> bytes:
    """Turn JIS X 0208 pairs into Shift_JIS by the usual arithmetic."""
    out = bytearray()
    for high, low in zip(pairs[::2], pairs[1::2], strict=False):
        lead = (high + 1) // 2 + (0x70 if high < 0x5F else 0xB0)
        trail = low + (0x7E if high % 2 == 0 else 0x1F + (low >= 0x60))
        out += bytes((lead & 0xFF, trail & 0xFF))
    return bytes(out)


def repair(octets: bytes) -> tuple[str, DefectCode | None]:
    """
    Put lost ESC octets back into ISO-2022-JP, where it is certain that they are lost.

    Certain is: an even number of octets 21-7E between "$B" and "(B" that decodes strictly as
    JIS X 0208, and a third of the result or more is kana.

    Args:
        octets: ASCII text without any ESC.

    Returns:
        The text, and `CHARSET_REPAIRED` where something was put back.
    """
    pieces: list[bytes] = []
    rest = 0
    last = max(octets.rfind(b"(B"), octets.rfind(b"(J"))
    while opening := _LOST_OPENING.search(octets, rest, max(0, last)):
        start, end = opening.end(), _end_of_lost(octets, opening.end())
        put_back = _put_back(octets[start:end]) if end else b""
        pieces += (octets[rest : opening.start()], put_back or opening.group())
        rest = end + len(b"(B") if put_back else start
    if not any(piece.startswith(b"\x1b") for piece in pieces):
        return octets.decode("ascii"), None
    return b"".join((*pieces, octets[rest:])).decode("iso2022_jp", "replace"), DefectCode.CHARSET_REPAIRED


def _end_of_lost(octets: bytes, start: int) -> int:
    """Give where the pairs that begin at `start` end: before the first "(B" that whole pairs lead to; 0 where none does."""
    limit = start + _LOST_OCTETS
    for closing in islice(_LOST_CLOSING.finditer(octets, start, limit + 2), _MOST_CLOSINGS):
        end = closing.start()
        if end > start and (end - start) % 2 == 0:
            return end if _PRINTING.fullmatch(octets, start, end) else 0
    return 0


def _put_back(pairs: bytes) -> bytes:
    candidate = b"\x1b$B" + pairs + b"\x1b(B"
    text = _strictly(candidate, "iso2022_jp")
    kana = sum("\u3041" <= char <= "\u30fe" for char in text or "")
    return candidate if text and kana * 3 >= len(text) else b""
