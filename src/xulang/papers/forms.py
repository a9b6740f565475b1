"""Papers whose wording the law fixes: giấy mời, giấy giới thiệu, biên bản, giấy nghỉ phép (Annex III, 1.7 to 1.10)."""

import re

from xulang.papers.layout import table
from xulang.papers.paper import Paragraph, UnfitPaperError

_FIELD = re.compile(r"\{(\w+)\}")


def filled(type: str, **fields: str) -> tuple[Paragraph, ...]:
    """The body of a paper of that type, its form filled in; a field of several lines gives several paragraphs.

    Raises UnfitPaperError where the type has no form, or a field that the form needs is empty.
    """
    forms = table("forms.toml")
    if type not in forms or "lines" not in forms[type]:
        raise UnfitPaperError(f"Loại văn bản “{type}” không có mẫu điền sẵn. Hãy soạn nội dung.")
    form = forms[type]
    if missing := [forms["fields"][name] for name in form["needed"] if not fields.get(name, "").strip()]:
        raise UnfitPaperError(f"Mẫu {form['form']} còn thiếu: {', '.join(missing)}. Hãy điền đủ.")
    printed = []
    for line in form["lines"]:
        names = _FIELD.findall(line)
        if not names or any(fields.get(name, "").strip() for name in names):
            printed += _FIELD.sub(lambda found: fields.get(found[1], ""), line).split("\n")
    return tuple(Paragraph(words) for words in printed)
