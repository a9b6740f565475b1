"""Every screen of the office: who opens it, on which rows of one town's story."""

import datetime as dt
from datetime import timedelta
from typing import Any

from office.conftest import NOW, Town
from office.later import a_later, issued
from xulang.activities import services as activities
from xulang.activities.enums import Kind, PartnerKind
from xulang.activities.models import Activity, Partner
from xulang.activities.services import NewActivity, NewPiece
from xulang.budget import services as budget
from xulang.budget.enums import Source
from xulang.budget.models import Estimate
from xulang.budget.services import NewLine
from xulang.organisation import people_twice, reorganising
from xulang.organisation.importing import services as importing
from xulang.organisation.models import OutsideIdentity, Passkey, Person, PostHolding
from xulang.programme import bulk, services
from xulang.programme.duties import duties_of
from xulang.programme.enums import Cadence, EntryKind
from xulang.programme.models import Assignment, Notice
from xulang.programme.services import NewEvidence
from xulang.registry import circulating, copying, editing, numbering
from xulang.registry.enums import CopyForm, Medium
from xulang.registry.models import Directive
from xulang.reporting import services as reporting
from xulang.reporting.indicators import forms

# Who opens what; {…} are rows of the town's story.
SCREENS = [
    (None, "/dang-nhap/"),
    (None, "/mat-khau/quen/"),
    ("minh", "/lich-rieng/"),
    (None, "/bao-nhanh/{link}/"),
    (None, "/bao-nhanh/khong-co/"),
    (None, "/mat-khau/chon/"),
    ("lan", "/"),
    ("lan", "/an-toan/"),
    ("lan", "/an-toan/hai-lop/"),
    ("lan", "/an-toan/khoa/"),
    ("minh", "/an-toan/"),
    ("quan", "/an-toan/vai-tro/"),
    ("lan", "/mat-khau/"),
    ("ha", "/uy-quyen/"),
    ("quan", "/lich/?nam=2026"),
    ("lan", "/van-ban/"),
    ("lan", "/van-ban/?tu=khong"),
    ("lan", "/van-ban/tiep-nhan/"),
    ("lan", "/van-ban/{directive}/"),
    ("lan", "/van-ban/?so=di&loc=het-hieu-luc"),
    ("lan", "/van-ban/so-di/"),
    ("lan", "/van-ban/so-den/"),
    ("lan", "/van-ban/ban-sao/"),
    ("duc", "/van-ban/ban-sao/?nam=2026"),
    ("lan", "/van-ban/{directive}/sao/"),
    ("lan", "/van-ban/so-di/{copied_paper}/sao/"),
    ("lan", "/van-ban/so-den/{arrival}/sua/"),
    ("duc", "/van-ban/so-di/?nam=2026"),
    ("lan", "/van-ban/du-thao/"),
    ("lan", "/van-ban/{guide}/du-thao/"),
    ("lan", "/du-thao/{plan}/"),
    ("duc", "/du-thao/{plan}/"),
    ("lan", "/du-thao/{plan}/muc/{plan_item}/"),
    ("lan", "/du-thao/{plan}/xem/"),
    ("lan", "/du-thao/{plan}/doi-chieu/"),
    ("lan", "/du-thao/{numbered}/"),
    ("lan", "/chuong-trinh/{programme}/doi-chieu/?cap-tren={guide}"),
    ("lan", "/van-ban/{directive}/ho-so/"),
    ("lan", "/van-ban/{directive}/mach/"),
    ("lan", "/van-ban/{directive}/noi-nhan/"),
    ("minh", "/van-ban/{directive}/noi-nhan/"),
    ("lan", "/tim/"),
    ("lan", "/tim/?tim=muong+hoa"),
    ("lan", "/tim/?tim=khong+co"),
    ("lan", "/ra-soat/{review}/"),
    ("lan", "/ra-soat/{later}/thay-doi/"),
    ("lan", "/ra-soat/{review}/thay-doi/"),
    ("xa", "/ra-soat/{replaced}/thay-doi/"),
    ("xa", "/viec/"),
    ("lan", "/xac-nhan/"),
    ("nga", "/nhac-viec/"),
    ("nga", "/viec/"),
    ("nga", "/viec/{ward}/"),
    ("lan", "/viec/bang-tinh/"),
    ("lan", "/viec/bang-tinh/{sheet}/"),
    ("minh", "/viec/{contest}/"),
    ("minh", "/viec/{contest}/phan-cong/"),
    ("lan", "/van-ban/{guide}/dinh-huong/"),
    ("minh", "/van-ban/{guide}/dinh-huong/"),
    ("lan", "/van-ban/{guide}/giao-doc/"),
    ("ha", "/van-ban/{guide}/giao-doc/?loc=chua"),
    ("minh", "/hoat-dong/{session}/nguoi-du/"),
    ("lan", "/viec/{own}/phan-cong/"),
    ("ha", "/viec/"),
    ("lan", "/viec/{contest}/"),
    ("duc", "/nhiem-vu/{task}/"),
    ("minh", "/minh-chung/{evidence}/nguoi/"),
    ("minh", "/minh-chung/{evidence}/thu-hoi/"),
    ("lan", "/viec/{own}/vuong-mac/"),
    ("lan", "/viec/{own}/gia-han/"),
    ("lan", "/viec/{own}/"),
    ("duc", "/viec/{own}/"),
    ("lan", "/vuong-mac/"),
    ("minh", "/vuong-mac/"),
    ("nga", "/vuong-mac/"),
    ("nga", "/hoat-dong/"),
    ("lan", "/hoat-dong/?tu=khong+co"),
    ("minh", "/hoat-dong/"),
    ("minh", "/hoat-dong/?xem=lich"),
    ("minh", "/hoat-dong/?xem=dia-diem"),
    ("lan", "/ky-bao-cao/"),
    ("nga", "/ky-bao-cao/"),
    ("lan", "/ky-bao-cao/mo/"),
    ("duc", "/ky-bao-cao/{round}/"),
    ("lan", "/ky-bao-cao/{round}/"),
    ("lan", "/ky-bao-cao/{round}/so-lieu/tap-huan-lop/"),
    ("lan", "/ky-bao-cao/{round}/loi-van/?muc=II.2"),
    ("lan", "/ky-bao-cao/{round}/loi-van/?muc=thuong-xuyen"),
    ("lan", "/ky-bao-cao/{round}/cau/?muc=thuong-xuyen&doan=0&cau=0"),
    ("lan", "/ky-bao-cao/{round}/chi-tieu/"),
    ("lan", "/ky-bao-cao/ban/{version}/"),
    ("lan", "/ky-bao-cao/ban/{version}/phat-hanh/"),
    ("minh", "/ky-bao-cao/don-vi/{sent}/"),
    ("lan", "/ky-bao-cao/don-vi/{sent}/"),
    ("lan", "/ky-bao-cao/don-vi/{sent}/so-lieu/loi-van/?muc=II.2&cau=0"),
    ("minh", "/ky-bao-cao/don-vi/{sent}/so-lieu/tap-huan-lop/"),
    ("lan", "/ky-bao-cao/don-vi/{unsent}/"),
    ("lan", "/ky-bao-cao/don-vi/{unsent}/so-lieu/can-bo-phu-trach/"),
    ("minh", "/het-thoi-han-giu/"),
    ("minh", "/hoat-dong/{lesson}/chung-nhan/"),
    ("minh", "/doi-tac/trung/"),
    ("minh", "/du-toan/"),
    ("hien", "/du-toan/"),
    ("duc", "/du-toan/"),
    ("nga", "/du-toan/"),
    ("minh", "/du-toan/lap/"),
    ("minh", "/du-toan/{faulty}/"),
    ("minh", "/du-toan/{faulty}/them/"),
    ("minh", "/du-toan/dong/{dear}/"),
    ("minh", "/du-toan/{faulty}/bang-tinh/"),
    ("hien", "/du-toan/{asked_for}/"),
    ("hien", "/du-toan/{asked_for}/tham-dinh/"),
    ("hien", "/du-toan/{appraised}/cap-so/"),
    ("hien", "/van-ban/so-di/"),
    ("duc", "/du-toan/{appraised}/"),
    ("minh", "/du-toan/{appraised}/?lan=1"),
    ("minh", "/du-toan/{given}/"),
    ("minh", "/du-toan/{given}/chi/"),
    ("duc", "/du-toan/{given}/chi/"),
    ("hien", "/du-toan/so-lieu/?theo=nguon"),
    ("hien", "/du-toan/dinh-muc/"),
    ("minh", "/du-toan/dinh-muc/"),
    ("minh", "/doi-tac/"),
    ("duc", "/doi-tac/{partner}/"),
    ("minh", "/doi-tac/{partner}/"),
    ("minh", "/doi-tac/{partner}/sua/"),
    ("minh", "/doi-tac/thoa-thuan/{agreement}/sua/"),
    ("minh", "/hoat-dong/{event}/doi-tac/"),
    ("minh", "/hoat-dong/ghi/"),
    ("minh", "/hoat-dong/ghi/?loai=EVENT"),
    ("hoa", "/hoat-dong/ghi/?loai=PRESS"),
    ("duc", "/hoat-dong/{event}/"),
    ("minh", "/hoat-dong/{event}/"),
    ("minh", "/hoat-dong/{event}/sua/"),
    ("minh", "/hoat-dong/{event}/bao-cao/"),
    ("minh", "/hoat-dong/{event}/thu-hoi/"),
    ("duc", "/hoat-dong/{practice}/"),
    ("minh", "/hoat-dong/{lesson}/nguoi-du/"),
    ("minh", "/hoat-dong/minh-chung/{event_evidence}/thu-hoi/"),
    ("duc", "/toan-canh/"),
    ("lan", "/bang/"),
    ("lan", "/bang/?con-so=trong-han&vai-tro=phoi-hop"),
    ("lan", "/bang/?tu=khong+co"),
    ("duc", "/bang/?xem=theo-don-vi"),
    ("duc", "/bang/?xem=lich"),
    ("duc", "/bang/?xem=theo-don-vi&tinh-cho=THE_DAY&don-vi=khong+co"),
    ("duc", "/bang/?xem=theo-muc"),
    ("lan", "/bang/?xem=theo-muc&chuong-trinh={programme}"),
    ("lan", "/de-nghi/"),
    ("lan", "/de-nghi/?loc=khong-nhan"),
    ("nga", "/viec/{asked}/"),
    ("lan", "/viec/{asked}/"),
    ("duc", "/tinh-hinh/"),
    ("duc", "/tinh-hinh/tat-ca/"),
    ("duc", "/tinh-hinh/qua-han/"),
    ("quan", "/don-vi/"),
    ("quan", "/don-vi/?tim=van+hao"),
    ("quan", "/don-vi/?tim=khong+co"),
    ("quan", "/don-vi/trung/"),
    ("quan", "/don-vi/them/"),
    ("quan", "/don-vi/{unit}/"),
    ("quan", "/don-vi/nap/"),
    ("quan", "/don-vi/nap/{import}/"),
    ("quan", "/nguoi-dung/"),
    ("quan", "/nguoi-dung/trung/"),
    ("quan", "/nguoi-dung/trung/?kept=minh&gone=minh2"),
    ("quan", "/nguoi-dung/them/"),
    ("quan", "/nguoi-dung/{person}/"),
    ("quan", "/don-vi/?ngay=01/07/2025"),
    ("quan", "/sap-xep/"),
    ("quan", "/sap-xep/lap/"),
    ("quan", "/sap-xep/{draft}/"),
    ("quan", "/sap-xep/{draft}/xem-truoc/"),
    ("lan", "/sap-xep/{draft}/viec/?bang=programme.Assignment.unit"),
    ("quan", "/sap-xep/{applied}/"),
    ("quan", "/sap-xep/{applied}/hoan-tac/"),
    ("duc", "/tinh-hinh/?ngay=23/11/2026&tinh-cho=THE_DAY"),
    ("tho", "/nhat-ky/"),
    ("lan", "/tro-giup/"),
    ("lan", "/tham-quan/"),
    ("nga", "/tham-quan/"),
    ("lan", "/van-ban/?tham-quan=van-ban"),
    ("ky", "/"),
    ("ky", "/van-ban/"),  # not permitted
    ("lan", "/khong-co/"),  # no such page
]


