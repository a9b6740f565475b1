"""The words of reminders: what a step of the clock says, and the letter that gathers a day's."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xulang.activities.enums import AgreementTerm
from xulang.activities.models import AgreementNotice, PermitNotice
from xulang.activities.permissions import INTERNATIONAL, permission_on
from xulang.office.templatetags.office import headline
from xulang.organisation.models import Person
from xulang.programme.enums import EntryKind
from xulang.programme.ladder import ASKED, GRANTED, REFUSED, URGED, steps_of
from xulang.programme.models import Notice, OwnNotice, RaisedNotice, ReadingNotice
from xulang.reporting.enums import ReportState
from xulang.reporting.models import RoundNotice, WholeNotice

# Notices of rounds: of what a unit owes, and of the whole.
OF_ROUNDS = (RoundNotice, WholeNotice)
_WORDS = 160  # of a duty, in a letter


_BESIDE = {
    URGED.code: gettext_lazy("đơn vị đầu mối nhắc"),
    ASKED.code: gettext_lazy("đơn vị xin gia hạn"),
    GRANTED.code: gettext_lazy("đã được gia hạn"),
    REFUSED.code: gettext_lazy("không được gia hạn"),
}


def said(notice: Notice | RoundNotice | WholeNotice) -> str:
    """What the step says: "trước hạn 3 ngày làm việc", "đến hạn", "quá hạn 5 ngày làm việc"; or that a person asks."""
    if notice.step in _BESIDE:
        return str(_BESIDE[notice.step])
    days = next((step.days for step in steps_of(notice.due) if step.code == notice.step), 0)
    if days < 0:
        words = ngettext("trước hạn %(n)d ngày làm việc", "trước hạn %(n)d ngày làm việc", -days)
        return words % {"n": -days}
    if days == 0:
        return _("đến hạn")
    return ngettext("quá hạn %(n)d ngày làm việc", "quá hạn %(n)d ngày làm việc", days) % {"n": days}


def letter(person: Person, notices: list[Notice], links: dict[int, str], others: list[OwnNotice]) -> tuple[str, str]:
    """Subject and body of a person's digest: what is late first; each duty once, by its last notice.

    `links`: of each expected report that may be answered from the letter the secret of its link. What became of
    extensions, obstacles and directions, the reports that units owe in a round, and what waits to be read, follow.
    """
    with translation.override(settings.LANGUAGE_CODE):
        moved = [row for row in notices if row.about_id is not None]
        timed = {row.expected_id: row for row in notices if row.about_id is None}
        rows = sorted(timed.values(), key=lambda row: (row.due, row.pk))
        papers = [row for row in others if isinstance(row, ReadingNotice)]
        rounds = [told_beside(row) for row in others if isinstance(row, OF_ROUNDS)]
        raised = [told_beside(row) for row in others if isinstance(row, RaisedNotice)]
        besides = (ReadingNotice, RaisedNotice, *OF_ROUNDS)
        terms = [told_beside(row) for row in others if not isinstance(row, besides)]
        told = {row.pk: said(row) for row in rows}
        late = [row for row in rows if row.day > row.due]
        soon = [row for row in rows if row.day <= row.due]
        counted = [
            *([ngettext("%(n)d việc quá hạn", "%(n)d việc quá hạn", len(late)) % {"n": len(late)}] if late else []),
            *(
                [ngettext("%(n)d việc sắp đến hạn", "%(n)d việc sắp đến hạn", len(soon)) % {"n": len(soon)}]
                if soon
                else []
            ),
            *(
                [ngettext("%(n)d vướng mắc, chỉ đạo", "%(n)d vướng mắc, chỉ đạo", len(raised)) % {"n": len(raised)}]
                if raised
                else []
            ),
            *([ngettext("%(n)d báo cáo kỳ", "%(n)d báo cáo kỳ", len(rounds)) % {"n": len(rounds)}] if rounds else []),
            *(
                [ngettext("%(n)d thời hạn khác", "%(n)d thời hạn khác", len(terms)) % {"n": len(terms)}]
                if terms
                else []
            ),
            *([ngettext("%(n)d gia hạn", "%(n)d gia hạn", len(moved)) % {"n": len(moved)}] if moved else []),
            *(
                [ngettext("%(n)d văn bản cần đọc", "%(n)d văn bản cần đọc", len(papers)) % {"n": len(papers)}]
                if papers
                else []
            ),
        ]
        subject = _("Nhắc việc: %(counted)s") % {"counted": ", ".join(counted)}
        parts = [_("Kính gửi %(name)s,") % {"name": person.full_name}]
        for heading, some in ((_("QUÁ HẠN"), late), (_("SẮP ĐẾN HẠN"), soon)):
            if some:
                parts.append("\n\n".join([heading, *(_duty(row, told[row.pk], links) for row in some)]))
        if moved:
            parts.append("\n\n".join([_("GIA HẠN"), *(_duty(row, said(row), {}) for row in moved)]))
        if raised:
            parts.append("\n\n".join([_("VƯỚNG MẮC, CHỈ ĐẠO"), *map(_beside, raised)]))
        if rounds:
            parts.append("\n\n".join([_("BÁO CÁO KỲ"), *map(_beside, rounds)]))
        if terms:
            parts.append("\n\n".join([_("THỜI HẠN KHÁC"), *map(_beside, terms)]))
        if papers:
            parts.append("\n\n".join([_("GIAO BẠN ĐỌC"), *map(_paper, papers)]))
        if links:
            parts.append(_("Liên kết báo cáo ngay chỉ dành cho bạn, dùng một lần: xin không chuyển tiếp thư."))
        parts.append(_("Thư này do hệ thống Xứ Lạng gửi, mỗi ngày nhiều nhất một thư. Xin không trả lời thư."))
        return subject, "\n\n".join(parts) + "\n"


def _duty(row: Notice, told: str, links: dict[int, str]) -> str:
    assignment = row.expected.assignment
    due = _("Hạn %(day)s (%(said)s) · %(unit)s") % {
        "day": _day(row.due),
        "said": told,
        "unit": row.unit.name_on(row.day),
    }
    due += " · " + _("nhắc thay cho bậc chưa có người") if row.stands_in else ""
    address = settings.ADDRESS + reverse("office:assignment", args=[assignment.pk])
    lines = [f"- {headline(assignment.task.text, _WORDS)}", due, address]
    if secret := links.get(row.expected_id):
        quick = settings.ADDRESS + reverse("office:by_link", args=[secret])
        lines.append(_("Báo cáo ngay, không cần đăng nhập: %(address)s") % {"address": quick})
    return "\n  ".join(lines)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is told that is no duty and no paper to read: what it is, what of it, and where it is dealt with."""

    title: str
    words: str
    href: str


