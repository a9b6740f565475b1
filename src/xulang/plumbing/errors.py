"""What every room's refusals have in common: a sentence that a person can act on."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A rule of the user's is broken; `str(error)` is a sentence in the user's language that says what to do.

    A subclass gives the `sentence`; what it names in `%(…)s` comes as keyword arguments.
    """

    sentence: ClassVar[str | Promise] = _("Không thực hiện được việc này.")

    def __init__(self, **named: Any) -> None:
        super().__init__()
        self.named = named

    def __str__(self) -> str:
        return str(self.sentence) % self.named if self.named else str(self.sentence)


class UnknownFile(Refused):
    """The content is of no kind that the office takes in, whatever its name says."""

    sentence = _(
        "Không nhận tệp %(name)s: nội dung không phải loại được nhận. Hãy gửi tệp thuộc một trong các loại: %(kinds)s."
    )


class MacroFile(Refused):
    """An office document that carries a program."""

    sentence = _("Không nhận tệp %(name)s vì có macro. Hãy lưu lại thành tệp không có macro rồi gửi lại.")


class TooLarge(Refused):
    """Over the limit of the settings."""

    sentence = _("Tệp %(name)s lớn hơn %(limit)s MB. Hãy nén hoặc tách tệp rồi gửi lại.")


class EmptyFile(Refused):
    """No content at all."""

    sentence = _("Tệp %(name)s không có nội dung. Hãy kiểm tra và gửi lại.")


class BrokenPicture(Refused):
    """A picture whose parts cannot be told apart, so that what it says beside the picture cannot be removed."""

    sentence = _("Ảnh %(name)s bị hỏng. Hãy mở ảnh, lưu lại thành tệp mới rồi gửi lại.")


class ConsentNeeded(Refused):
    """People consented, and nothing says how."""

    sentence = _("Hãy ghi sự đồng ý được thể hiện thế nào: văn bản, thư, ngày nào.")


class AlreadyWithdrawn(Refused):
    """The bytes are gone already."""

    sentence = _("Tệp này đã được thu hồi trước đó.")


class ReasonNeeded(Refused):
    """An act that is explained by its reason came without one."""

    sentence = _("Hãy ghi rõ lý do.")


class SheetUnreadable(Refused):
    """Neither a workbook nor a table of text, or broken."""

    sentence = _("Không đọc được bảng trong tệp %(name)s. Hãy mở tệp bằng bảng tính, lưu dạng XLSX rồi nạp lại.")


class SheetTooLong(Refused):
    """More rows, or more content, than one file may hold."""

    sentence = _("Bảng trong tệp %(name)s quá lớn: mỗi trang tính nhiều nhất %(rows)s dòng. Hãy tách thành nhiều tệp.")