# What the education division did for its contest: by kind, its facts.
DONE: dict[Kind, dict[str, Any]] = {
    Kind.EVENT: {"form": "CONFERENCE", "people": 60, "foreigners": 4, "countries": "Trung Quốc, Lào"},
    Kind.TRAINING: {"sessions": 2, "attended": 45},
    Kind.COMMENDATION: {"form": "GOOD_PRACTICE", "steps": "Mời phụ huynh nghe thử."},
}


def an_activity(town: Town, kind: Kind, serves: Assignment, **detail: Any) -> Activity:
    """One of a kind, recorded by the division's officer, with a file that shows it."""
    made = activities.record(
        kind=kind,
        unit=town.units["gd"],
        new=NewActivity(
            title="Chung kết kể chuyện bằng tiếng Anh",
            begins=NOW.date(),
            ends=NOW.date(),
            place="Nhà văn hóa Mường Hoa",
            languages=["vi", "en"],
            assignments=[serves],
            note="Có đoàn khách dự.",
        ),
        detail=detail,
        evidence=[NewPiece(data=f"Danh sach {kind}".encode(), name="danh-sach.txt")],
        by=town.people["minh"],
        now=NOW,
    )
    if kind == Kind.TRAINING:
        activities.list_attendance(activity=made, rows=[("Vi Thị Sen", "Trường số 1")], by=town.people["minh"], now=NOW)
    return made


