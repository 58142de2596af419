/// A block of cells stored feature by feature, so that SIMD lanes are cells.
#pragma once

#include <algorithm>
#include <type_traits>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// Fields are padded with zeros to a multiple of this many cells: one 64-byte vector of floats.
inline constexpr Index kLanePad = 16;

constexpr Index padded(Index cells) { return (cells + kLanePad - 1) / kLanePad * kLanePad; }

/// Some cells of a field: feature f of cell i is at data[f * stride + i].
template <typename Scalar>
struct FieldView {
  Scalar* data = nullptr;  ///< null: no field
  Index stride = 0;
  Index cells = 0;

  Scalar* row(Index feature) const { return data + feature * stride; }
  FieldView from_feature(Index feature) const { return {row(feature), stride, cells}; }
  FieldView from_cell(Index begin, Index count) const { return {data + begin, stride, count}; }
  operator FieldView<const Scalar>() const { return {data, stride, cells}; }
};

/// (features, cells): row f holds feature f of all cells, contiguous, with zeros after the last cell.
template <typename Scalar>
class Field {
 public:
  Field() = default;
  Field(Index features, Index cells) { resize(features, cells); }

  /// Sets every value to zero if the size changes.
  void resize(Index features, Index cells) {
    if (features == features_ && cells == cells_) return;
    features_ = features;
    cells_ = cells;
    stride_ = padded(cells);
    values_.setZero(features_ * stride_);
  }

  Index features() const { return features_; }
  Index cells() const { return cells_; }

  Scalar* row(Index feature) { return values_.data() + feature * stride_; }
  const Scalar* row(Index feature) const { return values_.data() + feature * stride_; }

  FieldView<Scalar> view() { return {values_.data(), stride_, cells_}; }
  FieldView<const Scalar> view() const { return {values_.data(), stride_, cells_}; }
  FieldView<Scalar> view(Index begin, Index count) { return view().from_cell(begin, count); }
  FieldView<const Scalar> view(Index begin, Index count) const { return view().from_cell(begin, count); }

  void set_zero() { values_.setZero(); }

 private:
  Vector<Scalar> values_;
  Index features_ = 0, cells_ = 0, stride_ = 0;
};

/// Transposes cells that lie one a row, `row_stride` values apart, into a field.
template <typename Scalar>
void cells_to_field(const Scalar* cells, Index row_stride, Index features, const FieldView<Scalar>& field) {
  for (Index i = 0; i < field.cells; ++i) {
    for (Index f = 0; f < features; ++f) field.row(f)[i] = cells[i * row_stride + f];
  }
}

/// The inverse of cells_to_field().
template <typename Scalar>
void field_to_cells(const FieldView<const std::type_identity_t<Scalar>>& field, Index features, Scalar* cells,
                    Index row_stride) {
  for (Index i = 0; i < field.cells; ++i) {
    for (Index f = 0; f < features; ++f) cells[i * row_stride + f] = field.row(f)[i];
  }
}

}  // namespace cellmnn
