"""Why a deed is not possible now, in words for the person who tried it. Not for missing rights: those are a
PermissionDenied, which says nothing."""


class Refused(Exception):
    """The message is shown as it is."""


class UnfitReason(Refused):
    """Of the reason that was given with the deed, or was not."""
