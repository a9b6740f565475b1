"""What the register refuses, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xulang.plumbing.errors import Refused

if TYPE_CHECKING:
    from xulang.registry.models import Directive


class AlreadyHeld(Refused):
    """The same file came in before; `directive` is the one held."""

    sentence = _("Văn bản này đã được %(who)s tiếp nhận lúc %(when)s. Hãy mở văn bản đã có.")

    def __init__(self, directive: Directive) -> None:
        when = timezone.localtime(directive.received_at)
        super().__init__(who=directive.received_by.full_name, when=f"{when:%H:%M %d/%m/%Y}")
        self.directive = directive


class MarkedSecret(Refused):
    """The paper bears a mark of secrecy; only a register entry without content is kept."""

    sentence = _(
        "Văn bản có dấu chỉ độ mật nên không được đưa vào hệ thống. Nội dung không được lưu; "
        "hãy xử lý theo quy định bảo vệ bí mật nhà nước."
    )


class Unreadable(Refused):
    """Nothing could be read; `why` is the reader's own sentence, which says what to do."""

    sentence = _("Không đọc được văn bản. %(why)s")


class NoPages(Refused):
    """The pages cannot be shown as they look; `why` says the reason and what to do."""

    sentence = _("Chưa dựng được trang gốc. %(why)s")


class SourceNeeded(Refused):
    """A note on a directive's effect that nobody could check."""

    sentence = _("Hãy ghi nguồn: văn bản, điều khoản hoặc công báo nói điều này.")


class ByWhatNeeded(Refused):
    """Amended or replaced, but not said by what."""

    sentence = _("Hãy ghi số, ký hiệu của văn bản thay thế hoặc sửa đổi.")


class NumberWithoutSymbol(Refused):
    """A number alone names no directive."""

    sentence = _("Hãy ghi cả số và ký hiệu, ví dụ số 61 và ký hiệu KH-UBND; hoặc để trống cả hai khi chưa phát hành.")


class UnitsNeeded(Refused):
    """A line of recipients was to mean units, and none was chosen."""

    sentence = _("Hãy chọn ít nhất một đơn vị trong danh mục, hoặc chọn “Ngoài hệ thống”.")


class DayOutOfOrder(Refused):
    """Numbers follow the days on which papers are issued (Nghị định 30/2020/NĐ-CP, Điều 15.1)."""

    sentence = _(
        "Số văn bản phải theo trình tự ngày ban hành: số gần nhất là %(code)s ngày %(last)s. "
        "Hãy ghi ngày từ ngày đó đến hôm nay."
    )


class DayToCome(Refused):
    """A number is given when a paper is issued, and not kept for a later day."""

    sentence = _("Số văn bản được cấp khi ban hành. Hãy ghi ngày hôm nay hoặc ngày trước đó.")


class SymbolUnfit(Refused):
    """What stands behind the stroke of a code is the type's abbreviation and the issuer's."""

    sentence = _("Ký hiệu “%(symbol)s” chưa đúng: với %(type)s hãy ghi như “%(sample)s”.")


class AlreadyCancelled(Refused):
    """A number is cancelled once."""

    sentence = _("Số %(code)s đã được hủy trước đó.")


class ArrivalOutsideYear(Refused):
    """A line stands in the book of the year in which its number was given."""

    sentence = _("Số đến %(number)s thuộc sổ năm %(year)s: ngày đến phải trong năm đó và không sau hôm nay.")


class ArrivedBeforeIssued(Refused):
    """A paper was to have come before the day that it bears."""

    sentence = _("Văn bản đề ngày %(issued)s thì không thể đến trước ngày đó. Hãy xem lại ngày đến hoặc ngày văn bản.")


class NothingToCorrect(Refused):
    """A line of the register was to be corrected, and says the same as before."""

    sentence = _("Chưa sửa gì. Hãy ghi lại chỗ sai, hoặc quay về sổ.")


class NobodyToRead(Refused):
    """A directive was to be passed on to persons, and none of them can be given it."""

    sentence = _("Chưa chọn ai để giao đọc. Hãy chọn người đang giữ chức vụ trong đơn vị của bạn.")


class NothingToCopy(Refused):
    """A copy was asked of a paper that is not there: refused, erased, or its number cancelled."""

    sentence = _("Văn bản này không còn bản để sao. Hãy xin lại bản chính hoặc bản sao y từ nơi ban hành.")


class NoCopyOfCopy(Refused):
    """A sao lục is made of a sao y; of its own paper an office holds the original."""

    sentence = _("Văn bản do cơ quan ban hành còn bản gốc nên không sao lục. Hãy sao y hoặc trích sao.")


class NotExtracted(Refused):
    """An extract cannot be made; `why` says what to do."""

    sentence = _("Chưa trích sao được. %(why)s")


class NobodySigned(Refused):
    """A paper was to get its number, and nobody is named who signs it."""

    sentence = _("Chưa ghi ai ký văn bản. Hãy ghi họ và tên người ký có thẩm quyền trong ngày ban hành.")
