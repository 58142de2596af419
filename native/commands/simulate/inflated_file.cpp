#include "native/commands/simulate/inflated_file.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "native/io/numpy/npz_parts.hpp"

namespace cellmnn {
namespace {

constexpr Index kPieceCells = 65536;

template <typename Derived>
std::string_view bytes_of(const Eigen::PlainObjectBase<Derived>& values) {
  return {reinterpret_cast<const char*>(values.data()),
          static_cast<std::size_t>(values.size()) * sizeof(typename Derived::Scalar)};
}

/// Calls body(snapshot, begin, count) for the pieces of all snapshots.
template <typename Body>
void for_each_piece(const std::vector<Index>& counts, const Body& body) {
  for (std::size_t k = 0; k < counts.size(); ++k) {
    for (Index begin = 0; begin < counts[k]; begin += kPieceCells) {
      body(static_cast<Index>(k), begin, std::min(kPieceCells, counts[k] - begin));
    }
  }
}

}  // namespace

void write_inflated(const std::string& path, const TimeCourse& data, Index cells, std::uint64_t seed) {
  const std::vector<Index> counts = inflated_counts(data, cells);
  NpzParts npz(path, {{"pcs", "<f4", {cells, data.dims()}}, {"sample_labels", "<f8", {cells}}});
  for_each_piece(counts, [&](Index snapshot, Index begin, Index count) {
    npz.write(0, bytes_of(inflated_cells(data, snapshot, begin, count, seed)));
  });
  for_each_piece(counts, [&](Index snapshot, Index /*begin*/, Index count) {
    const double time = data.snapshots[static_cast<std::size_t>(snapshot)].time;
    npz.write(1, bytes_of(Vector<double>::Constant(count, time).eval()));
  });
  npz.finish();
}

}  // namespace cellmnn
