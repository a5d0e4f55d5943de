"""StratML files for tests: ours, written small, and the schemas and files of others where they lie beside the project."""

from functools import cache

from lxml import etree

from plan_pages.domain.plan import Plan
from plan_pages.exchange.stratml import Outcome, read
from tests.tools import need_shared

LANGUAGES = ("lt", "en")
FUNDS = {"SB": "Municipal budget", "VB": "State budget", "ES": "European Union funds", "KT": "Other funds"}
SCHEMAS = {1: "StrategicPlanISOVersion20140401.xsd", 2: "PerformancePlanOrReport20160216.xsd"}
PART_2 = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
YEARS = (
    "<AdministrativeInformation><StartDate>2022-01-01</StartDate>"
    "<EndDate>2030-12-31</EndDate></AdministrativeInformation>"
)


def read_bytes(data: bytes, language: str = "lt") -> Outcome:
    return read(data, language=language, languages=LANGUAGES, funds=FUNDS)


def warned(outcome: Outcome) -> list[str]:
    return [str(note) for note in outcome.warnings]


def refused(data: bytes) -> str:
    """Why the file is refused."""
    outcome = read_bytes(data)
    assert outcome.plan is None
    (error,) = outcome.errors
    return str(error)


def plan_of(data: bytes) -> Plan:
    outcome = read_bytes(data)
    assert outcome.plan is not None, outcome.errors
    return outcome.plan


def a_file(goals: str = "", *, after: str = YEARS, head: str = "<Name>Planas</Name>") -> bytes:
    """A file of Part 2, each goal as given; the goals begin in line 3."""
    begin = f'<?xml version="1.0"?>\n<PerformancePlanOrReport xmlns="{PART_2}" Type="Performance_Plan">{head}'
    return (
        f"{begin}<StrategicPlanCore>\n{goals or goal()}</StrategicPlanCore>{after}</PerformancePlanOrReport>".encode()
    )


def goal(inside: str = "", number: str = "1", name: str = "Tikslas", identifier: str = "") -> str:
    said = f"<Identifier>{identifier}</Identifier>" if identifier else ""
    numbered = f"<SequenceIndicator>{number}</SequenceIndicator>"
    return f"<Goal><Name>{name}</Name><Description/>{said}{numbered}{CHAPTER}\n{inside}</Goal>\n"


CHAPTER = "<OtherInformation>Chapter 1: Skyrius</OtherInformation>"


def objective(number: str, inside: str = "", name: str = "Uždavinys", before: str = "") -> str:
    return (
        f"<Objective><Name>{name}</Name><Description/>"
        f"<SequenceIndicator>{number}</SequenceIndicator>{before}\n{inside}</Objective>\n"
    )


def indicator(
    results: str = "", *, stage: str = "Output", unit: str = "vnt.", rest: str = "", number: str = "R1"
) -> str:
    instances = f"<MeasurementInstance>\n{results}</MeasurementInstance>" if results else ""
    return (
        f'<PerformanceIndicator ValueChainStage="{stage}"><SequenceIndicator>{number}</SequenceIndicator>'
        f"<MeasurementDimension>Rodiklis</MeasurementDimension><UnitOfMeasurement>{unit}</UnitOfMeasurement>"
        f"{instances}{rest}</PerformanceIndicator>\n"
    )


def result(name: str, number: str, start: str = "", end: str = "", status: str = "", note: str = "") -> str:
    days = f"<StartDate>{start}</StartDate>" * bool(start) + f"<EndDate>{end}</EndDate>" * bool(end)
    said = f"<NumberOfUnits>{number}</NumberOfUnits>" * bool(number)
    if status:
        named = f"<DescriptorName>Status</DescriptorName><DescriptorValue>{status}</DescriptorValue>"
        said += f"<Descriptor>{named}</Descriptor>"
    return f"<{name}>{days}{said}{f'<Description>{note}</Description>' * bool(note)}</{name}>\n"


def with_measure(inside: str, before: str = "") -> bytes:
    """A file with the measure 1.1.1; what is in it begins in line 6."""
    return a_file(goal(objective("1.1") + objective("1.1.1", inside, "Priemonė", before)))


@cache
def schema(part: int) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(need_shared(f"data/stratml/schemas/{SCHEMAS[part]}")))


def assert_valid(data: bytes, part: int) -> None:
    known = schema(part)
    assert known.validate(etree.fromstring(data)), known.error_log
