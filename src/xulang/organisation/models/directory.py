"""The directory: units in time, posts and the people who hold them."""

import datetime as dt
from functools import lru_cache
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation import kinds
from xulang.organisation.enums import DIRECTORY_ROLES, Capacity, Role, Tree
from xulang.organisation.matching import sought
from xulang.organisation.scopes import Scope, ScopedQuerySet, nothing
from xulang.plumbing.folding import fold

_M = TypeVar("_M", bound=models.Model)


class DatedQuerySet(ScopedQuerySet[_M]):
    """Rows that hold from a day to a day: [valid_from, valid_to)."""

    def on(self, day: dt.date) -> Self:
        """The rows that hold on the day."""
        return self.filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=day), valid_from__lte=day)


def _valid(name: str) -> models.CheckConstraint:
    """A row that ends on the day it begins never held: what was reorganised and undone on one day leaves such rows."""
    return models.CheckConstraint(
        condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")), name=name
    )


def _directory(scope: Scope) -> models.Q:
    """The directory of units is open to everybody who holds a post but the auditor's, and to nobody else."""
    return models.Q() if scope.holds(*DIRECTORY_ROLES) else nothing()


class PersonQuerySet(ScopedQuerySet["Person"]):
    """Persons: administrators see all; others themselves and those who hold a post in their units or beneath."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        if scope.holds(Role.ADMINISTRATOR):
            return models.Q()
        units = scope.reach(DIRECTORY_ROLES)
        near = PostHolding.objects.on(scope.day).filter(post__unit_id__in=units).values("person_id")
        return models.Q(pk=scope.person_id) | models.Q(pk__in=near)


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """How Django finds a person by username."""


class Person(AbstractBaseUser):
    """A person with an account, *cán bộ, công chức*. Duties belong to posts; a person only holds them for a time."""

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=120)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    last_seen = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    language = models.CharField(_("ngôn ngữ"), max_length=5, choices=settings.LANGUAGES, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[Any] = PersonManager()

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

    def __str__(self) -> str:
        return self.full_name

    @property
    def speaks(self) -> str:
        """The language that the person has chosen, Vietnamese before any choice."""
        return self.language or settings.LANGUAGE_CODE

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """See `listed_as`."""
        return listed_as(self.full_name)


@lru_cache(maxsize=1 << 15)
def listed_as(full_name: str) -> tuple[str, str, str]:
    """Persons are listed by given name (tên, the last word), with marks after without, then by the whole name."""
    given = full_name.split()[-1] if full_name.strip() else ""
    return fold(given), given, fold(full_name)


class UnitQuerySet(ScopedQuerySet["Unit"]):
    """Units: the directory is open to everybody who holds a post but the auditor's."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _directory(scope)

    def on(self, day: dt.date) -> Self:
        """The units that exist on the day: begun, not ended, and bearing a name; one ended and restored has a gap."""
        named = UnitName.objects.on(day).filter(unit_id=models.OuterRef("pk"))
        return self.filter(models.Q(ends__isnull=True) | models.Q(ends__gt=day), models.Exists(named), begins__lte=day)

    def governing(self) -> Self:
        """The bodies that issue and receive directives in their own name (UBND, Thành ủy …)."""
        return self.filter(kind__in=kinds.governing())


class Unit(models.Model):
    """Đơn vị: an id that stays while names, parents and codes change with their dates."""

    kind = models.CharField(max_length=40)
    tree = models.CharField(max_length=10, choices=Tree.choices)
    begins = models.DateField()
    ends = models.DateField(null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("begins")), name="unit_ends_after"
            ),
            models.CheckConstraint(condition=models.Q(tree__in=Tree.values), name="unit_tree_known"),
        ]
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")

    def __str__(self) -> str:
        """The newest name; `name_on` is what screens show. Uses prefetched names where they are there."""
        names = self._in_order()
        return names[-1].name if names else f"{self.kind} {self.pk}"

    def name_on(self, day: dt.date) -> str:
        """The name that the unit bears on the day; before its first name that, after its last that."""
        return self._named(day).name

    def short_name_on(self, day: dt.date) -> str:
        """The short name of the day ("P. VHTT"), the whole name where there is none."""
        row = self._named(day)
        return row.short_name or row.name

    def _named(self, day: dt.date) -> "UnitName":
        rows = self._in_order()
        if not rows:
            return UnitName(unit=self, name=str(self))
        return next((row for row in reversed(rows) if row.valid_from <= day), rows[0])

    def _in_order(self) -> "list[UnitName]":
        """The names that ever held, oldest first; where none ever did (made and undone on one day), all of them."""
        rows = sorted(self.names.all(), key=lambda row: (row.valid_from, row.pk or 0))
        return [row for row in rows if row.valid_to != row.valid_from] or rows


