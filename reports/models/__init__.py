"""Where Django finds everything that is stored. Modules of ours import from where a model lives, not from here."""

from reports.models.editions import Delivery, Edition, EditionFile, Release
from reports.models.jobs import ReportJob
from reports.models.schedules import ReportRecipient, ReportSchedule

__all__ = ["Delivery", "Edition", "EditionFile", "Release", "ReportJob", "ReportRecipient", "ReportSchedule"]
