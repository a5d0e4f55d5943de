"""The tree of a file brought into the shape that the format has; everything that is moved, renamed or dropped is told."""

from django.utils.translation import gettext_lazy as _

from plan_pages.exchange.stratml.notes import Notes, Refused
from plan_pages.exchange.stratml.tree import Element
from plan_pages.exchange.stratml.vocabulary import (
    ADMINISTRATION_1,
    CHILDREN,
    CORE,
    NAMESPACES,
    OTHER_NAMES,
    PART_1,
    REPEATED,
    WRAPPERS,
)

_CORE = "StrategicPlanCore"


def straighten(root: Element, notes: Notes) -> None:
    """Raises Refused where the root is no plan or there is no goal in it."""
    if root.name not in NAMESPACES:
        message = _("the first element is “{found}”; StrategicPlan or PerformancePlanOrReport must stand there")
        raise Refused(message, root.line, found=root.name)
    _gather_core(root, notes)
    _mend(root, root.name == PART_1, notes)
    core = root.child(_CORE)
    if core is None or not core.children("Goal"):
        raise Refused(_("there is no goal in the file"), root.line)
    _check_identifiers(root, notes)


def _gather_core(root: Element, notes: Notes) -> None:
    """Goals and what belongs with them, where they stand directly below the root."""
    stray = [each for each in root.children() if each.name in CORE or each.name in WRAPPERS]
    if not stray:
        return
    core = root.child(_CORE)
    if core is None:
        core = Element(_CORE, stray[0].line)
        root.content.insert(root.content.index(stray[0]), core)
    message = _("“{found}” stands outside StrategicPlanCore; it is read as if it stood in it")
    notes.add(stray[0].line, message, found=stray[0].name)
    for each in stray:
        root.content.remove(each)
        core.content.append(each)


def _mend(element: Element, part_1: bool, notes: Notes) -> None:
    allowed = ADMINISTRATION_1 if part_1 and element.name == "AdministrativeInformation" else CHILDREN.get(element.name)
    if allowed is None:
        if element.children():
            notes.add(element.line, _("there are elements within the text of “{found}”; only the text is read"),
                      found=element.name)  # fmt: skip
        return
    _unwrap(element, notes)
    if text := element.own_text().strip():
        _take_text(element, text, allowed, notes)
    kept: list[str | Element] = []
    highest, told = -1, False
    seen: set[str] = set()
    for child in element.children():
        _rename(element, child, notes)
        if child.name not in allowed:
            message = _("“{found}” does not belong in “{parent}”; it is not read")
            notes.add(child.line, message, found=child.name, parent=element.name)
            continue
        if child.name in seen and child.name not in REPEATED:
            message = _("there is a second “{found}” in “{parent}”; it is not read")
            notes.add(child.line, message, found=child.name, parent=element.name)
            continue
        seen.add(child.name)
        place = allowed.index(child.name)
        if place < highest and not told:
            told = True
            message = _("“{found}” stands after “{before}”, which is the wrong order; it is read all the same")
            notes.add(child.line, message, found=child.name, before=allowed[highest])
        highest = max(highest, place)
        kept.append(child)
        _mend(child, part_1, notes)
    element.content = kept


def _unwrap(element: Element, notes: Notes) -> None:
    while any(each.name in WRAPPERS for each in element.children()):
        content: list[str | Element] = []
        for each in element.content:
            if isinstance(each, Element) and each.name in WRAPPERS:
                notes.add(each.line, _("the format has no “{found}”; what stands in it is read"), found=each.name)
                content += each.content
            else:
                content.append(each)
        element.content = content


def _take_text(element: Element, text: str, allowed: tuple[str, ...], notes: Notes) -> None:
    """Text where only elements may stand: it describes, if nothing else does."""
    if "Description" in allowed and element.child("Description") is None:
        element.content.append(Element("Description", element.line, {}, [text]))
        notes.add(element.line, _("the text in “{found}” is read as its description"), found=element.name)
    else:
        message = _("“{text}” stands in “{found}”, where no text may stand; it is not read")
        notes.add(element.line, message, text=text, found=element.name)


def _rename(parent: Element, child: Element, notes: Notes) -> None:
    known = CHILDREN.get(parent.name, ())
    name = OTHER_NAMES.get((parent.name, child.name))
    if parent.name == "PerformanceIndicator" and child.name == "Target":
        # A single target beside the results.
        child.content = [Element("TargetResult", child.line, {}, child.content)]
        name = "MeasurementInstance"
    if name is None or child.name in known:
        return
    notes.add(child.line, _("“{found}” is read as “{name}”"), found=child.name, name=name)
    if child.name == "Result":
        _share_date(child)
    child.name = name


def _share_date(result: Element) -> None:
    """One date of a result is that of its target and of its actual."""
    dates = [each for each in result.children() if each.name == "Date"]
    for each in dates:
        result.content.remove(each)
        for child in result.children():
            child.content += (Element(name, each.line, {}, list(each.content)) for name in ("StartDate", "EndDate"))
    order = {"Target": 0, "Actual": 1}
    result.content.sort(key=lambda each: order.get(each.name, 2) if isinstance(each, Element) else 3)
    for child in result.children():
        child.content.sort(key=lambda each: isinstance(each, Element) and not each.name.endswith("Date"))


def _check_identifiers(root: Element, notes: Notes) -> None:
    """They must be there where they stand, and each once: no reader that does not know the schema sees that."""
    lines: dict[str, int] = {}
    for element in root.walk():
        if element.name != "Identifier":
            continue
        text = element.whole_text().strip()
        if not text:
            notes.add(element.line, _("the identifier is empty; a code is made without it"))
        elif text in lines:
            message = _("the identifier “{found}” stands already in line {first}; a code is made without it")
            notes.add(element.line, message, found=text, first=lines[text])
        else:
            lines[text] = element.line
