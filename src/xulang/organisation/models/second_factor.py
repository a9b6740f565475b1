"""The second factor of a log-in: whose telephone shows the codes, what helps without it, and who must have one."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import Role
from xulang.organisation.models.directory import Person


class Authenticator(models.Model):
    """Ứng dụng tạo mã: the key of a person's application (RFC 6238), and the last step that a code was taken for.

    A code counts once: only steps after `last_step` are taken.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="authenticator")
    key = models.CharField(max_length=64)
    since = models.DateTimeField()
    last_step = models.BigIntegerField()

    class Meta:
        verbose_name = _("ứng dụng tạo mã")
        verbose_name_plural = _("ứng dụng tạo mã")

    def __str__(self) -> str:
        return f"{self.person_id} {self.since:%Y-%m-%d}"


class Passkey(models.Model):
    """Khóa truy cập (WebAuthn): the public half of a key pair whose other half never leaves the person's device.

    One that stands `alone` opens without a password; the device has then made sure who holds it (PIN, finger, face).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential = models.CharField(max_length=1400, unique=True)  # base64url; the standard allows 1023 bytes
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    alone = models.BooleanField(default=False)
    since = models.DateTimeField()
    last_used = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("khóa truy cập")
        verbose_name_plural = _("khóa truy cập")
        ordering: ClassVar = ["since", "id"]

    def __str__(self) -> str:
        return self.name


class OutsideIdentity(models.Model):
    """Định danh ngoài: a person as an OpenID provider knows them; bound at the first log-in, by address for mail."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="outside_identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    since = models.DateTimeField()
    last_used = models.DateTimeField()

    class Meta:
        verbose_name = _("định danh ngoài")
        verbose_name_plural = _("định danh ngoài")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="outside_identity_once"),
            models.UniqueConstraint(fields=["issuer", "person"], name="outside_identity_one_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.issuer}"


class RecoveryCode(models.Model):
    """Mã dự phòng: opens once instead of a code from the telephone. Only its hash is kept; it has 80 random bits."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="recovery_codes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "sha256"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.sha256[:6]}"


class SecondFactorDemand(models.Model):
    """Vai trò bắt buộc xác thực hai lớp: who holds a post of this role gets no further without a second factor."""

    role = models.CharField(max_length=20, choices=Role.choices, unique=True)
    since = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(role__in=Role.values), name="demand_role_known")]

    def __str__(self) -> str:
        return self.role