def a_partner(town: Town) -> Partner:
    """A twin place with an agreement that ends soon, and who speaks for it."""
    by, day = town.people["minh"], NOW.date()
    made = activities.add_partner(kind=PartnerKind.TWIN, name="Thành phố Nà Loa", country="Lào", by=by, now=NOW)
    activities.agree(
        partner=made, title="Kết nghĩa", signed_on=day, expires_on=day + timedelta(days=30), by=by, now=NOW
    )
    activities.add_contact(partner=made, name="Bun Khăm", role="Trưởng phòng Đối ngoại", by=by, now=NOW)
    return made


def story(town: Town) -> dict[str, int | str]:
    """A plan issued and reported upon, another under review; the rows by name."""
    town.issue()
    contest = town.assignment("gd", "II.2")
    entry = services.report(
        assignment=contest,
        kind=EntryKind.DONE,
        expected=contest.expected.get(),
        note="Chung kết với 62 bài dự thi.",
        percent=100,
        evidence=[
            NewEvidence(data=b"Danh sach giai", name="giai.txt"),
            NewEvidence(url="https://muonghoa.example/tin", title="Bản tin"),
        ],
        by=town.people["minh"],
        now=NOW,
    )
    raised = {
        note: services.raise_obstacle(assignment=contest, note=note, by=town.people["minh"], now=NOW)
        for note in ("Chưa có kinh phí trao giải.", "Chưa rõ mẫu giấy chứng nhận.", "Phòng họp đang sửa.")
    }
    by = {"by": town.people["lan"], "now": NOW}
    services.escalate(obstacle=raised["Chưa có kinh phí trao giải."], note="Vượt thẩm quyền của phòng.", **by)
    services.advise(obstacle=raised["Chưa rõ mẫu giấy chứng nhận."], note="Theo mẫu kèm công văn 15.", **by)
    own = town.assignment("vhtt", "II.1")
    ha = PostHolding.objects.get(person=town.people["ha"])
    services.delegate_duty(assignment=contest, to=ha, by=town.people["minh"], now=NOW)
    services.ask_extension(
        expected=own.expected.first(), due=dt.date(2027, 3, 1), reason="Chờ số liệu của các phường.", **by
    )
    services.direct(assignments=[own], text="Báo cáo rõ lý do chậm.", by=town.people["duc"], now=NOW)
    done = {kind: an_activity(town, kind, contest, **told) for kind, told in DONE.items()}
    Passkey.objects.create(
        person=town.people["lan"], name="Edge trên Windows", credential="eA", public_key=b"", sign_count=0, since=NOW
    )
    OutsideIdentity.objects.create(
        person=town.people["minh"], issuer="https://id.muonghoa.example", subject="7", since=NOW, last_used=NOW
    )
    again = Person.objects.create(username="minh2", full_name="Hoàng Văn Minh")
    third = Person.objects.create(username="minh3", full_name="Hoàng Văn Minh")
    people_twice.tell_apart(one=again, other=third, by=None, now=NOW)
    people_twice.undo(
        merging=people_twice.merge(kept=town.people["minh"], gone=third, by=None, now=NOW), by=None, now=NOW
    )
    round = a_round(town)
    money = some_money(town, contest)
    ward, asked = town.assignment("thuy_van", "II.3").pk, town.assignment("thuy_van", "II.4").pk
    applied = town.reorganisation("thuy_van")
    reorganising.apply(act=applied, by=town.people["quan"], now=NOW)
    other = town.receive(data=b"# ke hoach khac")
    services.attach_guidance(directive=other, tasks=[contest.task], by=town.people["lan"], now=NOW)
    session = an_activity(town, Kind.DISSEMINATION, contest, sessions=1, attended=30)
    activities.tell_of(activity=session, directives=[other], by=town.people["minh"], now=NOW)
    activities.mark_present(activity=session, people=[town.people["son"]], by=town.people["minh"], now=NOW)
    partner = a_partner(town)
    readers = [town.people[name] for name in ("ha", "minh", "hoa")]
    circulating.circulate(directive=other, people=readers, by=town.people["lan"], now=NOW)
    town.issue("xa", "khac_vp")
    sheet = (
        "Số;Tên đơn vị;Loại;Cấp trên;Ghi chú\n"
        f"{town.units['gd'].pk};Phòng Giáo dục;;Ủy ban nhân dân thành phố Mường Hoa;x\n"
        ";Phòng Tư pháp;Phòng, ban chuyên môn;Ủy ban nhân dân thành phố Mường Hoa;\n"
        ";Phòng Dân tộc;Bộ;Ủy ban nhân dân thành phố Mường Hòa;\n"
    )
    file = importing.stage(data=sheet.encode(), name="don-vi.csv", on=NOW.date(), by=town.people["quan"], now=NOW)
    return {
        **a_plan(town, other),
        "guide": other.pk,
        "session": session.pk,
        **money,
        **round,
        "sheet": a_sheet(town, own),
        **an_arrival(town),
        "copied_paper": a_copy(town),
        "replaced": issued(town, a_later(town, "xa", focal="khac_vp"), "xa").pk,
        "import": file.pk,
        "directive": contest.task.programme.directive_id,
        "review": services.propose(directive=other, by=town.people["lan"], now=NOW).pk,
        "draft": town.reorganisation("vhtt").pk,
        "applied": applied.pk,
        "ward": ward,
        "asked": asked,
        "partner": partner.pk,
        "agreement": partner.agreements.get().pk,
        "event": done[Kind.EVENT].pk,
        "practice": done[Kind.COMMENDATION].pk,
        "lesson": done[Kind.TRAINING].pk,
        "event_evidence": done[Kind.EVENT].evidence.first().pk,
        "contest": contest.pk,
        "own": own.pk,
        "link": a_link(town, own),
        "task": contest.task_id,
        "programme": contest.task.programme_id,
        "evidence": entry.evidence.first().pk,
        "unit": town.units["vhtt"].pk,
        "person": town.people["minh"].pk,
    }


