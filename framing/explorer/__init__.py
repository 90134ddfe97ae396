"""The span explorer: look at hits in their texts in JupyterLab, correct them, get a table back."""

from framing.explorer.widget import SpanExplorer, explore

__all__ = ["SpanExplorer", "explore"]
