"""Sessions that know whose they are: Django's database sessions with the person and the browser beside them."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

AGENT = "agent"  # what the browser calls itself, kept in the session at log-in
BEGAN = "began"  # when that was


class SessionStore(DatabaseStore):
    """Django's own, writing into `office.Session`."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The table, by name: it is made of this module."""
        return apps.get_model("office", "Session")

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row with its person, browser and beginning, taken out of what the session holds."""
        row: Any = super().create_model_instance(data)
        person = data.get(SESSION_KEY)
        row.person_id = int(person) if person else None
        began = data.get(BEGAN)
        row.agent, row.began = str(data.get(AGENT, ""))[:200], datetime.fromisoformat(began) if began else None
        return row
