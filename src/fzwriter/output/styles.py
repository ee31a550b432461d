"""The parts of a .docx that every report shares: styles, settings, fonts. As XML text."""

from __future__ import annotations

from dataclasses import replace

from fzwriter.output.layout import (
    FALLBACK,
    FANGSONG,
    HEADER,
    LATIN,
    NOTICE,
    PAGE_NUMBER,
    SONGTI,
    STANDARD,
    Design,
    Look,
)
from fzwriter.output.oxml import paragraph_properties, run_properties, wrap

# All other styles are Word's.
_OUR_OWN = {"Addressee", "IssuerMark", "DocumentNumber", NOTICE.style_id, HEADER.style_id}
_REMARK = Look("CommentText", "annotation text", SONGTI, 20, SONGTI, 0, 240, rule="auto")
_REMARK = replace(_REMARK, align="left", on_grid=False)


def styles_xml(
    design: Design = STANDARD, more: tuple[Look, ...] = (), *, comments: bool = False
) -> str:
    """The whole of ``word/styles.xml``: of a design, of ``more`` looks, and of comments if any.

    Headings are Word's own heading styles, so that the navigation pane and a table of contents
    work; each has a character style of the same look for headings that run into their text.
    """
    normal = design.normal
    return wrap(
        "styles",
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run_properties(normal)}</w:rPr></w:rPrDefault>"
        "<w:pPrDefault><w:pPr>"
        '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        '<w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
        + _paragraph_style(normal, default=True)
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
        "<w:unhideWhenUsed/></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        + "".join(map(_paragraph_style, design.looks.values()))
        + "".join(map(_run_in_style, design.headings))
        + "".join(map(_paragraph_style, (*more, HEADER, PAGE_NUMBER, NOTICE)))
        + (_comment_styles() if comments else ""),
    )


def run_in_style_id(look: Look) -> str:
    """Id of the character style that gives a run-in heading a heading's look."""
    return f"{look.style_id}Char"


def _comment_styles() -> str:
    return (
        _paragraph_style(_REMARK) + '<w:style w:type="character" w:styleId="CommentReference">'
        '<w:name w:val="annotation reference"/><w:basedOn w:val="DefaultParagraphFont"/>'
        '<w:uiPriority w:val="99"/><w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>'
    )


def _paragraph_style(look: Look, *, default: bool = False) -> str:
    marked = ' w:default="1"' if default else ""
    custom = ' w:customStyle="1"' if look.style_id in _OUR_OWN else ""
    heading = look.outline is not None
    return (
        f'<w:style w:type="paragraph"{marked}{custom} w:styleId="{look.style_id}">'
        f'<w:name w:val="{look.name}"/>'
        + ("" if default else '<w:basedOn w:val="Normal"/>')
        + ('<w:next w:val="BodyText"/>' if heading else "")
        + (f'<w:link w:val="{run_in_style_id(look)}"/>' if heading else "")
        + f"<w:qFormat/><w:pPr>{paragraph_properties(look)}"
        + (f'<w:outlineLvl w:val="{look.outline}"/>' if heading else "")
        + f"</w:pPr><w:rPr>{run_properties(look)}</w:rPr></w:style>"
    )


def _run_in_style(look: Look) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{run_in_style_id(look)}">'
        f'<w:name w:val="{look.name} Char"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f'<w:link w:val="{look.style_id}"/><w:rPr>{run_properties(look)}</w:rPr></w:style>'
    )


def settings_xml() -> str:
    """The whole of ``word/settings.xml``: odd and even pages differ, Chinese typography rules."""
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word"'
        f' w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return wrap(
        "settings",
        '<w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
        '<w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>"
        "<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/>"
        f"<w:adjustLineHeightInTable/><w:useFELayout/>{compat}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"'
        ' w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4"'
        ' w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"'
        ' w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
    )


def fonts_xml() -> str:
    """The whole of ``word/fontTable.xml``: what to take where a font is not installed."""
    chinese = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{"modern" if name == FANGSONG else "auto"}"/>'
        '<w:pitch w:val="default"/></w:font>'
        for name, other in FALLBACK.items()
    )
    return wrap(
        "fonts",
        f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/>'
        f'<w:pitch w:val="variable"/></w:font>{chinese}',
    )
