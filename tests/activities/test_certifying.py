"""Certificates of a course: who gets one, their numbers, the paper, and that the name goes with the list."""

import datetime as dt
import io
import zipfile

import pytest

from builders import NOW, TODAY
from xulang.activities import services
from xulang.activities.enums import Kind
from xulang.activities.errors import NobodyToCertify, NotOver
from xulang.activities.models import Certificate
from xulang.organisation.errors import NotPermitted
from xulang.papers.paper import UnfitPaperError
from xulang.plumbing.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(activities_work):
    return activities_work


def a_course(work, *names, **said):
    made = work.record(kind=Kind.TRAINING, **({"title": "Tập huấn dẫn khách quốc tế"} | said))
    services.list_attendance(activity=made, rows=[(name, "Trường số 1") for name in names], by=work.town.lead, now=NOW)
    return made


def certify(work, course, *names, on=TODAY, by=None):
    rows = course.attendees.filter(name__in=names)
    signed = {"signer": "Hoàng Mai Lan", "lines": ["Trưởng phòng"], "issued_on": on}
    return services.certify(activity=course, attendees=rows, **signed, by=by or work.town.lead, now=NOW)


def words_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read("word/document.xml").decode()


def test_numbers_go_on_through_the_year_and_nobody_gets_two(work):
    first = a_course(work, "Vi Thị Sen", "Lò Văn Sáng", "Hà Thị Mây")
    assert [row.number for row in certify(work, first, "Vi Thị Sen", "Lò Văn Sáng")] == [1, 2]
    with pytest.raises(NobodyToCertify):
        certify(work, first, "Vi Thị Sen")
    second = a_course(work, "Nông Thu", title="Lớp thứ hai")
    assert [row.number for row in certify(work, second, "Nông Thu")] == [3]
    assert [row.number for row in certify(work, first, "Hà Thị Mây")] == [4]
    given = JournalEntry.objects.filter(action="certificates.given").first()
    assert given.data == {"certificates": [1, 2], "year": TODAY.year}  # numbers, no names


def test_the_paper_has_a_page_for_each(work):
    course = a_course(work, "Vi Thị Sen", "Lò Văn Sáng", place="Nhà văn hóa")
    with pytest.raises(UnfitPaperError):
        services.certificates(activity=course, by=work.town.lead, now=NOW)
    certify(work, course, "Vi Thị Sen", "Lò Văn Sáng")
    data = services.certificates(activity=course, by=work.town.lead, now=NOW)
    assert data == services.certificates(activity=course, by=work.town.lead, now=NOW)
    words = words_of(data)
    for said in (
        "PHÒNG VĂN HÓA VÀ THÔNG TIN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "GIẤY CHỨNG NHẬN",
        "Số: 01/GCN",
        "Số: 02/GCN",
        "Vi Thị Sen",
        "Lò Văn Sáng",
        "Trường số 1",
        "Tập huấn dẫn khách quốc tế",
        f"ngày {TODAY:%d/%m/%Y}, tại Nhà văn hóa.",
        "Mường Hoa, ngày 10 tháng 3 năm 2026",
        "TRƯỞNG PHÒNG",
        "Hoàng Mai Lan",
    ):
        assert said in words, said
    assert words.count('<w:br w:type="page"/>') == 1


def test_the_name_goes_with_the_list_and_the_number_stays(work):
    course = a_course(work, "Vi Thị Sen")
    certify(work, course, "Vi Thị Sen")
    services.erase_attendance(activity=course, reason="Hết thời hạn", by=work.town.lead, now=NOW)
    assert list(Certificate.objects.values_list("number", "attendee")) == [(1, None)]
    with pytest.raises(UnfitPaperError):
        services.certificates(activity=course, by=work.town.lead, now=NOW)
    course = a_course(work, "Lò Văn Sáng")
    assert certify(work, course, "Lò Văn Sáng")[0].number == 2


# the day of issue, counted from the course's last day and from today
DAYS = [(-1, NotOver), (1, NotOver)]


@pytest.mark.parametrize(("days", "refusal"), DAYS)
def test_not_before_the_end_nor_ahead(work, days, refusal):
    course = a_course(work, "Vi Thị Sen")
    with pytest.raises(refusal):
        certify(work, course, "Vi Thị Sen", on=TODAY + dt.timedelta(days))


def test_who_may_and_of_what(work):
    course = a_course(work, "Vi Thị Sen")
    with pytest.raises(NotPermitted):
        certify(work, course, "Vi Thị Sen", by=work.town.ward_officer)
    session = work.record(kind=Kind.DISSEMINATION)
    services.list_attendance(activity=session, rows=[("Vi Thị Sen", "")], by=work.town.lead, now=NOW)
    with pytest.raises(NobodyToCertify):
        certify(work, session, "Vi Thị Sen")
