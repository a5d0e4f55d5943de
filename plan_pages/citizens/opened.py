"""What the form carries of its own: when it was opened and which one it is, signed. So a form that was sent twice is one
remark, one that was sent at once was sent by a machine, and one of another round is none. And the link of the mail.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "plan_pages.citizens.form"
SIGNATURE = 32
KEY = 32


@dataclass(frozen=True, slots=True)
class Opened:
    form: uuid.UUID
    at: datetime

    @classmethod
    def now(cls, now: datetime) -> Self:
        return cls(uuid.uuid4(), now)

    @classmethod
    def read(cls, written: str, round_id: uuid.UUID) -> Self | None:
        """None where it is not ours, or of another round."""
        try:
            found = signing.loads(written, salt=f"{SALT}.{round_id.hex}")
            return cls(uuid.UUID(found["form"]), datetime.fromisoformat(found["at"]))
        except (signing.BadSignature, KeyError, TypeError, ValueError):
            return None

    def written(self, round_id: uuid.UUID) -> str:
        return signing.dumps({"form": self.form.hex, "at": self.at.isoformat()}, salt=f"{SALT}.{round_id.hex}")

    def remark_of(self, email: str) -> uuid.UUID:
        """The identity of the remark that is sent by this form from this mailbox, however often it is sent."""
        return uuid.uuid5(self.form, email.lower())


def link_token(remark: uuid.UUID) -> str:
    """What the link of the mail ends with."""
    return remark.hex + _signature(remark)


def remark_of_link(token: str) -> uuid.UUID | None:
    """None where the link is not ours."""
    if len(token) != KEY + SIGNATURE or not token.isascii() or not token.isalnum():
        return None
    try:
        found = uuid.UUID(token[:KEY])
    except ValueError:
        return None
    return found if constant_time_compare(token[KEY:], _signature(found)) else None


def _signature(remark: uuid.UUID) -> str:
    return salted_hmac("plan_pages.citizens.confirm", remark.hex, algorithm="sha256").hexdigest()[:SIGNATURE]
