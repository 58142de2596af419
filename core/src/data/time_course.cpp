#include "cellmnn/time_course.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <utility>

#include "base/text.hpp"
#include "cellmnn/cell_summary.hpp"
#include "cellmnn/error.hpp"

namespace cellmnn {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::bad_input, message); }

std::string describe(const Snapshot& snapshot) {
  const std::string time = text(snapshot.time);
  if (snapshot.label.empty() || snapshot.label == time) return "the snapshot at time " + time;
  return "snapshot \"" + snapshot.label + "\" (time " + time + ")";
}

std::vector<double> times_of(const TimeCourse& data) {
  std::vector<double> times;
  times.reserve(data.snapshots.size());
  for (const Snapshot& snapshot : data.snapshots) times.push_back(snapshot.time);
  return times;
}

void require_ascending_times(const TimeCourse& data) {
  const auto& snapshots = data.snapshots;
  for (std::size_t k = 0; k < snapshots.size(); ++k) {
    if (!std::isfinite(snapshots[k].time)) refuse(describe(snapshots[k]) + " needs a finite time");
    if (k > 0 && snapshots[k].time <= snapshots[k - 1].time) {
      refuse(describe(snapshots[k]) + " follows " + describe(snapshots[k - 1]) +
             ": expected snapshots in ascending order with one time each");
    }
  }
}

/// Closer ones fall together when time is reversed or scaled.
void require_times_apart(const TimeCourse& data) {
  constexpr double kLeastGap = 1e-12;  // of the largest time
  const auto& snapshots = data.snapshots;
  const double largest = std::max(std::abs(snapshots.front().time), std::abs(snapshots.back().time));
  for (std::size_t k = 1; k < snapshots.size(); ++k) {
    if (snapshots[k].time - snapshots[k - 1].time >= kLeastGap * largest) continue;
    refuse(describe(snapshots[k - 1]) + " and " + describe(snapshots[k]) +
           " lie too close to learn from, where times reach " + text(largest) +
           ": expected at least 1e-12 of that between two snapshots");
  }
}

void require_cells(const Snapshot& snapshot, Index dims) {
  if (snapshot.cells.rows() == 0) refuse(describe(snapshot) + " has no cells: expected at least one");
  if (snapshot.cells.cols() == 0) refuse(describe(snapshot) + " has cells with 0 latent dimensions");
  if (snapshot.cells.cols() != dims) {
    refuse(describe(snapshot) + " has " + std::to_string(snapshot.cells.cols()) +
           " latent dimensions where the first snapshot has " + std::to_string(dims));
  }
}

void require_finite(const Snapshot& snapshot) {
  if (snapshot.cells.allFinite()) return;
  NotFinite found;
  for (Index n = 0; n < snapshot.cells.rows(); ++n) {
    for (Index d = 0; d < snapshot.cells.cols(); ++d) {
      const float value = snapshot.cells(n, d);
      if (!std::isfinite(value) && found.values++ == 0) found = {1, n, d, value};
    }
  }
  refuse_not_finite(snapshot, snapshot.cells.size(), found);
}

class Fnv1a {
 public:
  void add(std::uint64_t value) { add_bytes(value, sizeof value); }
  void add(double value) { add_bytes(bits<std::uint64_t>(value), sizeof value); }
  void add(float value) { add_bytes(bits<std::uint32_t>(value), sizeof value); }
  std::uint64_t hash() const { return hash_; }

 private:
  // std::bit_cast is missing from Emscripten's libc++.
  template <typename Bits, typename Value>
  static Bits bits(Value value) {
    static_assert(sizeof(Bits) == sizeof(Value));
    Bits result;
    std::memcpy(&result, &value, sizeof value);
    return result;
  }

  void add_bytes(std::uint64_t value, std::size_t bytes) {
    for (std::size_t byte = 0; byte < bytes; ++byte) {
      hash_ = (hash_ ^ ((value >> (8 * byte)) & 0xFFU)) * 0x100000001B3U;
    }
  }

