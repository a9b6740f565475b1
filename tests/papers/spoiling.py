"""Spoils a sound Word file in one place, so that one rule of the checker must break."""

import io
import zipfile
from collections.abc import Callable

from lxml import etree

from xulang.papers.writing.styles import style_id

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Parts = dict[str, etree._Element]
Spoil = Callable[[Parts], None]


def spoiled(data: bytes, *spoils: Spoil) -> bytes:
    """The same file with those changes."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        files = {name: old.read(name) for name in old.namelist()}
    parts = {name: etree.fromstring(text) for name, text in files.items()}
    for spoil in spoils:
        spoil(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, root in parts.items():
            new.writestr(name, etree.tostring(root))
    return out.getvalue()


def paragraphs(parts: Parts, element: str) -> list[etree._Element]:
    """The paragraphs of a component, wherever they stand."""
    found = [
        p
        for name, root in parts.items()
        if name.startswith("word/")
        for p in root.iter(W + "p")
        if (style := p.find(f"{W}pPr/{W}pStyle")) is not None and style.get(W + "val") == style_id(element)
    ]
    assert found, f"no {element} in the paper"
    return found


def words(p: etree._Element) -> str:
    return "".join(t.text or "" for t in p.iter(W + "t"))


def say(element: str, old: str, new: str) -> Spoil:
    """Other words in a component: the first paragraph that holds them."""

    def spoil(parts: Parts) -> None:
        p = next(p for p in paragraphs(parts, element) if old in words(p))
        texts = list(p.iter(W + "t"))
        texts[0].text = words(p).replace(old, new)
        for rest in texts[1:]:
            rest.text = ""

    return spoil


def cased(element: str, *, upper: bool) -> Spoil:
    """A component in capitals, or in small letters."""

    def spoil(parts: Parts) -> None:
        for p in paragraphs(parts, element):
            for t in p.iter(W + "t"):
                t.text = (t.text or "").upper() if upper else (t.text or "").lower()

    return spoil


def removed(element: str) -> Spoil:
    """A paper without the component."""

    def spoil(parts: Parts) -> None:
        for p in paragraphs(parts, element):
            for run in p.findall(W + "r"):
                p.remove(run)

    return spoil


def _style(parts: Parts, name: str) -> etree._Element:
    styles = parts["word/styles.xml"]
    return next(s for s in styles.iter(W + "style") if s.get(W + "styleId") in (name, style_id(name)))


def letters(element: str, **look: str) -> Spoil:
    """Another look of a component's letters: letters("title", b="0", sz="40")."""

    def spoil(parts: Parts) -> None:
        rpr = _style(parts, element).find(W + "rPr")
        assert rpr is not None
        for tag, value in look.items():
            for old in rpr.findall(W + tag):
                rpr.remove(old)
            etree.SubElement(rpr, W + tag).set(W + "val", value)

    return spoil


def form(element: str, tag: str, **values: str) -> Spoil:
    """Another form of a component's paragraphs: form("body", "spacing", line="200")."""

    def spoil(parts: Parts) -> None:
        ppr = _style(parts, element).find(W + "pPr")
        assert ppr is not None
        child = ppr.find(W + tag)
        child = etree.SubElement(ppr, W + tag) if child is None else child
        for name, value in values.items():
            child.set(W + name, value)

    return spoil


def own(element: str, tag: str) -> Spoil:
    """A component without what its paragraphs set themselves: their frame, their indents."""

    def spoil(parts: Parts) -> None:
        for p in paragraphs(parts, element):
            for child in p.findall(f"{W}pPr/{W}{tag}"):
                child.getparent().remove(child)  # type: ignore[union-attr]

    return spoil


def page(tag: str, section: int = 0, **values: str) -> Spoil:
    """Another page: page("pgMar", left="500")."""

    def spoil(parts: Parts) -> None:
        end = list(parts["word/document.xml"].iter(W + "sectPr"))[section]
        child = end.find(W + tag)
        child = etree.SubElement(end, W + tag) if child is None else child
        for name, value in values.items():
            child.set(W + name, value)

    return spoil


def unpage(tag: str, section: int = 0) -> Spoil:
    """A page without a property."""

    def spoil(parts: Parts) -> None:
        end = list(parts["word/document.xml"].iter(W + "sectPr"))[section]
        for child in end.findall(W + tag):
            end.remove(child)

    return spoil


def coloured(element: str, colour: str) -> Spoil:
    """Another colour on a component's runs."""

    def spoil(parts: Parts) -> None:
        for p in paragraphs(parts, element):
            for run in p.findall(W + "r"):
                rpr = run.find(W + "rPr")
                if rpr is None:
                    rpr = etree.Element(W + "rPr")
                    run.insert(0, rpr)
                for old in rpr.findall(W + "color"):
                    rpr.remove(old)
                etree.SubElement(rpr, W + "color").set(W + "val", colour)

    return spoil