def told_beside(row: OwnNotice) -> Beside:
    """The words of a notice of a report of a round, of what was raised, of an agreement, or of evidence kept enough."""
    if isinstance(row, RoundNotice):
        return _of_round(row)
    if isinstance(row, WholeNotice):
        return _of_whole(row)
    if isinstance(row, RaisedNotice):
        return _of_raised(row)
    if isinstance(row, AgreementNotice):
        one = row.agreement
        title, href = f"{one.title} ({one.partner.name})", reverse("office:partner", args=[one.partner_id])
        if row.term == AgreementTerm.EXPIRY and one.expires_on:
            sentence = (
                _("Thỏa thuận đã hết hạn ngày %(day)s")
                if row.day > one.expires_on
                else _("Thỏa thuận hết hạn ngày %(day)s")
            )
            return Beside(title, sentence % {"day": _day(one.expires_on)}, href)
        sentence = _("Việc phải theo tiếp, trước ngày %(day)s")
        return Beside(title, sentence % {"day": _day(one.follow_up_by or row.day)}, href)
    if isinstance(row, PermitNotice):
        return _of_conference(row)
    words = _("Có minh chứng hoặc danh sách người dự đã giữ đủ thời hạn: hãy xem và xóa")
    return Beside(_("Hết thời hạn giữ"), words, reverse("office:retention"))


