"""What all pictures share."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GREY = "0.85"
UP, DOWN = "#b2182b", "#2166ac"  # told apart by those who do not see red and green


def axes_or_new(ax: "Axes | None", size: tuple[float, float] = (5, 4)) -> "Axes":
    if ax is not None:
        return ax
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        raise ImportError("pictures need matplotlib: pip install 'cellmnn[plot]'") from None
    return plt.subplots(figsize=size, layout="constrained")[1]


def without_frame(ax: "Axes") -> None:
    ax.spines[["top", "right"]].set_visible(False)