def a_copy(town: Town) -> int:
    """An outgoing paper, and two copies of it, one of them cancelled."""
    lan, home = town.people["lan"], town.units["tp"]
    paper = numbering.give_number(
        unit=home,
        type="BC",
        symbol="BC-UBND",
        issued_on=NOW.date(),
        title="Kết quả thông tin đối ngoại",
        signer="Lò Thị Mai",
        recipients="Các phòng",
        by=lan,
        now=NOW,
    )
    asked = copying.Asked(
        CopyForm.WHOLE,
        Medium.PAPER,
        "UBND",
        "Mường Hoa",
        NOW.date(),
        ["Chủ tịch"],
        "Lò Thị Mai",
        "Các phòng\nCác phường",
    )
    copies = [copying.make_copy(unit=home, of=paper, asked=asked, by=lan, now=NOW) for _one in range(2)]
    copying.cancel_copy(copy=copies[1], reason="Sao nhầm.", by=lan, now=NOW)
    return paper.pk


def an_arrival(town: Town) -> dict[str, int]:
    """A later plan, and its line in the incoming register, whose day was corrected."""
    later = a_later(town)
    paper, line = later.directive, later.directive.arrivals.get()
    heading = editing.Heading(paper.number, paper.symbol, paper.type, paper.issuer, paper.title, paper.issued_date)
    day = {"arrived_on": NOW.date() - timedelta(days=1), "reason": "Đến chiều hôm trước."}
    editing.correct_arrival(arrival=line, heading=heading, **day, by=town.people["lan"], now=NOW)
    return {"later": later.pk, "arrival": line.pk}


