"""The organisation's words with a fixed list, and the sets of them that rules speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tree(models.TextChoices):
    """The three trees of the political system that a unit can belong to."""

    STATE = "STATE", _("Nhà nước")
    PARTY = "PARTY", _("Đảng")
    FRONT = "FRONT", _("Mặt trận và đoàn thể")


class Role(models.TextChoices):
    """What a post may do in the platform, *vai trò*."""

    LEAD_OFFICER = "LEAD_OFFICER", _("Cán bộ đơn vị đầu mối")
    UNIT_OFFICER = "UNIT_OFFICER", _("Cán bộ đơn vị")
    HEAD = "HEAD", _("Thủ trưởng đơn vị")
    LEADER = "LEADER", _("Lãnh đạo")
    FINANCE = "FINANCE", _("Cán bộ tài chính")
    PRESS = "PRESS", _("Cán bộ báo chí")
    EDITOR = "EDITOR", _("Biên tập viên")
    ADMINISTRATOR = "ADMINISTRATOR", _("Quản trị hệ thống")
    AUDITOR = "AUDITOR", _("Kiểm tra nhật ký")


class Capacity(models.TextChoices):
    """How a person has a post, *tư cách*: as its holder, or in a holder's stead."""

    HOLDER = "HOLDER", _("Giữ chức vụ")
    DEPUTY = "DEPUTY", _("Cấp phó")
    ACTING = "ACTING", _("Giao phụ trách")
    DELEGATE = "DELEGATE", _("Được ủy quyền")


class ReorganisationState(models.TextChoices):
    """Where a reorganisation stands."""

    DRAFT = "DRAFT", _("Phương án")
    APPLIED = "APPLIED", _("Đã áp dụng")
    UNDONE = "UNDONE", _("Đã hoàn tác")


class ImportState(models.TextChoices):
    """Where a file of the directory stands."""

    STAGED = "STAGED", _("Chờ nạp")
    APPLIED = "APPLIED", _("Đã nạp")
    DISCARDED = "DISCARDED", _("Đã bỏ")


class Verb(models.TextChoices):
    """What a line of a reorganisation does, *hình thức sắp xếp*."""

    ESTABLISH = "ESTABLISH", _("Thành lập")
    MERGE = "MERGE", _("Nhập, chuyển thành")
    SPLIT = "SPLIT", _("Chia tách")
    ABOLISH = "ABOLISH", _("Giải thể")
    RENAME = "RENAME", _("Đổi tên")
    FUNCTION = "FUNCTION", _("Chuyển chức năng")


class UnitsOf(models.TextChoices):
    """Which units a list or a figure is read on."""

    TODAY = "TODAY", _("Đơn vị hiện nay")
    THE_DAY = "THE_DAY", _("Đơn vị của ngày đó")


# After these the unit is no more.
ENDING = frozenset({Verb.MERGE, Verb.SPLIT, Verb.ABOLISH})
# After these another unit takes over, wholly or in part.
HANDING = ENDING | {Verb.FUNCTION}
# Who works on the duties of their own unit, its sub-units included.
DESK = frozenset({Role.UNIT_OFFICER, Role.HEAD, Role.LEAD_OFFICER})
# Who speaks for a focal unit: confirms and returns what the others report.
FOLLOWING = frozenset({Role.LEAD_OFFICER, Role.HEAD})
# Who acts on duties: reports, confirms, directs.
ACTING_ROLES = DESK | {Role.LEADER}
# Who sees the duties of their units at all; administrators and auditors do not.
DUTY_ROLES = ACTING_ROLES | {Role.FINANCE, Role.PRESS, Role.EDITOR}
# Who sees the directory of units and people: everybody but the auditor, who reads the journal and nothing else.
DIRECTORY_ROLES = DUTY_ROLES | {Role.ADMINISTRATOR}
# What is handed over by appointment alone, never by its holder: the keys of the platform and the eye upon them.
NOT_DELEGATED = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
