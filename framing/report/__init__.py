"""Report room: titled figures, tables and words become one PDF with its provenance.

Everything a report shows is handed to the Typst template as data, never as Typst source.
"""

from framing.report.items import Captioned, MarkedText
from framing.report.provenance import provenance
from framing.report.report import Report

__all__ = ["Captioned", "MarkedText", "Report", "provenance"]
