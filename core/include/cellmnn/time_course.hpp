/// Single-cell snapshots over time, and the coordinates in which a model sees them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// The cells measured at one time. Cells of different snapshots are not paired.
struct Snapshot {
  double time = 0;              ///< in the user's unit
  std::string label;            ///< as it stood in the file, for messages
  Matrix<float> cells;          ///< (N, D) latent coordinates, usually principal components
  Matrix<float> expression;     ///< (N, G), or (0, 0) where the data hold no genes
  std::vector<int> types = {};  ///< (N) places in TimeCourse::type_names, -1 for none; or empty

  /// (N) what is known beforehand of the rate at which each cell divides less that at which it dies, per unit
  /// of time; or empty.
  Vector<float> growth_prior = {};
};

/// How latent coordinates map to genes: expression = mean + loadings * coordinates.
struct GeneSpace {
  std::vector<std::string> genes;  ///< G names, or empty
  Matrix<float> loadings;          ///< (G, D), or (0, 0)
  Vector<float> mean;              ///< (G), or (0)
  bool empty() const { return genes.empty(); }
};

/// Snapshots in ascending order of time, all with the same D.
struct TimeCourse {
  std::vector<Snapshot> snapshots;
  GeneSpace gene_space;
  std::vector<std::string> type_names = {};  ///< of Snapshot::types, or empty

  Index dims() const { return snapshots.empty() ? 0 : snapshots.front().cells.cols(); }
  Index cells() const;
};

/// Refuses (ErrorCode::bad_input) what no model can use: no snapshot, times that do not ascend, an empty
/// snapshot, dimensions that differ or are 0, values that are not finite. The message says which snapshot,
/// how many values and where the first one is.
void validate(const TimeCourse& data);

/// Also refuses a single snapshot, from which no dynamics can be learnt.
void validate_for_training(const TimeCourse& data);

/// The first `dims` latent dimensions of every snapshot and of the loadings. Throws bad_input if
/// there are fewer.
TimeCourse first_dims(const TimeCourse& data, Index dims);

/// Where a time of a course from `first` to `last` is in its mirror image.
constexpr double mirrored_time(double time, double first, double last) { return first + last - time; }

/// The course seen in a mirror: its times have the same range, and cells go back where they came from, which
/// turns growth into its opposite.
TimeCourse mirrored(const TimeCourse& data);

/// Whitening: z = (x - mean) / std, one pair a dimension.
struct LatentSpace {
  Vector<double> mean;  ///< (D)
  Vector<double> std;   ///< (D), population standard deviation, 1 where a dimension is constant

  Matrix<float> whiten(const MatrixView<float>& cells) const;             ///< (N, D) -> (N, D)
  Matrix<float> unwhiten(const MatrixView<float>& cells) const;           ///< (N, D) -> (N, D)
  Matrix<double> whiten_in_double(const MatrixView<float>& cells) const;  ///< (N, D) -> (N, D)
};

/// Mean and standard deviation pooled over all cells of all snapshots, in double.
LatentSpace whitening_of(const TimeCourse& data);

/// Model time = (t - origin) / unit.
struct TimeScale {
  double origin = 0;
  double unit = 1;
  double to_model(double t) const { return (t - origin) / unit; }
};

/// From the first time on, in units of the mean gap between consecutive times. Where one gap is longer than 7
/// such units, the unit is a 7th of it, so that an untrained operator can be followed over it.
TimeScale gap_scale(const TimeCourse& data);

/// A time course without one of its snapshots, and that snapshot.
struct HoldOut {
  TimeCourse training;
  Snapshot held_out;
  Index index;  ///< of the held-out snapshot in the whole time course
};

/// Throws bad_input if `index` is not an inner snapshot: the first and the last have no neighbour on
/// one side.
HoldOut hold_out(const TimeCourse& data, Index index);

/// The index of the snapshot with this time, or with one that differs by 1e-6 of itself: times are typed as
/// they are shown.
std::optional<Index> find_snapshot(const TimeCourse& data, double time);

/// The same; throws bad_input with the times that exist.
Index snapshot_at(const TimeCourse& data, double time);

/// A 64-bit hash of all times, shapes, latent coordinates and priors of growth (FNV-1a over their
/// little-endian bytes), to recognise data.
std::uint64_t fingerprint(const TimeCourse& data);

/// The same of the names of types and of the types of all cells.
std::uint64_t types_fingerprint(const TimeCourse& data);

}  // namespace cellmnn
