"""The words of the format: namespaces, elements in their order, stages, and the words that we use within it."""

from plan_pages.choices import IndicatorKind

PART_1, PART_2 = "StrategicPlan", "PerformancePlanOrReport"
NAMESPACES = {
    PART_1: "urn:ISO:std:iso:17469:tech:xsd:stratml_core",
    PART_2: "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport",
}
OLDER = ("http://www.stratml.net", "http://stratml.net", "urn:ISO:std:iso:17469")

ROOT = ("Name", "Description", "OtherInformation", "StrategicPlanCore", "AdministrativeInformation", "Submitter")
CORE = ("Organization", "Vision", "Mission", "Value", "Goal")
_LEVEL = ("Name", "Description", "Identifier", "SequenceIndicator", "Stakeholder", "OtherInformation")
_CONTACT = ("Identifier", "GivenName", "Surname", "PhoneNumber", "EmailAddress")
_RESULT = ("StartDate", "EndDate", "NumberOfUnits", "Descriptor", "Description")
# What may stand in an element, in this order. Elements that are not here hold text.
CHILDREN = {
    PART_1: ROOT[:-1],
    PART_2: ROOT,
    "StrategicPlanCore": CORE,
    "Organization": ("Name", "Acronym", "Identifier", "Description", "Stakeholder"),
    "Vision": ("Description", "Identifier"),
    "Mission": ("Description", "Identifier"),
    "Value": ("Name", "Description"),
    "Goal": (*_LEVEL, "Objective"),
    "Objective": (*_LEVEL, "PerformanceIndicator"),
    "Stakeholder": ("Name", "Description", "Role"),
    "Role": ("Name", "Description", "RoleType"),
    "PerformanceIndicator": (
        "SequenceIndicator", "MeasurementDimension", "UnitOfMeasurement", "Identifier", "Relationship",
        "MeasurementInstance", "OtherInformation",
    ),
    "Relationship": ("Identifier", "ReferentIdentifier", "Name", "Description"),
    "MeasurementInstance": ("TargetResult", "ActualResult"),
    "TargetResult": _RESULT,
    "ActualResult": _RESULT,
    "Descriptor": ("DescriptorName", "DescriptorValue"),
    "AdministrativeInformation": ("Identifier", "StartDate", "EndDate", "PublicationDate", "Source"),
    "Submitter": _CONTACT,
}  # fmt: skip
# Part 1 keeps the submitter elsewhere.
ADMINISTRATION_1 = ("StartDate", "EndDate", "PublicationDate", "Source", "Submitter")
REPEATED = {
    "Organization", "Value", "Goal", "Objective", "Stakeholder", "Role", "RoleType", "PerformanceIndicator",
    "Relationship", "ReferentIdentifier", "MeasurementInstance", "TargetResult", "ActualResult",
}  # fmt: skip
# Lists round elements, which the format does not have and people make all the same.
WRAPPERS = {"Goals", "Objectives", "PerformanceIndicators", "Stakeholders", "Values", "Organizations", "ActualResults"}
# Other names for the same: of older editions, and of what people take the format to be.
OTHER_NAMES = {
    ("Submitter", "FirstName"): "GivenName",
    ("Submitter", "LastName"): "Surname",
    ("PerformanceIndicator", "Name"): "MeasurementDimension",
    ("PerformanceIndicator", "UnitOfMeasure"): "UnitOfMeasurement",
    ("PerformanceIndicator", "Result"): "MeasurementInstance",
    ("MeasurementInstance", "Target"): "TargetResult",
    ("MeasurementInstance", "Actual"): "ActualResult",
    ("TargetResult", "MeasureValue"): "NumberOfUnits",
    ("ActualResult", "MeasureValue"): "NumberOfUnits",
}

STAGES = {
    IndicatorKind.IMPACT: "Outcome",
    IndicatorKind.RESULT: "Outcome",
    IndicatorKind.OUTPUT: "Output",
    IndicatorKind.PROCESS: "Output_Processing",
}
MONEY_STAGE = "Input"
KINDS = {
    "Outcome": IndicatorKind.RESULT,
    "Output": IndicatorKind.OUTPUT,
    "Output_Processing": IndicatorKind.PROCESS,
    "Input_Processing": IndicatorKind.PROCESS,
    "Input": IndicatorKind.PROCESS,
}
STATUS, BASELINE, TARGET, UNAVAILABLE, NOTE = "Status", "Baseline", "Target", "Not available", "Note"
PARTNER = "Partner"
