/// A block of cells stored feature by feature, so that SIMD lanes are cells.
#pragma once

#include "cellmnn/types.hpp"

namespace cellmnn {

/// Fields are padded with zeros to a multiple of this many cells: one 64-byte vector of floats.
inline constexpr Index kLanePad = 16;

constexpr Index padded(Index cells) { return (cells + kLanePad - 1) / kLanePad * kLanePad; }

/// (features, cells): row f holds feature f of all cells, contiguous, with zeros after the last cell.
template <typename Scalar>
class Field {
 public:
  Field() = default;
  Field(Index features, Index cells) { resize(features, cells); }

  /// Sets every value to zero if the size changes; allocates only when it grows.
  void resize(Index features, Index cells);

  Index features() const { return features_; }
  Index cells() const { return cells_; }
  Index stride() const { return stride_; }  ///< values from one feature to the next: padded(cells)

  Scalar* row(Index feature) { return values_.data() + feature * stride_; }
  const Scalar* row(Index feature) const { return values_.data() + feature * stride_; }

  void set_zero();

  /// Transposes n cells stored one a row at `source`, `row_stride` values apart.
  void from_cells(const Scalar* source, Index row_stride);

  /// The inverse of from_cells; padding is left out.
  void to_cells(Scalar* target, Index row_stride) const;

 private:
  Vector<Scalar> values_;
  Index features_ = 0, cells_ = 0, stride_ = 0;
};

}  // namespace cellmnn