  std::uint64_t hash_ = 0xCBF29CE484222325U;
};

}  // namespace

void refuse_not_finite(const Snapshot& snapshot, Index size, const NotFinite& found) {
  if (found.values == 0) return;
  refuse(describe(snapshot) + " has " + std::to_string(found.values) + " of " + std::to_string(size) +
         " values that are not finite: the first is " + text(static_cast<double>(found.first)) + " in cell " +
         std::to_string(found.cell) + ", dimension " + std::to_string(found.dim) +
         " (both from 0); remove or impute these cells");
}

Index TimeCourse::cells() const {
  Index total = 0;
  for (const Snapshot& snapshot : snapshots) total += snapshot.cells.rows();
  return total;
}

void validate(const TimeCourse& data) {
  if (data.snapshots.empty()) refuse("got no cells");
  require_ascending_times(data);
  for (const Snapshot& snapshot : data.snapshots) {
    require_cells(snapshot, data.dims());
    require_finite(snapshot);
  }
}

void validate_for_training(const TimeCourse& data) {
  validate(data);
  if (data.snapshots.size() < 2) {
    refuse("got 1 snapshot: dynamics can only be learnt from at least two times");
  }
  require_times_apart(data);
}

TimeCourse first_dims(const TimeCourse& data, Index dims) {
  if (dims < 1 || dims > data.dims()) {
    refuse("got a request for " + std::to_string(dims) + " latent dimensions: the data have " +
           std::to_string(data.dims()));
  }
  TimeCourse result = data;
  for (Snapshot& snapshot : result.snapshots) snapshot.cells = snapshot.cells.leftCols(dims).eval();
  Matrix<float>& loadings = result.gene_space.loadings;
  if (loadings.cols() > dims) loadings = loadings.leftCols(dims).eval();
  return result;
}

TimeCourse mirrored(const TimeCourse& data) {
  TimeCourse result = data;
  std::vector<Snapshot>& snapshots = result.snapshots;
  if (snapshots.empty()) return result;
  const double first = snapshots.front().time, last = snapshots.back().time;
  for (Snapshot& snapshot : snapshots) {
    snapshot.time = mirrored_time(snapshot.time, first, last);
    snapshot.growth_prior *= -1;
  }
  std::reverse(snapshots.begin(), snapshots.end());
  return result;
}

namespace {

template <typename Scalar>
Matrix<Scalar> whitened(const LatentSpace& space, const MatrixView<float>& cells) {
  return ((cells.cast<double>().rowwise() - space.mean.transpose()).array().rowwise() /
          space.std.transpose().array())
      .template cast<Scalar>();
}

}  // namespace

Matrix<float> LatentSpace::whiten(const MatrixView<float>& cells) const {
  return whitened<float>(*this, cells);
}

Matrix<double> LatentSpace::whiten_in_double(const MatrixView<float>& cells) const {
  return whitened<double>(*this, cells);
}

Matrix<float> LatentSpace::unwhiten(const MatrixView<float>& cells) const {
  return ((cells.cast<double>().array().rowwise() * std.transpose().array()).rowwise() +
          mean.transpose().array())
      .cast<float>();
}

