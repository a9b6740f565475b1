"""styles.xml and settings.xml: every component is a named style, so that a clerk can mend a paper by its styles."""

import re
from functools import cache

from xulang.papers.layout import Element, Layout
from xulang.papers.writing.ooxml import part, twips

FONT = "Times New Roman"
_JC = {"center": "center", "justify": "both", "left": "left", "right": "right", None: "both"}
# Components that are running text: their first line is indented and their lines are set as wide as the body's.
_RUNNING = {"basis", "roman_heading", "article_heading", "clause_heading", "body"}
_WITH_NEXT = {
    "type_name", "title", "authority", "division_label", "division_title", "roman_heading", "article_heading",
    "clause_heading", "annex_label", "annex_title", "annex_reference",
}  # fmt: skip


def style_id(element: str) -> str:
    """The id of a component's style."""
    return "".join(word.capitalize() for word in element.split("_"))


@cache
def styles_xml(layout: Layout) -> str:
    """The styles of an edition; cached, since every paper of the edition has the same."""
    body_size = layout.elements["body"].size.written
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" '
        f'w:cs="{FONT}"/><w:color w:val="000000"/><w:sz w:val="{2 * body_size:g}"/><w:szCs w:val="{2 * body_size:g}"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        "</w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    table = layout.table_size
    plain = [
        _style("Blank", "Dòng trống", 1, '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'),
        _style("Rule", "Đường kẻ", 1, '<w:spacing w:before="40" w:after="0" w:line="60" w:lineRule="exact"/>'),
        _style("SignatureSpace", "Chỗ ký", body_size, '<w:spacing w:before="1200" w:after="0"/><w:jc w:val="center"/>'),
        _style("TableHead", "Đầu bảng", table, f"<w:keepNext/>{_cell('center')}", "<w:b/>"),
        *(_style(f"Table{align.capitalize()}", f"Ô bảng {name}", table, _cell(_JC[align])) for align, name in _CELLS),
    ]
    named = [_element(e, layout) for e in layout.elements.values() if not e.id.startswith("copy_")]
    return part("styles", defaults + normal + "".join(named + plain))


_CELLS = (("left", "trái"), ("center", "giữa"), ("right", "phải"), ("justify", "đều"))


def settings_xml() -> str:
    """The settings: the newest mode, so that Word says nothing of compatibility."""
    return part(
        "settings",
        '<w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>',
    )


def _cell(jc: str) -> str:
    return f'<w:spacing w:before="40" w:after="40"/><w:jc w:val="{jc}"/>'


def _style(name: str, shown: str, size: float, ppr: str, rpr: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{shown}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{ppr}</w:pPr>'
        f'<w:rPr>{rpr}<w:sz w:val="{2 * size:g}"/><w:szCs w:val="{2 * size:g}"/></w:rPr></w:style>'
    )


def _element(element: Element, layout: Layout) -> str:
    running = element.id in _RUNNING
    line = layout.line.written if running or element.id == "addressees" else 1.0
    ppr = "<w:keepNext/>" if element.id in _WITH_NEXT else ""
    ppr += f'<w:spacing w:before="{20 * element.before:g}" w:after="0" w:line="{240 * line:g}" w:lineRule="auto"/>'
    if running:
        ppr += f'<w:ind w:firstLine="{twips(layout.written_first_line)}"/>'
    ppr += f'<w:jc w:val="{_JC[element.align]}"/>'
    rpr = ("<w:b/>" if element.bold else "") + ("<w:i/>" if element.italic else "")
    return _style(style_id(element.id), element.name, element.size.written, ppr, rpr)


COPY = "Copy"  # what the ids of a copy's styles begin with
_STYLE = re.compile(
    r'<w:style w:type="paragraph" w:customStyle="1" w:styleId="(\w+)"><w:name w:val="([^"]+)"/>(.*?)</w:style>'
)


def of_copy(style: str) -> str:
    """The id that a style has among those of a copy."""
    return style if style.startswith(COPY) else COPY + style


@cache
def copy_styles(layout: Layout) -> dict[str, str]:
    """The styles of a copy's parts, by id: named apart and resting on nothing of the file that they are put into."""
    letters = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    made = {}
    own = "".join(_element(e, layout) for e in layout.elements.values() if e.id.startswith("copy_"))
    for name, shown, look in _STYLE.findall(styles_xml(layout) + own):
        alone = look.replace('<w:basedOn w:val="Normal"/>', "").replace("<w:rPr>", f"<w:rPr>{letters}", 1)
        alone = alone.replace("<w:sz ", '<w:color w:val="000000"/><w:sz ', 1)
        made[of_copy(name)] = (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{of_copy(name)}">'
            f'<w:name w:val="Bản sao: {shown}"/>{alone}</w:style>'
        )
    return made
