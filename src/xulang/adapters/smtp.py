"""Mail by SMTP, through Django's own client of it; without a host in the settings there is no way out."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from xulang.plumbing.mail import MailRefused


class SmtpMailer:
    """Sends one letter a connection; the host, its user and the encryption come from XULANG_SMTP_URL."""

    def available(self) -> bool:
        """Whether a host is configured."""
        return bool(settings.EMAIL_HOST)

    def send(self, to: str, subject: str, body: str, message_id: str) -> None:
        """Raises OSError (no connection) or MailRefused (the server said no)."""
        line = " ".join(subject.split())  # a heading is one line, whatever a name holds
        sender = settings.DEFAULT_FROM_EMAIL
        host = parseaddr(sender)[1].rpartition("@")[2]
        headers = {"Message-ID": f"<{message_id}@{host}>"}
        message = EmailMessage(line, body, sender, [to], headers=headers, connection=get_connection())
        try:
            message.send()
        except smtplib.SMTPException as why:
            raise MailRefused(str(why)) from why
