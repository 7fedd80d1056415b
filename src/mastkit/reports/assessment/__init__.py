"""An assessment as a person reads it: one outline, shown in the terminal, as Markdown and as HTML."""

from mastkit.reports.assessment.html import as_html
from mastkit.reports.assessment.markdown import as_markdown
from mastkit.reports.assessment.outline import Node, Section, outline
from mastkit.reports.assessment.terminal import show, show_table

__all__ = ["Node", "Section", "as_html", "as_markdown", "outline", "show", "show_table"]
