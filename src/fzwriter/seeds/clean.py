"""What a report collected on its way through web pages and forums is taken off here.

Works on one paragraph at a time and is idempotent. Words are never changed, save two well-known
disguises (``D委`` of 党委, ``党的XX大``) and Latin punctuation between Chinese characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_HAN = "\u4e00-\u9fff"
_WIDE = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}  # ０–９
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF21, 0xFF3B)}  # Ａ–Ｚ
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)}  # ａ–ｚ
    | {"％": "%", "．": ".", "\u3000": " ", "\u00a0": " ", "\t": " "}
)
_PUNCTUATION = str.maketrans(",:;?!()", "，：；？！（）")
_MARKER = re.compile(r"##[A-Za-z]+##")
_EDGE = f"[{_HAN}，。；：、“”《》（）]"
_SPACE = re.compile(rf"(?<={_EDGE})\s+|\s+(?={_EDGE})")
_LATIN_MARK = re.compile(
    rf"(?<=[{_HAN}，。；：、“”《》（）\d%])[,:;?!](?=[{_HAN}“《（]|$)"
    rf"|(?<=[{_HAN}])[,;](?=\d)"
)
_PAREN = re.compile(rf"\(([^()]{{0,60}}[{_HAN}][^()]{{0,60}})\)")
_DISGUISED = re.compile(r"(?<![A-Za-z])D(?=[委组政员校建纪的风内性史课旗对]|支部|中央|和国家)")
# Every report with this disguise is of 2022 or later.
_CONGRESS = re.compile(r"党的[xX×]{2}大(?![a-zA-Z])")
_AD_WORDS = "素材库|代笔|会员|客服|网盘|QQ|微信|接单|svip|扫码|加好友"
_ADVERTISEMENT = 2  # so many of those words in one paragraph are no report


def clean_paragraph(text: str) -> str:
    """One paragraph without residue; "" when nothing of a report is in it."""
    text = _MARKER.sub("", text.translate(_WIDE))
    text = _SPACE.sub("", text.strip())
    text = _PAREN.sub(r"（\1）", text)
    text = _LATIN_MARK.sub(lambda match: match[0].translate(_PUNCTUATION), text)
    text = _CONGRESS.sub("党的二十大", _DISGUISED.sub("党", text))
    if len(set(re.findall(_AD_WORDS, text))) >= _ADVERTISEMENT:
        return ""
    return text


def clean(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """The paragraphs that are left of a report."""
    return tuple(text for text in map(clean_paragraph, paragraphs) if text)
