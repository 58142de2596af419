from collections.abc import Iterable
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython import get_ipython

from ._explorer import Explorer


class ExplorerWidget(Explorer, anywidget.AnyWidget):
    """The page as a widget of a notebook: what is chosen in it comes back as traits, which can be observed."""

    _esm = Path(__file__).parent / "_explorer.js"
    _srcdoc = traitlets.Unicode().tag(sync=True)
    _pixels = traitlets.Int().tag(sync=True)
    _rows = traitlets.List(traitlets.Int()).tag(sync=True)

    cells = traitlets.List(
        traitlets.Unicode(), read_only=True, help="Names of the chosen cell, or of those of the chosen group."
    )
    gene = traitlets.Unicode(
        read_only=True, help="The gene that is changed or held, or else the one that colours the cells; or empty."
    ).tag(sync=True)
    time = traitlets.Float(
        None, allow_none=True, read_only=True, help="The time shown; None before the page is shown."
    ).tag(sync=True)
    view = traitlets.Unicode(
        help="The whole view, as behind the # of a link to it. Set it, and the page shows that view."
    ).tag(sync=True)

    def __init__(self, page: str, height: int, names: Iterable[str]) -> None:
        Explorer.__init__(self, page, height)
        self._names = list(names)
        srcdoc = "" if _nobody_sits_there() else page  # what widgets have is kept in such a notebook once more
        anywidget.AnyWidget.__init__(self, _srcdoc=srcdoc, _pixels=height)

    @traitlets.observe("_rows")
    def _name_cells(self, change: Any) -> None:
        self.set_trait("cells", [self._names[row] for row in change["new"]])

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        page = {"text/html": self.static()}
        if _nobody_sits_there():  # what they keep of a widget would need a network to be seen
            return {"text/plain": repr(self), **page}, {}
        data, metadata = anywidget.AnyWidget._repr_mimebundle_(self, **kwargs)
        return data | page, metadata


def _nobody_sits_there() -> bool:
    """Whether a program runs the notebook, such as nbconvert: none of them lets the kernel ask for input."""
    kernel = getattr(get_ipython(), "kernel", None)
    return not getattr(kernel, "_allow_stdin", True)
