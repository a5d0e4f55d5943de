"""Why a deed is not possible now, in words for the person who tried it. Not for missing rights: those are a
PermissionDenied, which says nothing."""

from collections.abc import Mapping

from django.core.validators import ProhibitNullCharactersValidator

NUL = "\0"
NO_NULS = ProhibitNullCharactersValidator.message
"""Not every database keeps such a text."""


class Refused(Exception):
    """The message is shown as it is."""


class UnfitReason(Refused):
    """Of the reason that was given with the deed, or was not."""


class Unfit(Refused):
    """Of what was given with the deed. `faults`: what is wrong, by the names of the parts."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults
