"""The components of the design system, each a template tag with declared props.

`engine` compiles and renders the tags; the other modules declare them, grouped by what they are for.
"""

from genlyd.ui.components import doing, forms, layout, showing, tables

__all__ = ["doing", "forms", "layout", "showing", "tables"]
