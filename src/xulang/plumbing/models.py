"""Tables under every room: the journal and the stored files. No noun of the trade."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.plumbing.verdicts import People, Scan


class JournalEntry(models.Model):
    """A line of the journal, *nhật ký hệ thống*: who did what to which row. Never changed, chained by hashes.

    `data` holds ids and words of the trade only, never personal data. The actor is an id without a foreign key, since
    persons live above this room.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="journal_subject"),
            models.Index(fields=["at"], name="journal_at"),
        ]
        verbose_name = _("dòng nhật ký")
        verbose_name_plural = _("nhật ký")

    def __str__(self) -> str:
        return f"{self.pk} {self.action}"


class JournalHead(models.Model):
    """The end of the chain: one row, locked by each append, so that appends stand one after another."""

    count = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="journal_head_is_one")]

    def __str__(self) -> str:
        return f"{self.count} {self.hash[:12]}"


class StoredFile(models.Model):
    """A file kept for the office. Its bytes and name can be erased by an act with a reason; hash and size stay.

    Rows of equal bytes share one place in the store. `original_sha256` is the hash of what was sent where the copy that
    is kept is another (a picture without its place). `people` and `consent`: by what right people are to be seen in it.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200, blank=True)
    file = models.FileField(blank=True, max_length=200)
    stored_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    original_sha256 = models.CharField(max_length=64, blank=True)
    scan = models.CharField(max_length=9, choices=Scan.choices, default=Scan.UNSCANNED)
    scanned_at = models.DateTimeField(null=True)
    signature = models.CharField(max_length=200, blank=True)
    people = models.CharField(max_length=9, choices=People.choices, default=People.UNTOLD)
    consent = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(scan=Scan.UNSCANNED), name="file_waits_for_scanner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | (models.Q(file="") & ~models.Q(withdrawn_reason="")),
                name="withdrawn_file_has_reason_and_no_bytes",
            )
        ]
        verbose_name = _("tệp")
        verbose_name_plural = _("tệp")

    def __str__(self) -> str:
        return self.name or self.sha256[:12]

    @property
    def has_look(self) -> bool:
        """Whether it can be shown small: a picture, or a PDF."""
        return bool(self.file) and (self.is_picture or self.media_type == "application/pdf")

    @property
    def is_picture(self) -> bool:
        """Whether people may be seen in it."""
        return self.media_type.startswith("image/")


class IndexedText(models.Model):
    """Mục tìm kiếm: a text of some room's row as the search finds it; kept by `plumbing.searching` alone.

    `row_id` is an id without a foreign key, since the rows live above this room; `start` is where the text begins in
    the row's own. The newest row has the highest id.
    """

    kind = models.CharField(max_length=20)
    row_id = models.BigIntegerField()
    start = models.PositiveIntegerField(default=0)
    text = models.TextField()
    folded = models.TextField()
    marked = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "row_id", "start"], name="indexed_text_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}[{self.start}:]"


def new_message_id() -> str:
    """What marks one letter from all others; the host is added when it goes."""
    return uuid4().hex


class Letter(models.Model):
    """Thư đi: a mail written and not yet sent, or sent and emptied. Lies outside the journal and can be erased.

    `in_hand` while a sender has it: found so again, its sender died and it may have gone already. `repeats` counts the
    times that it went again, each with the same `message_id`, by which a post office knows it for the same letter.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=32, default=new_message_id)
    in_hand = models.BooleanField(default=False)
    repeats = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("thư")
        verbose_name_plural = _("thư")

    def __str__(self) -> str:
        return f"{self.pk} {self.subject}"


class JobLease(models.Model):
    """A job in hand: its worker tells every few seconds that it lives. Without that the job is taken back."""

    result = models.OneToOneField("django_tasks_database.DBTaskResult", models.CASCADE, related_name="lease")
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.result_id} {self.beat_at:%H:%M:%S}"


class JobSlot(models.Model):
    """A slot of time for which a periodic job was put in line: once, whoever asks."""

    name = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "at"], name="job_slot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