def _of_conference(row: PermitNotice) -> Beside:
    one = row.activity
    rule = permission_on(INTERNATIONAL, one.begins)
    words = _("Hội nghị, hội thảo có yếu tố nước ngoài ngày %(day)s, chưa ghi văn bản cho phép") % {
        "day": _day(one.begins)
    }
    told = _("%(by)s cho phép theo %(source)s") % {"by": rule.given_by, "source": rule.source} if rule else ""
    words = " · ".join(part for part in (words, told) if part)
    return Beside(one.title, words, reverse("office:activity", args=[one.pk]))


def _of_round(row: RoundNotice) -> Beside:
    title = _("%(period)s: báo cáo của %(unit)s") % {
        "period": row.report.round.period_name,
        "unit": row.unit.name_on(row.day),
    }
    words = _("Hạn gửi %(day)s (%(said)s)") % {"day": _day(row.due), "said": said(row)}
    words += " · " + _("đã bị trả lại") if row.report.state == ReportState.RETURNED else ""
    words += " · " + _("nhắc thay cho bậc chưa có người") if row.stands_in else ""
    return Beside(title, words, reverse("office:unit_report", args=[row.report_id]))


def _of_whole(row: WholeNotice) -> Beside:
    title = _("%(period)s: báo cáo tổng hợp") % {"period": row.round.period_name}
    words = _("Hạn tổng hợp %(day)s (%(said)s)") % {"day": _day(row.due), "said": said(row)}
    words += " · " + _("nhắc thay cho bậc chưa có người") if row.stands_in else ""
    return Beside(title, words, reverse("office:round", args=[row.round_id]))


_RAISED = {
    EntryKind.OBSTACLE: gettext_lazy("%(unit)s nêu vướng mắc ngày %(day)s, đang chờ trả lời"),
    EntryKind.ESCALATED: gettext_lazy("Vướng mắc của %(unit)s được trình lãnh đạo ngày %(day)s, đang chờ ý kiến"),
    EntryKind.ADVISED: gettext_lazy("Vướng mắc đã được trả lời ngày %(day)s: hãy báo đã hết hay còn vướng"),
    EntryKind.DIRECTED: gettext_lazy("Lãnh đạo có ý kiến chỉ đạo ngày %(day)s"),
    EntryKind.RETURNED: gettext_lazy("Báo cáo bị trả lại ngày %(day)s, xin xem lý do và báo cáo lại"),
}


def _of_raised(row: RaisedNotice) -> Beside:
    """Without a word of what people wrote: a letter goes over wires that nobody here knows."""
    line, duty = row.about, row.about.assignment
    told = {"unit": duty.unit.name_on(row.day), "day": _day(line.on)}
    kind = EntryKind(line.kind)
    answering = kind in (EntryKind.OBSTACLE, EntryKind.ESCALATED)
    href = reverse("office:obstacles") if answering else reverse("office:assignment", args=[duty.pk])
    return Beside(headline(duty.task.text, _WORDS), str(_RAISED[kind]) % told, href)


def _beside(one: Beside) -> str:
    return "\n  ".join([f"- {one.title}", one.words, settings.ADDRESS + one.href])


def _paper(row: ReadingNotice) -> str:
    given, directive = row.circulation, row.circulation.directive
    told = _("%(who)s giao đọc ngày %(day)s") % {"who": given.given_by.full_name, "day": _day(given.given_on)}
    address = settings.ADDRESS + reverse("office:directive", args=[directive.pk])
    title = f"{directive}: {headline(directive.title, _WORDS)}" if directive.code and directive.title else directive
    return "\n  ".join([f"- {title}", told, address])


def _day(day: dt.date) -> str:
    return formats.date_format(day, "d/m/Y")
