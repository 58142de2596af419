/// Pictures of tables that other commands wrote.
#pragma once

#include "native/commands/plot/plot_kinds.hpp"

namespace cellmnn {

/// fate, time, gene, mean, low, high, all_cells: up to 12 genes.
Svg trends(const PlotRequest& request, Session& session);

/// from_time, from_label, to_time, to_label, share, measured_from, measured_to.
Svg alluvial(const PlotRequest& request, Session& session);

/// source or regulator, target, score or effect, confidence if it is there; in the middle the gene that is
/// asked for, else that with the most edges among the first 200.
Svg network(const PlotRequest& request, Session& session);

/// time, gene, fate, change, p: of each gene and fate the largest change of all times; the genes that are
/// asked for, else the 20 with the largest changes.
Svg screen(const PlotRequest& request, Session& session);

}  // namespace cellmnn