def rule_beneath(element: str, indent: int | None) -> Spoil:
    """The rule beneath a component of another length, or none."""

    def spoil(parts: Parts) -> None:
        below = paragraphs(parts, element)[-1].getnext()
        assert below is not None
        ppr = below.find(W + "pPr")
        assert ppr is not None
        if indent is None:
            ppr.remove(ppr.find(W + "pBdr"))  # type: ignore[arg-type]
        else:
            for side in ("left", "right"):
                ppr.find(W + "ind").set(W + side, str(indent))  # type: ignore[union-attr]

    return spoil


def rule_aside(element: str, by: int) -> Spoil:
    """The rule beneath a component as long, but that far to the right."""

    def spoil(parts: Parts) -> None:
        below = paragraphs(parts, element)[-1].getnext()
        assert below is not None
        ind = below.find(f"{W}pPr/{W}ind")
        assert ind is not None
        for side, sign in (("left", 1), ("right", -1)):
            ind.set(W + side, str(int(ind.get(W + side, "0")) + sign * by))

    return spoil


def shifted(element: str, begins: str, by: int) -> Spoil:
    """The paragraph of a component that begins so, that far to the right."""

    def spoil(parts: Parts) -> None:
        p = next(p for p in paragraphs(parts, element) if words(p).startswith(begins))
        ind = p.find(f"{W}pPr/{W}ind")
        assert ind is not None
        ind.set(W + "left", str(int(ind.get(W + "left", "0")) + by))

    return spoil


def in_text_box(element: str, wide: float, *, outlined: bool = True) -> Spoil:
    """A component in a text box that many millimetres wide, without the frame of its own."""

    def spoil(parts: Parts) -> None:
        p = paragraphs(parts, element)[0]
        parent = p.getparent()
        assert parent is not None
        at = list(parent).index(p)
        own(element, "pBdr")(parts)
        line = "<a:ln/>" if outlined else "<a:ln><a:noFill/></a:ln>"
        told = (
            '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            f'<w:r><w:drawing><wp:anchor><wp:extent cx="{round(wide * 36000)}" cy="288000"/><a:graphic><a:graphicData>'
            f"<wps:wsp><wps:spPr>{line}</wps:spPr><wps:txbx><w:txbxContent/></wps:txbx></wps:wsp>"
            "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
        )
        new = etree.fromstring(told)
        next(new.iter(W + "txbxContent")).append(p)
        parent.insert(at, new)

    return spoil


def rule_above(element: str, indent: int | None) -> Spoil:
    """The rule above the table of a component of another length, or none."""

    def spoil(parts: Parts) -> None:
        table = next(paragraphs(parts, element)[0].iterancestors(W + "tbl"))
        above = next(p for p in table.itersiblings(W + "p", preceding=True) if p.find(f"{W}pPr/{W}pBdr") is not None)
        if indent is None:
            above.find(W + "pPr").remove(above.find(f"{W}pPr/{W}pBdr"))  # type: ignore[union-attr, arg-type]
        else:
            above.find(f"{W}pPr/{W}ind").set(W + "right", str(indent))  # type: ignore[union-attr]

    return spoil


def after_end(text: str) -> Spoil:
    """One more paragraph at the very end."""

    def spoil(parts: Parts) -> None:
        end = list(parts["word/document.xml"].iter(W + "sectPr"))[-1]
        p = etree.Element(W + "p")
        etree.SubElement(etree.SubElement(p, W + "r"), W + "t").text = text
        end.addprevious(p)

    return spoil


def font(element: str, name: str) -> Spoil:
    """Another font on a component."""

    def spoil(parts: Parts) -> None:
        rpr = _style(parts, element).find(W + "rPr")
        assert rpr is not None
        fonts = etree.SubElement(rpr, W + "rFonts")
        for slot in ("ascii", "hAnsi"):
            fonts.set(W + slot, name)

    return spoil


def number_below() -> Spoil:
    """The page number at the foot."""

    def spoil(parts: Parts) -> None:
        for reference in parts["word/document.xml"].iter(W + "headerReference"):
            reference.tag = W + "footerReference"
        for relation in parts["word/_rels/document.xml.rels"]:
            if relation.get("Id") == "header1":
                relation.set("Type", relation.get("Type", "").replace("header", "footer"))

    return spoil


def moved_down(element: str) -> Spoil:
    """A component's cell in a further row of its table."""

    def spoil(parts: Parts) -> None:
        row = next(paragraphs(parts, element)[0].iterancestors(W + "tr"))
        cells = row.findall(W + "tc")
        place = next(i for i, tc in enumerate(cells) if paragraphs(parts, element)[0] in list(tc.iter()))
        new = etree.fromstring(etree.tostring(row))
        row.addnext(new)
        for t in cells[place].iter(W + "t"):
            t.text = ""
        for at, tc in enumerate(new.findall(W + "tc")):
            if at != place:
                for t in tc.iter(W + "t"):
                    t.text = ""

    return spoil
