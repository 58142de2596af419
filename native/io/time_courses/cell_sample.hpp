/// A random part of the cells of a file that need not fit into memory.
#pragma once

#include <cstdint>

#include "native/io/time_courses/cell_source.hpp"

namespace cellmnn {

/// `most` of the cells, or all if there are no more. Each time has its share of them, rounded down, those
/// with the largest remainders one more, and none fewer than 1; its cells are drawn without replacement, each
/// set of them as likely as any other. No names are read. Throws usage for fewer than two cells a time.
DataFile read_sample(CellSource& cells, Index most, std::uint64_t seed);

}  // namespace cellmnn
