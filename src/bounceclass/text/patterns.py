"""
What is looked for in texts, each pattern once: addresses, answers of servers, web addresses.

Pieces of regular expressions, bounded, to be put into larger ones.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ADDRESS", "IP", "LONGEST_URL", "REPLY_CODE", "SOUGHT", "STATUS_CODE", "TABLE_ADDRESS", "URL"]

# An address in running text: dot-atom or quoted local part, a domain or a domain literal.
# Looser than RFC 5321 where real notices are (dots in a row, underscores in host names).
_FIRST: Final = r"[^\s\"'<>()\[\],;:@\\\x00-\x20“”「」（）。、：；，:=|{}`*]"
ADDRESS: Final = (
    rf"(?:\"[^\"\s<>]{{1,64}}\"|{_FIRST}"
    r"[^\s\"<>()\[\],;:@\\\x00-\x20“”「」（）。、：；，]{0,127})"
    r"@(?:\[[0-9A-Za-z.:]{3,45}\]|[^\s\"'<>()\[\],;:@/\\\x00-\x2c“”「」（）。、：；，=!?*]{1,254}[^\s\"'<>()\[\],;:@/\\\x00-\x2f“”「」（）。、：；，=!?*.…])"
)
# The same where it is looked for: it begins where a local part can, and is not tried again at each of its letters.
SOUGHT: Final = rf"(?<!{_FIRST}){ADDRESS}"
# What a dialect's table may take for an address, where it knows what stands around it: whoever wrote it, it must be found whole.
TABLE_ADDRESS: Final = r"(?<![A-Za-z0-9._%+-])[^\s<>\"@(|\[\]：；，、（「]{1,128}@[^\s<>\":,;()\[\]]{1,255}"

# What looks like an IP address, of either kind: no piece of a longer number, and no part of a name.
IP: Final = r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){2,7}[0-9a-fA-F]{0,4}(?![\w:])"

# A web address in running text.
LONGEST_URL: Final = 300
URL: Final = rf"https?://[^\s<>\"'\]\[()|^`{{}}\\]{{3,{LONGEST_URL}}}"

# Of an answer that ends in a report: 4yz and 5yz, 2yz in success reports (RFC 5321 §4.2).
REPLY_CODE: Final = r"[245]\d\d"
# status-code = class "." subject "." detail (RFC 3463 §2).
STATUS_CODE: Final = r"[245]\.\d{1,3}\.\d{1,3}"
