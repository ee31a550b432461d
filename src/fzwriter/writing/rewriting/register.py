"""The register of a report: how its unit speaks of itself, its organ, its area, its superiors.

``Register.adapt`` turns a stretch of the source into the target's register and masks what is left of
the source's own. Quotations and titles are left as they are. What stands for a word of the unit goes
through a private character, so that masking can't take the target's words for the source's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fzwriter.reading.lexicon import alternation
from fzwriter.reading.mask import mask_names
from fzwriter.units import Profile, temper
from fzwriter.writing.rewriting.source import Source

_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|‘[^‘’]*’")
_PLACES = "县区市州旗镇乡"
_TOWNS = ("镇", "乡", "街道")
_GUIDANCE = re.compile(
    r"党的(?:十九大|二十大)(?:和(?:二十届|十九届)(?:[一二三四五六]中|历次)全会|及[^，。；]{0,8}全会)?精神"
)
_SELF = re.compile(r"[我本](?:局|镇|乡|街道|县|区|市|州|旗|省|单位|委|厅|院|中心|校)(?![一-龥]?级)")
_AREA = re.compile(r"全(?:县|区|市|州|旗|镇|乡|街道|校|警)(?![一-龥]?覆盖)")
_ORGAN = re.compile(
    r"局党组|局党委|镇党委|乡党委|街道党工委|党工委|(?<![县区市州省旗局镇乡])党组(?!织)"
)
_COUNCIL = re.compile(rf"[{_PLACES}省]委(?!员|托|派|会)|[{_PLACES}省](?:人民)?政府")
# Whose duties these are: 立足街道职责定位.
_DUTIES = re.compile(
    r"(?<![辖地城社])(?:街道|[局镇乡县区市州旗])(?=(?:工作)?(?:职责|职能|实际)|定位)"
)
_BODY_OF = {"局": r"局", "镇": r"[镇乡]|街道", "乡": r"[镇乡]|街道", "街道": r"[镇乡]|街道"}

Words = Mapping[str, str]


@dataclass(frozen=True)
class Register:
    """From the words of a source's unit to those of a target's.

    Attributes:
        source: the report that is rewritten.
        target: profile of the unit it is rewritten for.
        words: the target plan's words: self, organ, year, next, guidance…
    """

    source: Source
    target: Profile
    words: Words
    _rules: tuple[tuple[re.Pattern[str], str], ...] = field(init=False, repr=False)
    _known: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_rules", tuple(_rules(self.source)))

    def adapt(self, text: str) -> str:
        """A stretch of the source as the target would say it; its own particulars are blanks."""
        if text not in self._known:
            self._known[text] = self._adapted(text)
        return self._known[text]

    def _adapted(self, text: str) -> str:
        parts: list[str] = []
        at = 0
        for quoted in _QUOTED.finditer(text):
            parts += [self._tokens(text[at : quoted.start()]), quoted[0]]
            at = quoted.end()
        parts.append(self._tokens(text[at:]))
        masked = mask_names("".join(parts), self.source.names)
        return temper(self._written(masked), self.target.type)

    def strange(self, text: str) -> list[str]:
        """Words of another register left in a text, outside quotations and titles."""
        return strange_words(text, self.target)

    def neutral(self, text: str) -> str:
        """A text with the target's own words as a sign that claims nothing."""
        own = {self.words[key] for key in ("self", "organ", "area", "place", "council")}
        own |= {self.words["government"], self.words["head"], self.words["staff"]}
        own |= {f"依法治{self.words['area_verb']}", self.words["organ"].split("、")[0]}
        return re.sub(alternation(frozenset(own)), "○", text)

    # -- inside --------------------------------------------------------------------------------

    def _tokens(self, text: str) -> str:
        for pattern, replacement in self._rules:
            text = pattern.sub(replacement, text)
        return text

    def _written(self, text: str) -> str:
        words = self.words
        party = words["organ"].split("、")[0]
        table = {
            _S: words["self"],
            _O: words["organ"],
            _P: party,
            _A: words["area"],
            _W: words["place"] if self.target.area else words["self"],
            _C: words["council"],
            _G: words["government"],
            _H: words["head"],
            _L: words["leader"],
            _T: words["staff"],
            _M: words["mission"],
            _Y: words["year"],
            _N: words["next"],
            _V: words["area_verb"],
            _D: words["guidance"],
        }
        for token, word in table.items():
            text = text.replace(token, word)
        # 我镇党委 once the organ's own words follow: 我镇镇党委
        return text.replace(f"{words['self']}{words['body']}党", f"{words['body']}党")


_S, _O, _P, _A, _W, _C, _G, _H, _L, _T, _M, _Y, _N, _V, _D = (chr(0xE000 + n) for n in range(15))


