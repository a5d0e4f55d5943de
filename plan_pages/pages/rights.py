"""Who may do what to a page, where Wagtail's own answer is too generous.

Wagtail lets whoever may change a page also delete, move and copy it while it is unpublished. Here writing a text gives the
right to write it; what takes a page away, moves it or multiplies it needs the right to publish it.
"""

from wagtail.models import PagePermissionTester


class TextRights(PagePermissionTester):
    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.can_publish() and super().can_delete(ignore_bulk)

    def can_copy(self) -> bool:
        return self.can_publish() and super().can_copy()

    def can_submit_for_moderation(self) -> bool:
        return self.can_edit() and super().can_submit_for_moderation()

    def can_view_revisions(self) -> bool:
        return (self.can_edit() or self.can_publish()) and super().can_view_revisions()