def a_plan(town: Town, above: Directive) -> dict[str, int]:
    """A draft from a directive held here, half spread; and one that has its number."""
    by = {"by": town.people["lan"], "now": NOW}
    keys = [duty.key for duty in duties_of(above, NOW.date())]
    draft = services.start_draft(superior=above, duties=keys[:2], **by)
    first = draft.items.first()
    wording = services.Item(first.text, "Quảng bá", lead=town.units["gd"], coordinating=[town.units["vhtt"]])
    services.word_item(item=first, wording=wording, **by)
    services.add_item(draft=draft, item=services.Item("Tổ chức giải chạy"), **by)
    other = services.start_draft(superior=above, duties=keys[:1], **by)
    services.spread_items(draft=other, items=[other.items.get().pk], lead=town.units["gd"], **by)
    services.number_draft(draft=other, issued_on=NOW.date(), **by)
    return {"plan": draft.pk, "plan_item": first.pk, "numbered": other.pk}


def a_round(town: Town) -> dict[str, int]:
    """The month's round: the education division's report accepted and put together twice, others not sent yet."""
    lan, minh = ({"by": town.people[who], "now": NOW} for who in ("lan", "minh"))
    programme = town.assignment("gd", "II.2").task.programme
    asked = reporting.open_round(
        programme=programme, form=forms()["thong-tin-doi-ngoai"], cadence=Cadence.MONTH, period="2026-12", **lan
    )
    reporting.set_targets(programme=programme, period="2026", values={"tap-huan-lop": 4, "tin-bai": 40}, **lan)
    reporting.set_targets(programme=programme, period="2026-12", values={"tap-huan-lop": 1}, **lan)
    report = asked.reports.get(unit=town.units["gd"])
    for number in (2, 3):
        typed = {"van-ban-da-ban-hanh": number, "can-bo-phu-trach": 3, "nguoi-theo-doi": 900}
        reporting.save_draft(report=report, entered=typed, narrative={}, **minh)
        reporting.send(report=report, seen=True, **minh)
        reporting.accept(report=report, **lan)
        version = reporting.consolidate(round=asked, **lan)
        if number == 2:
            reporting.return_report(report=report, reason="Thiếu một văn bản.", **lan)
            reporting.edit_text(round=asked, heading="II.2", text="Đã tổ chức chung kết. Nhìn chung tốt.", **lan)
    own = asked.reports.get(unit=town.units["vhtt"])
    return {"round": asked.pk, "version": version.pk, "sent": report.pk, "unsent": own.pk}


