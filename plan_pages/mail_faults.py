"""Why a mail was not sent: from an exception of `smtplib` to a kind of fault that a person understands, and the server's
own words for the administrator. By the answer codes of RFC 5321 and the enhanced ones of RFC 3463. Knows no mails.
"""

import re
import smtplib
import ssl

from plan_pages.choices import MailFault
from plan_pages.leases import ERROR_LENGTH, in_words

ASKS_TO_LOG_IN = frozenset({530, 534, 535, 538})
COME_BACK = frozenset({421, 454})
"""Answers about us and not about the mail, beside those that ask to log in: tried again, whatever their first digit."""
_ENHANCED = re.compile(r"[245]\.(\d{1,3})\.(\d{1,3})\b")
_FULL = re.compile(r"quota|mailbox (is )?full|over ?limit|storage", re.IGNORECASE)
_GREY = re.compile(r"gr[ea]y-?list", re.IGNORECASE)
_RELAY = re.compile(r"\brelay", re.IGNORECASE)
_SPAM = re.compile(r"spam|black-?list|block-?list|\bblocked|reputation|unsolicited", re.IGNORECASE)


class UnreadableFile(Exception):
    """A file that goes with a mail cannot be read."""


def code(error: Exception) -> int | None:
    """The number with which the server answered; None where it said nothing."""
    answer = _answer(error)
    return answer[0] if answer else None


def fault(error: Exception) -> MailFault:
    """What went wrong, of an attempt at a mail that the server did not accept."""
    answer = _answer(error)
    if answer:
        return _of_answer(error, *answer)
    match error:
        case UnreadableFile():
            return MailFault.FILE
        case smtplib.SMTPNotSupportedError():
            if "SMTPUTF8" in str(error):
                return MailFault.UNWRITABLE
            return MailFault.LOGIN if "AUTH" in str(error) else MailFault.SECURITY
        case ssl.SSLError():
            return MailFault.SECURITY
        case smtplib.SMTPServerDisconnected():
            return MailFault.SILENT if _was_waiting(error) else MailFault.UNREACHABLE
        case smtplib.SMTPException():
            # smtplib has no class of its own for a server that offers no way to log in which we know.
            return MailFault.LOGIN if "auth" in str(error) else MailFault.OTHER
        case TimeoutError():
            return MailFault.SILENT
        case OSError():
            return MailFault.UNREACHABLE
        case ValueError():
            # An address or a header that cannot be written: no server was asked.
            return MailFault.UNWRITABLE
        case _:
            return MailFault.OTHER


def is_final(error: Exception) -> bool:
    """Refused for good: asking again would bring the same answer."""
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return False
    answered = code(error)
    if answered is not None:
        return 500 <= answered < 600 and answered not in ASKS_TO_LOG_IN | COME_BACK
    return fault(error) is MailFault.UNWRITABLE


def own_words(error: Exception) -> str:
    """The server's, with its number; where it said nothing, the program's."""
    answer = _answer(error)
    return f"{answer[0]} {answer[1]}".strip()[:ERROR_LENGTH] if answer else in_words(error)


def _answer(error: Exception) -> tuple[int, str] | None:
    said: bytes | str
    match error:
        case smtplib.SMTPRecipientsRefused():
            number, said = next(iter(error.recipients.values()))
        case smtplib.SMTPResponseException():
            number, said = error.smtp_code, error.smtp_error
        case _:
            return None
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return number, " ".join(text.split())


def _was_waiting(error: Exception) -> bool:
    return isinstance(error.__context__, TimeoutError) or "timed out" in str(error)


def _of_answer(error: Exception, number: int, said: str) -> MailFault:
    if number in ASKS_TO_LOG_IN:
        return MailFault.SECURITY if "TLS" in said else MailFault.LOGIN
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return MailFault.LOGIN if number >= 500 else MailFault.LATER
    if number < 500:
        return _for_now(error, number, said)
    return _for_good(error, number, said)


def _for_now(error: Exception, number: int, said: str) -> MailFault:
    if _GREY.search(said):
        return MailFault.GREYLISTED
    if _subject(said) == (2, 2):
        return MailFault.FULL
    is_of_recipient = isinstance(error, smtplib.SMTPRecipientsRefused)
    # The usual answers of greylisting, whose makers do not always say the word.
    if is_of_recipient and number in (450, 451) and _subject(said) in (None, (7, 1), (7, 0)):
        return MailFault.GREYLISTED
    return MailFault.LATER


def _for_good(error: Exception, number: int, said: str) -> MailFault:
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError) or _RELAY.search(said):
        return MailFault.NOT_FOR_US
    match _subject(said):
        case (1, 7 | 8):
            return MailFault.SENDER
        case (1, _) | (2, 0 | 1):
            return MailFault.ADDRESS
        case (2, 2):
            return MailFault.FULL
        case (2, 3) | (3, 4):
            return MailFault.TOO_LARGE
        case (7, _):
            return MailFault.UNWANTED
    if _SPAM.search(said):
        return MailFault.UNWANTED
    if isinstance(error, smtplib.SMTPSenderRefused):
        return MailFault.TOO_LARGE if number == 552 else MailFault.SENDER
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        if number == 552 or _FULL.search(said):
            return MailFault.FULL
        return MailFault.UNWANTED if number == 554 else MailFault.ADDRESS
    return MailFault.TOO_LARGE if number == 552 else MailFault.UNWANTED


def _subject(said: str) -> tuple[int, int] | None:
    """The second and third number of an enhanced code: (1, 1) of “5.1.1 No such user”."""
    found = _ENHANCED.match(said)
    return (int(found[1]), int(found[2])) if found else None
