/// Pictures of the cells in two dimensions, such as a UMAP: no model lives there.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

struct Projection {
  std::string name;
  Matrix<float> places;  ///< (cells in the file's order, 2)
};

/// The matrices of obsm with two or three columns, of which the first two are shown; of a diffusion map the
/// first one is constant and left out. Not `embedding_key`, not velocities, none with values that are not
/// finite. None in files of other formats than .h5ad.
std::vector<Projection> read_projections(const std::string& path, const std::string& embedding_key);

}  // namespace cellmnn
