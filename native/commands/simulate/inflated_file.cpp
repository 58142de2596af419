#include "native/commands/simulate/inflated_file.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "native/io/files/zip.hpp"
#include "native/io/numpy/npy.hpp"

namespace cellmnn {
namespace {

constexpr Index kPieceCells = 65536;

template <typename Derived>
void write_values(ZipStream& zip, const Eigen::PlainObjectBase<Derived>& values) {
  zip.write({reinterpret_cast<const char*>(values.data()),
             static_cast<std::size_t>(values.size()) * sizeof(typename Derived::Scalar)});
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
  ZipStream zip(path);
  zip.begin("pcs.npy");
  zip.write(npy_header_bytes("<f4", {cells, data.dims()}));
  for_each_piece(counts, [&](Index snapshot, Index begin, Index count) {
    write_values(zip, inflated_cells(data, snapshot, begin, count, seed));
  });
  zip.begin("sample_labels.npy");
  zip.write(npy_header_bytes("<f8", {cells}));
  for_each_piece(counts, [&](Index snapshot, Index /*begin*/, Index count) {
    const double time = data.snapshots[static_cast<std::size_t>(snapshot)].time;
    write_values(zip, Vector<double>::Constant(count, time).eval());
  });
  zip.finish();
}

}  // namespace cellmnn
