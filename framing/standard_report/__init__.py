"""The report `framing report` writes: every measure of a corpus, by group, with its evidence."""

from framing.standard_report.assemble import processes, standard_report

__all__ = ["processes", "standard_report"]
