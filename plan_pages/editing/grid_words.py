"""What the script of the grid says: it has no words of its own."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """By what is to be said. `{…}` is filled in by the script."""
    return {
        "saving": _("Saving…"),
        "saved": _("Saved {time}"),
        "savedBy": _("Saved {time}, {person}"),
        "allSaved": _("Everything is saved ({time})"),
        "unsaved": _("Not saved yet"),
        "notSaved": _("Not saved: correct what is marked"),
        "asked": _("Not saved: answer the question"),
        "conflict": _("Not saved: a colleague changed the same"),
        "rowsUnsaved": _("Rows not saved: {count}"),
        "offline": _("No connection. What you write is kept in this browser; it is tried again by itself."),
        "serverError": _(
            "The server does not answer as it should. What you write is kept; it is tried again by itself."
        ),
        "expired": _("You have been logged out. What you write is kept in this browser."),
        "logIn": _("Log in in a new tab"),
        "thenBack": _("Then come back here: it goes on by itself."),
        "denied": _("You may not change this return any more. What is not saved is kept in this browser."),
        "restored": _("Rows that had not been saved before are here again and are being saved now: {count}"),
        "left": _("These texts were not saved, and the return cannot be changed now. Copy what you need:"),
        "discard": _("Discard them"),
        "state": _("Meanwhile the return has changed its state: {state}. Load the page again."),
        "reload": _("Load again"),
        "changedBy": _("{person} changed this at {time}"),
        "colleague": _("A colleague"),
        "theirs": _("{label}: “{text}”"),
        "empty": _("(empty)"),
        "keepMine": _("Keep mine"),
        "takeTheirs": _("Take theirs"),
        "sure": _("Yes, the value is right"),
        "correct": _("I will correct it"),
        "unknown": _("This row is no longer in the return."),
        "count": _("{reported} of {count} reported"),
        "value": _("Value"),
        "copied": _("The text has been copied"),
        "allDone": _("Nothing is missing."),
        "submitting": _("Saving before it is submitted…"),
        "cannotSubmit": _("Not submitted yet: there are rows that are not saved. They are marked."),
        "close": _("Close"),
        "talkFailed": _("This did not work. Try again."),
    }