class Sought(models.TextField[str, str]):
    """What a row's names are found by, made anew whenever the row is written; `of` are the columns of the names."""

    def __init__(self, *of: str, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"editable": False, "default": ""})
        self.of = of

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, _args, kwargs = super().deconstruct()
        return name, path, list(self.of), {key: kwargs[key] for key in kwargs if key not in {"editable", "default"}}

    def pre_save(self, row: models.Model, add: bool) -> str:  # noqa: ARG002 (Django calls it so)
        """See the class."""
        made = sought(*(getattr(row, column) for column in self.of))
        setattr(row, self.attname, made)
        return made


class DirectoryQuerySet(DatedQuerySet[_M]):
    """Dated rows of the directory of units."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _directory(scope)


class UnitName(models.Model):
    """Tên gọi of a unit from a day to a day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    english = models.CharField(max_length=200, blank=True)
    sought = Sought("name", "short_name", "english")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = DirectoryQuerySet.as_manager()

    class Meta:
        constraints = [
            _valid("unit_name_valid"),
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(valid_to__isnull=True), name="unit_one_open_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitParent(models.Model):
    """Cơ quan cấp trên of a unit from a day to a day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = DirectoryQuerySet.as_manager()

    class Meta:
        constraints = [
            _valid("unit_parent_valid"),
            models.CheckConstraint(condition=~models.Q(unit=models.F("parent")), name="unit_not_own_parent"),
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(valid_to__isnull=True), name="unit_one_open_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id}"


class UnitCode(models.Model):
    """Mã of a unit in some scheme (GSO's, the document axis's) from a day to a day; codes are given out again."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = DirectoryQuerySet.as_manager()

    class Meta:
        constraints = [
            _valid("unit_code_valid"),
            models.UniqueConstraint(
                fields=["scheme", "code"], condition=models.Q(valid_to__isnull=True), name="unit_code_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


class AliasQuerySet(ScopedQuerySet["UnitAlias"]):
    """Other names of units, as open as the directory."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _directory(scope)


class UnitAlias(models.Model):
    """Tên khác: what papers call a unit besides its names ("BTG Thành ủy")."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="aliases")
    alias = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    sought = Sought("alias")

    objects = AliasQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["folded", "unit"], name="unit_alias_once")]

    def __str__(self) -> str:
        return self.alias


class PostQuerySet(ScopedQuerySet["Post"]):
    """Posts: administrators see all, others those of their units and beneath."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q() if scope.holds(Role.ADMINISTRATOR) else models.Q(unit_id__in=scope.reach(DIRECTORY_ROLES))

    def on(self, day: dt.date) -> Self:
        """The posts that have not ended, in units that exist on the day."""
        return self.filter(models.Q(ends__isnull=True) | models.Q(ends__gt=day), unit__in=Unit.objects.on(day))


class Post(models.Model):
    """Chức vụ, vị trí việc làm: what duties and rights hang on, whoever holds it.

    `continues` is the post of a unit that ended, in whose stead a reorganisation made this one.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role.choices)
    ends = models.DateField(null=True)
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="continued_by")

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(role__in=Role.values), name="post_role_known")]
        verbose_name = _("chức vụ")
        verbose_name_plural = _("chức vụ")

    def __str__(self) -> str:
        return self.title


class HoldingQuerySet(DatedQuerySet["PostHolding"]):
    """Holdings, as open as their posts."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        if scope.holds(Role.ADMINISTRATOR):
            return models.Q()
        return models.Q(post__unit_id__in=scope.reach(DIRECTORY_ROLES)) | models.Q(person_id=scope.person_id)


class PostHolding(models.Model):
    """Giữ chức vụ: a person holds a post from a day to a day; or has it in a holder's stead.

    A delegation (*ủy quyền*) hangs on the holding it comes from, ends on its day, and is not handed on: Nghị định
    30/2020/NĐ-CP, Điều 13 khoản 3. `basis` is the paper that gives it.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    capacity = models.CharField(max_length=10, choices=Capacity.choices, default=Capacity.HOLDER)
    delegated_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="delegations")
    basis = models.CharField(max_length=200, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            _valid("holding_valid"),
            models.UniqueConstraint(
                fields=["post", "person"], condition=models.Q(valid_to__isnull=True), name="holding_open_once"
            ),
            models.CheckConstraint(
                condition=models.Q(capacity=Capacity.DELEGATE, delegated_by__isnull=False, valid_to__isnull=False)
                | (~models.Q(capacity=Capacity.DELEGATE) & models.Q(delegated_by__isnull=True)),
                name="holding_delegated_for_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.post_id}"
