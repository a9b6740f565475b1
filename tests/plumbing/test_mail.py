"""Letters: written with their cause, sent after it, tried again, emptied; and the real post office on loopback."""

import datetime as dt
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction

from builders import NOW
from xulang.adapters.smtp import SmtpMailer
from xulang.plumbing import mail
from xulang.plumbing.models import JournalEntry, Letter


class Post:
    """A post office in memory, that may be shut."""

    def __init__(self) -> None:
        self.shut, self.sent = False, []

    def available(self) -> bool:
        return True

    def send(self, to: str, subject: str, body: str, message_id: str) -> None:
        if self.shut:
            raise mail.MailRefused("đóng cửa")
        self.sent.append((to, subject, body))


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    office = Post()
    monkeypatch.setattr(mail, "_registered", [office])
    return office


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_written_if_and_only_if_its_cause_is(post: Post) -> None:
    mail.written.clear()
    with transaction.atomic():
        mail.enqueue(to="a@b.example", subject="S", body="B", now=NOW)
        transaction.set_rollback(True)
    assert (Letter.objects.count(), mail.written.is_set()) == (0, False)
    with transaction.atomic():
        mail.enqueue(to="a@b.example", subject="S", body="B", now=NOW)
        assert not mail.written.is_set()
    assert mail.written.is_set()
    mail.written.clear()


@pytest.mark.django_db
def test_a_letter_goes_once_and_is_emptied(post: Post) -> None:
    mail.enqueue(to="a@b.example", subject="S", body="bí mật", now=NOW)
    assert [mail.deliver_due(NOW), mail.deliver_due(NOW)] == [1, 0]
    assert post.sent == [("a@b.example", "S", "bí mật")]
    assert Letter.objects.get().body == ""


@pytest.mark.django_db
def test_a_letter_that_fails_waits_longer_each_time_and_is_given_up(post: Post) -> None:
    post.shut = True
    mail.enqueue(to="a@b.example", subject="S", body="B", now=NOW)
    now, waits = NOW, []
    for _try in range(mail.TRIES):
        assert mail.deliver_due(now) == 0
        letter = Letter.objects.get()
        waits.append((letter.due_at - now) / dt.timedelta(minutes=1))
        assert mail.deliver_due(letter.due_at - dt.timedelta(seconds=1)) == 0
        now = letter.due_at
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128]
    assert (letter.given_up_at is not None, letter.body, letter.fault) == (True, "", "đóng cửa")
    post.shut = False
    assert mail.deliver_due(now + dt.timedelta(days=9)) == 0


@pytest.mark.django_db
def test_a_letter_whose_sender_died_goes_again_once_under_the_same_id_and_the_journal_tells(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = mail.enqueue(to="a@b.example", subject="S", body="B", now=NOW)

    class Killed(BaseException):
        """The process dies between the post office's answer and our noting it."""

    sent: list[str] = []

    def send(to: str, subject: str, body: str, message_id: str) -> None:
        sent.append(message_id)
        if len(sent) == 1:
            raise Killed

    monkeypatch.setattr(post, "send", send)
    with pytest.raises(Killed):
        mail.deliver_due(NOW)
    assert mail.deliver_due(NOW) == 0  # whoever has it may still be at it
    assert mail.deliver_due(NOW + dt.timedelta(minutes=1)) == 1
    assert mail.deliver_due(NOW + dt.timedelta(days=1)) == 0
    assert sent == [letter.message_id] * 2
    letter.refresh_from_db()
    assert (letter.repeats, letter.in_hand) == (1, False)
    assert JournalEntry.objects.filter(action="letter.repeated", subject_id=letter.pk).count() == 1


class Box:
    """What a real server was handed."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (the library's name)
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address.startswith("khong-co"):
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def server(settings) -> Iterator[Box]:
    """An SMTP server on loopback; the settings name it."""
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # the tests' runner puts another there
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "xulang@muonghoa.example"
    yield box
    controller.stop()


def test_the_real_adapter_hands_a_letter_over(server: Box) -> None:
    SmtpMailer().send("lan@muonghoa.example", "Đặt lại\nBcc: x@y.example", "Kính gửi bà Lương Thị Lan", "a1")
    ((to, content),) = server.letters
    message = message_from_bytes(content, policy=policy.default)
    assert to == ["lan@muonghoa.example"]
    assert message["Message-ID"] == "<a1@muonghoa.example>"
    assert message["Subject"] == "Đặt lại Bcc: x@y.example"  # a name cannot add a heading
    assert message.get_content().strip() == "Kính gửi bà Lương Thị Lan"
    with pytest.raises(mail.MailRefused):
        SmtpMailer().send("khong-co@muonghoa.example", "S", "B", "a2")


def test_without_a_server_it_says_so(settings) -> None:
    settings.EMAIL_HOST = ""
    assert not SmtpMailer().available()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(OSError, match="refused"):
        SmtpMailer().send("a@b.example", "S", "B", "a3")
