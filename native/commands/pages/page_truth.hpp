/// What is true of simulated cells, for a page that shows it beside what the model says.
#pragma once

#include <string>

#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// As `simulate` writes them; both or none.
struct TruthFiles {
  std::string network;  ///< csv of Gene1, Gene2 and Sign
  std::string paths;    ///< npz of trajectories (P, T, G) and times (T)
};

/// A safetensors file with paths (P, T, D) F32 in the components of the data, time (T) F64; metadata network
/// (JSON list of [source, target, sign]). Empty without files. Throws bad_input if the paths are not of the
/// genes of the data, or these have no loadings and means.
std::string page_truth(const DataFile& file, const TruthFiles& truth);

}  // namespace cellmnn
