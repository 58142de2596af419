/// Each kind of picture of `cellmnn plot`, and the files it is made of.
#pragma once

#include <string>
#include <vector>

#include "native/commands/input/data_input.hpp"
#include "native/pictures/svg.hpp"

namespace cellmnn {

struct PlotRequest {
  std::string kind;
  std::vector<std::string> files;
  DataFlags data;  ///< the keys of snapshots
  std::vector<std::string> genes;
  std::string truth;          ///< the obsm entry of true fates, or empty
  std::string metric = "w1";  ///< of scores
};

/// The kinds in the order of the help, a line each.
std::string plot_kinds_text();

/// Throws usage for an unknown kind or a wrong number of files, bad_input for files that do not fit.
Svg plotted(const PlotRequest& request, Session& session);

}  // namespace cellmnn