def some_money(town: Town, duty: Assignment) -> dict[str, int]:
    """Four estimates of the education division: at work with a faulty line, sent, appraised the second time, given."""
    minh, hien, duc = ({"by": town.people[who], "now": NOW} for who in ("minh", "hien", "duc"))
    told = {"assignment": duty, "measure": "giờ", "source": Source.GRANTED, "document": "35/2026/TT-BTC"}

    def drawn(title: str, *lines: dict[str, Any]) -> Estimate:
        made = budget.draw_up(
            unit=duty.unit,
            programme=duty.task.programme,
            year=2026,
            title=title,
            approved_on=dt.date(2026, 6, 1),
            **minh,
        )
        for line in lines:
            budget.add_line(estimate=made, new=NewLine(**(told | line)), **minh)
        return made

    def judged(made: Estimate) -> Estimate:
        cut = [
            budget.Opinion(line.pk, line.amount - 1_000_000, "Theo báo giá thấp nhất.")
            for line in made.current.lines.all()
        ]
        budget.appraise_lines(estimate=made, opinions=cut, **hien)
        budget.finish_appraisal(estimate=made, note="Đề nghị duyệt.", **hien)
        return made

    budget.say_regular(assignment=duty, regular=False, **minh)
    speaks = {"content": "Phiên dịch", "quantity": 2, "times": 3, "norm": "dich-noi-tiep"}
    faulty = drawn("Giao lưu tiếng Anh", speaks | {"price": 900_000}, speaks | {"price": 700_000, "amount": 5})
    sent = drawn("Chung kết", {"content": "Thuê hội trường", "quantity": 2, "price": 3_000_000, "basis": "Ba báo giá"})
    budget.send(estimate=sent, **minh)
    back = drawn("Giải thưởng", {"content": "Cờ, hoa", "quantity": 20, "price": 150_000, "index_codes": "622-070-071"})
    budget.send(estimate=back, **minh)
    budget.return_estimate(estimate=back, reason="Thiếu báo giá.", **hien)
    budget.send(estimate=back, **minh)
    judged(back)
    given = drawn(
        "Sơ khảo",
        {"content": "In đề", "quantity": 900, "times": 4, "price": 1_500},
        {"content": "Loa", "quantity": 4, "price": 900_000},
    )
    budget.send(estimate=given, **minh)
    budget.approve(estimate=judged(given), **duc)
    paper, sound = given.current.lines.all()
    paid = budget.spend(line=paper, amount=2_000_000, on=NOW.date(), voucher="Hóa đơn 12", **minh)
    budget.refund(entry=paid, amount=500_000, reason="Trả lại tiền giấy thừa.", **minh)
    budget.ask_transfer(line=sound, to_line=paper, amount=400_000, reason="Thêm đề in.", **minh)
    home = duty.task.programme.directive.home_unit
    own = {"norm": "moi-com-trong-nuoc", "ceiling": 400_000, "valid_from": dt.date(2026, 6, 1)}
    budget.set_local_norm(home=home, basis="Nghị quyết 15/2026/NQ-HĐND", **own, **hien)
    dear = faulty.current.lines.first()
    return {
        "faulty": faulty.pk,
        "dear": dear.pk if dear else 0,
        "asked_for": sent.pk,
        "appraised": back.pk,
        "given": given.pk,
    }


def a_sheet(town: Town, duty: Assignment) -> int:
    """A sheet of reports that the lead officer handed in: a good row, two faulty ones."""
    code = bulk.code_of(duty.expected.first().pk)
    rows = f"Mã dòng;Báo cáo;Nội dung\n{code};Tiến độ;Đã đăng ba bài.\n{code};Hoàn thành;Xong.\n1-x;Gần xong;x\n"
    return services.stage_sheet(data=rows.encode(), name="bao-cao.csv", by=town.people["lan"], now=NOW).pk


def a_link(town: Town, duty: Assignment) -> str:
    """The secret of a letter's link, as the clock would give it to the lead officer."""
    notice = Notice(expected=duty.expected.first(), person=town.people["lan"], due=NOW.date())
    return next(iter(services.give_links([notice], now=NOW).values()))
