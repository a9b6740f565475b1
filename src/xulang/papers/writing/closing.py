"""The foot of a paper: signature, Nơi nhận, drafter's mark (cells 7, 9b, 12)."""

from collections.abc import Sequence

from xulang.papers.layout import Type
from xulang.papers.paper import Paper, Signature
from xulang.papers.writing import ooxml
from xulang.papers.writing.setting import Setting


def closing(setting: Setting, paper: Paper, type: Type) -> str:
    """The two columns under the body; with a cosigner the recipients stand beneath."""
    whole = ooxml.twips(setting.layout.measure)
    widths = (round(0.47 * whole), whole - round(0.47 * whole))
    right = signature(setting, paper.signature)
    below = recipients(setting, received(paper, type), paper.filed, paper.drafter)
    other = paper.cosigner
    rows = [(below, right)] if other is None else [(signature(setting, other), right), (setting.gap() + below, "")]
    return ooxml.kept(setting.gap()) + ooxml.side_by_side(widths, rows) + ooxml.paragraph("Blank")


def signature(setting: Setting, signature: Signature) -> str:
    """Authority and post, room to sign, another post where there is one, the name."""
    lines = "".join(setting.element("signer_authority", line) for line in signature.lines)
    post = setting.element("signer_authority", signature.post) if signature.post else ""
    return lines + ooxml.paragraph("SignatureSpace") + post + setting.element("signer_name", signature.name)


def recipients(setting: Setting, who: Sequence[str], filed: str, drafter: str = "") -> str:
    """Nơi nhận: the recipients, and last where it is filed."""
    lines = [f"- {ooxml.closed(one, ';')}" for one in who]
    lines.append(f"- Lưu: {ooxml.closed(filed, '.')}")
    shown = setting.element("recipients_word", "Nơi nhận:")
    shown += "".join(setting.element("recipients", line) for line in lines)
    return shown + (setting.element("drafter", drafter) if drafter else "")


def received(paper: Paper, type: Type) -> tuple[str, ...]:
    """The recipients above the last line, "Như trên" first where there is a Kính gửi (Annex I, II.9.b)."""
    above = ("Như trên",) if paper.addressees or type.code == "GGT" else ()
    return above + paper.recipients
