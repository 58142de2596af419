/// Inflated data as a file, made and written piece by piece.
#pragma once

#include <cstdint>
#include <string>

#include "cellmnn/inflate.hpp"

namespace cellmnn {

/// An .npz of pcs (cells, D) float32 and sample_labels (cells) float64, by snapshot. `cells` and the seed
/// are those of inflated_counts() and inflated_cells(). Uncompressed; needs little memory beside `data`.
void write_inflated(const std::string& path, const TimeCourse& data, Index cells, std::uint64_t seed);

}  // namespace cellmnn