LatentSpace whitening_of(const TimeCourse& data) {
  const Index dims = data.dims();
  const auto cells = static_cast<double>(data.cells());
  LatentSpace latent{Vector<double>::Zero(dims), Vector<double>::Zero(dims)};
  Vector<float> lowest = data.snapshots.front().cells.row(0);
  Vector<float> highest = lowest;
  for (const Snapshot& snapshot : data.snapshots) {
    latent.mean += snapshot.cells.cast<double>().colwise().sum().transpose();
    lowest = lowest.cwiseMin(snapshot.cells.colwise().minCoeff().transpose());
    highest = highest.cwiseMax(snapshot.cells.colwise().maxCoeff().transpose());
  }
  latent.mean /= cells;

  Vector<double> squares = Vector<double>::Zero(dims);
  for (const Snapshot& snapshot : data.snapshots) {
    const auto centred = snapshot.cells.cast<double>().rowwise() - latent.mean.transpose();
    squares += centred.colwise().squaredNorm().transpose();
  }
  // Compared in float: the rounding of the mean would leave a constant dimension a tiny spread.
  const auto varies = lowest.array() < highest.array();
  latent.std = varies.select((squares / cells).cwiseSqrt(), 1.0);
  return latent;
}

TimeScale gap_scale(const TimeCourse& data) {
  constexpr double kLongestGap = 7;
  const double first = data.snapshots.front().time, last = data.snapshots.back().time;
  double longest = 0;
  for (std::size_t k = 1; k < data.snapshots.size(); ++k) {
    longest = std::max(longest, data.snapshots[k].time - data.snapshots[k - 1].time);
  }
  const double mean = (last - first) / static_cast<double>(data.snapshots.size() - 1);
  return {first, std::max(mean, longest / kLongestGap)};
}

HoldOut hold_out(const TimeCourse& data, Index index) {
  const auto snapshots = static_cast<Index>(data.snapshots.size());
  if (snapshots < 3) {
    refuse("got " + std::to_string(snapshots) + " snapshots: holding one out needs at least three");
  }
  if (index <= 0 || index >= snapshots - 1) {
    const std::vector<double> times = times_of(data);
    const std::string what = index == 0               ? "the first snapshot"
                             : index == snapshots - 1 ? "the last snapshot"
                                                      : "snapshot number " + std::to_string(index);
    refuse("cannot hold out " + what + ": only one with a neighbour on both sides can be scored, at time " +
           listed({times.begin() + 1, times.end() - 1}));
  }
  HoldOut result{data, data.snapshots[static_cast<std::size_t>(index)], index};
  result.training.snapshots.erase(result.training.snapshots.begin() + index);
  return result;
}

std::optional<Index> find_snapshot(const TimeCourse& data, double time) {
  constexpr double kSame = 1e-6;
  const std::vector<double> times = times_of(data);
  const auto distance = [&](double t) { return std::abs(t - time); };
  const auto found = std::min_element(times.begin(), times.end(),
                                      [&](double a, double b) { return distance(a) < distance(b); });
  if (found == times.end() || !(distance(*found) <= kSame * std::abs(*found))) return std::nullopt;
  return found - times.begin();
}

Index snapshot_at(const TimeCourse& data, double time) {
  const std::optional<Index> found = find_snapshot(data, time);
  if (!found) {
    refuse("got time " + text(time) + ", which is not in the data: they have " + listed(times_of(data)));
  }
  return *found;
}

std::uint64_t fingerprint(const TimeCourse& data) {
  Fnv1a fnv;
  for (const Snapshot& snapshot : data.snapshots) {
    fnv.add(snapshot.time);
    fnv.add(static_cast<std::uint64_t>(snapshot.cells.rows()));
    fnv.add(static_cast<std::uint64_t>(snapshot.cells.cols()));
    for (const float value : snapshot.cells.reshaped<Eigen::RowMajor>()) fnv.add(value);
    for (const float value : snapshot.growth_prior) fnv.add(value);
  }
  return fnv.hash();
}

std::uint64_t types_fingerprint(const TimeCourse& data) {
  Fnv1a fnv;
  for (const std::string& name : data.type_names) {
    for (const char letter : name) fnv.add(static_cast<std::uint64_t>(letter));
    fnv.add(std::uint64_t{0});
  }
  for (const Snapshot& snapshot : data.snapshots)
    for (const int type : snapshot.types) fnv.add(static_cast<std::uint64_t>(type));
  return fnv.hash();
}

}  // namespace cellmnn
