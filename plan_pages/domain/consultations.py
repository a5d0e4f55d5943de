"""A public consultation that takes remarks today, as a frozen value: what a banner or a link to its form needs."""

from dataclasses import dataclass
from datetime import date

from plan_pages.domain.plan import Text


@dataclass(frozen=True, slots=True)
class OpenConsultation:
    """`url`: of its page; `form_url`: of its form. Paths in the active language. `until`: the last day, included.
    `chapter`: code of the chapter on which remarks are asked for; "": the whole plan."""

    title: Text
    url: str
    form_url: str
    until: date
    chapter: str = ""

    def is_about(self, chapter: str) -> bool:
        """Whether remarks on the chapter with that code, or on what lies in it, are taken."""
        return self.chapter in ("", chapter)

    def form_for(self, public_id: str) -> str:
        """Of the form with the part chosen already: the public id of a chapter, goal, task or measure."""
        return f"{self.form_url}?part={public_id}"