def _rules(source: Source) -> list[tuple[re.Pattern[str], str]]:
    """Patterns of the source's words, the longest first, and what stands for each."""
    profile, report = source.profile, source.report
    rules: list[tuple[str, str]] = []
    if report.year:
        rules += [(rf"{report.year + 1}(?=年)", _N), (rf"{report.year}(?=年)", _Y)]
    rules += [(_GUIDANCE.pattern, _D)]
    rules += _own_names(source)
    rules += _leaders(profile)
    rules += _organs(profile)
    if profile.staff != "干部职工":
        rules.append((re.escape(profile.staff), _T))
    rules += [
        (r"(?:广大|全体)?民警(?:辅警)?", _T),
        (_here(profile), _W),
        (rf"[我本](?:局|{_BODY_OF.get(profile.body, profile.body)}|单位)(?!级)", _S),
        (rf"全(?:[{_PLACES}]|街道)(?![一-龥]?覆盖|级)", _A),
        (rf"(?<=依法治)(?:[{_PLACES}]|街道?)", _V),
    ]
    if profile.form != "乡镇":
        rules.append((rf"{re.escape(profile.mission)}(?=(?:法治)?工作|领域|事业)", _M))
    return [(re.compile(pattern), token) for pattern, token in rules if pattern]


def _here(profile: Profile) -> str:
    """我县 in a bureau's report is the place, in a government's it is the unit."""
    if profile.self == profile.level.place:
        return ""
    return rf"[我本]{profile.level.name}(?!级)"


def _own_names(source: Source) -> list[tuple[str, str]]:
    """The unit's name and place where they stand for the unit: 砚桥镇党委、政府; 砚岭县司法局."""
    report, profile = source.report, source.profile
    names = {report.unit} if report.unit else set()
    hidden = r"[xX×＊某]{1,4}"
    if profile.form == "乡镇":
        places = [p for p in source.names.places if p.endswith(_TOWNS) and p in report.unit]
        own = alternation(frozenset(places)) if places else hidden + r"(?:镇|乡|街道)"
        own = rf"(?:{own}|{hidden}(?:镇|乡|街道))"
        return [(rf"{own}(?:党工委|[D党]委)(?:、(?:镇|乡)?(?:政府|办事处))?", _O), (own, _S)]
    if profile.form == "政府":
        places = [p for p in source.names.places if report.unit.startswith(p)]
        own = rf"(?:{alternation(frozenset(places))})" if places else rf"{hidden}[{_PLACES}]"
        return [(rf"{own}(?:人民政府|政府)?", _S)]
    body = report.unit
    for place in sorted(source.names.places, key=len, reverse=True):
        body = body.removeprefix(place)
    names |= {place + body for place in source.names.places if body} if body else set()
    rules = [(rf"{alternation(frozenset(names))}(?:党[组委])?", _S)] if names else []
    return [*rules, (rf"{hidden}[{_PLACES}]?(?:{body or '局'})", _S)]


def _leaders(profile: Profile) -> list[tuple[str, str]]:
    body = _BODY_OF.get(profile.body, f"[{_PLACES}]")
    return [
        (
            rf"(?:{body}|[{_PLACES}])?(?:党(?:组|委|工委)|委)书记、(?:[局{_PLACES}]长|办事处主任)",
            _L,
        ),
        (rf"(?:{body}|[{_PLACES}](?:委|政府))(?:党政)?主要(?:负责人|负责同志|领导)", _H),
    ]


def _organs(profile: Profile) -> list[tuple[str, str]]:
    pair = rf"[{_PLACES}]委[、和][{_PLACES}]?(?:人民)?政府"
    if profile.form == "政府":
        own, above = profile.level.place[1:], profile.level.council[0]
        return [
            (rf"{above}委[、和]{above}(?:人民)?政府", f"{_C}、{_G}"),
            (rf"{own}委[、和]{own}?(?:人民)?政府", _O),
            (rf"{above}委(?!员)", _C),
            (rf"{above}(?:人民)?政府", _G),
            (rf"{own}(?:委(?!员)|(?:人民)?政府)", _O),
        ]
    if profile.form == "乡镇":
        organ = r"(?:(?:镇|乡)党委|街道党工委|党工委)(?:、?(?:镇|乡)?(?:政府|办事处))?"
        rest = [(organ, _O), (r"党委(?=理论学习|中心组)", _P)]
    else:
        rest = [(r"局党[组委]", _O), (r"党[组委](?=理论学习|中心组)", _P)]
    return [
        *rest,
        (pair, f"{_C}、{_G}"),
        (rf"[{_PLACES.replace('镇', '').replace('乡', '')}]委(?!员|托|派)", _C),
        (rf"[{_PLACES.replace('镇', '').replace('乡', '')}](?:人民)?政府(?!和)", _G),
    ]


def strange_words(text: str, profile: Profile) -> list[str]:
    """Words of another unit's register in a text, outside quotations and titles."""
    plain = _QUOTED.sub(lambda match: "＿" * len(match[0]), text)
    level = profile.level
    own = {profile.self, level.place, level.area, profile.self.replace("我", "本")}
    own |= {level.place.replace("我", "本"), profile.organ.split("、")[0], level.council}
    own |= {level.government, level.formal, *profile.organ.split("、"), f"全{profile.body}"}
    own |= {profile.body, level.name}
    found = [m[0] for p in (_SELF, _AREA, _ORGAN, _COUNCIL, _DUTIES) for m in p.finditer(plain)]
    return [word for word in dict.fromkeys(found) if word not in own]
