"""People and posts are asked for by what they are called: offered, understood, and told apart where several are."""

from office.conftest import NOW, Town
from xulang.organisation.models import Post, PostHolding
from xulang.registry.models import Distribution


def test_a_post_is_let_to_the_person_who_is_named(town: Town) -> None:
    lead, holding = town.client("ha"), PostHolding.objects.get(person=town.people["ha"])
    offered = lead.get("/uy-quyen/goi-y/?tim=hoang+minh").content.decode()
    assert 'data-value="Hoàng Văn Minh (minh)"' in offered
    assert "Lương Thị Lan" not in lead.get("/uy-quyen/goi-y/?tim=luong").content.decode()  # not hers to see
    assert "(ha)" not in lead.get("/uy-quyen/goi-y/?tim=be+thu+ha").content.decode()  # nor is a post let to oneself
    given = {"once": "a", "holding": holding.pk, "first": "23/11/2026", "last": "30/11/2026", "basis": ""}
    refused = lead.post("/uy-quyen/", given | {"to": "khong co"})
    assert refused.status_code == 422
    assert "Không thấy “khong co”" in refused.content.decode()
    town.officer("minh2", "Hoàng Văn Minh", None, "gd")
    post = PostHolding.objects.get(person=town.people["minh"]).post
    PostHolding.objects.create(post=post, person=town.people["minh2"], valid_from=NOW.date(), capacity="DEPUTY")
    refused = lead.post("/uy-quyen/", given | {"to": "hoang van minh"}).content.decode()
    assert "Hoàng Văn Minh (minh); Hoàng Văn Minh (minh2)" in refused
    assert lead.post("/uy-quyen/", given | {"to": "Hoàng Văn Minh (minh2)", "once": "b"}).status_code == 302
    assert PostHolding.objects.filter(post=holding.post, person=town.people["minh2"]).exists()


def test_a_post_is_named_with_its_unit(town: Town) -> None:
    admin = town.client("quan")
    offered = admin.get("/chuc-vu/goi-y/?tim=chuyen+vien+van+hoa").content.decode()
    assert 'data-value="Chuyên viên, Phòng Văn hóa và Thông tin"' in offered
    given = {"once": "a", "capacity": "DEPUTY", "valid_from": "23/11/2026"}
    address = f"/nguoi-dung/{town.people['ky'].pk}/"
    assert "Có nhiều mục giống “chuyên viên”" in admin.post(address, given | {"post": "chuyên viên"}).content.decode()
    named = given | {"post": "chuyen vien, phong van hoa va thong tin", "once": "b"}
    assert admin.post(address, named).status_code == 302
    held = PostHolding.objects.get(person=town.people["ky"]).post
    assert held.unit == town.units["vhtt"]
    directive, lead = town.issue().directive, town.client("lan")
    refused = lead.post(f"/van-ban/{directive.pk}/noi-nhan/gui/", {"post": "khong co"}, follow=True)
    assert "Không thấy “khong co”" in refused.content.decode()
    lead.post(f"/van-ban/{directive.pk}/noi-nhan/gui/", {"post": "chuyen vien, phong van hoa va thong tin"})
    assert Distribution.objects.filter(directive=directive, post=held).exists()
    # Two posts of one title in one unit are told apart by their numbers.
    twin = Post.objects.create(unit=held.unit, title=held.title, role=held.role)
    offered = admin.get("/chuc-vu/goi-y/?tim=chuyen+vien+van+hoa").content.decode()
    assert f'data-value="Chuyên viên, Phòng Văn hóa và Thông tin #{twin.pk}"' in offered
    named = given | {"post": f"Chuyên viên, Phòng Văn hóa và Thông tin #{twin.pk}", "once": "c"}
    assert admin.post(address, named).status_code == 302
    assert PostHolding.objects.filter(person=town.people["ky"], post=twin).exists()
