#include "native/commands/preprocess/first_look.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

/// The first value that is not allowed, of all blocks.
class Refusal {
 public:
  using Bad = bool (*)(float);
  Refusal(const CountsTable& table, Bad bad) : table_(table), bad_(bad) {}

  void look(const SparseMatrix& rows, Index first_cell) {
    if (found_ || std::none_of(rows.values.begin(), rows.values.end(), bad_)) return;
    for (Index row = 0; row < rows.rows; ++row) {
      rows.for_row(row, [&](Index gene, float value) {
        if (!found_ && bad_(value)) found_ = Place{first_cell + row, gene, value};
      });
    }
  }

  /// "gene 'G' of cell 'C' is VALUE, WHAT".
  void require_none(const std::string& what) const {
    if (!found_) return;
    throw file_error(table_.path, (table_.matrix.empty() ? "" : table_.matrix + ": ") + "gene '" +
                                      table_.genes[static_cast<std::size_t>(found_->gene)] + "' of cell '" +
                                      table_.cells[static_cast<std::size_t>(found_->cell)] + "' is " +
                                      number_text(found_->value) + ", " + what);
  }

 private:
  struct Place {
    Index cell, gene;
    float value;
  };
  const CountsTable& table_;
  Bad bad_;
  std::optional<Place> found_;
};

bool is_negative(float value) { return value < 0; }
bool is_fraction(float value) { return value != std::floor(value); }

bool is_no_logarithm(float value) {
  constexpr float kLargestLog = 30;  // of any count below 1e13
  return value > kLargestLog;
}

/// Whether nearly all genes that vary have the mean 0, up to rounding: negative values are then no
/// logarithms.
class Centring {
 public:
  explicit Centring(Index genes) : sum_(Vector<double>::Zero(genes)), squares_(sum_) {}

  void look(const SparseMatrix& rows) {
    cells_ += static_cast<double>(rows.rows);
    for (std::size_t k = 0; k < rows.values.size(); ++k) {
      const auto value = static_cast<double>(rows.values[k]);
      sum_(rows.indices[k]) += value;
      squares_(rows.indices[k]) += value * value;
    }
  }

  bool is_centred() const {
    constexpr double kRounding = 0.05, kNearlyAll = 0.9;  // clipping moves the mean a little
    const Vector<double> root = (squares_ / cells_).cwiseSqrt();
    const auto varying = (root.array() > 0).count();
    const auto centred =
        (root.array() > 0 && (sum_ / cells_).array().abs() < kRounding * root.array()).count();
    return cells_ > 1 && varying > 0 &&
           static_cast<double>(centred) >= kNearlyAll * static_cast<double>(varying);
  }

 private:
  double cells_ = 0;
  Vector<double> sum_, squares_;
};

/// The checks of all values that an InputValues asks for.
class ValueChecks {
 public:
  ValueChecks(const CountsTable& table, InputValues values)
      : table_(table),
        values_(values),
        negative_(table, is_negative),
        fraction_(table, is_fraction),
        too_large_(table, is_no_logarithm),
        centring_(static_cast<Index>(table.genes.size())) {}

  void look(const SparseMatrix& rows, Index first_cell) {
    check_finite(table_, rows, first_cell);
    negative_.look(rows, first_cell);
    if (values_ == InputValues::counts) fraction_.look(rows, first_cell);
    if (values_ != InputValues::log) return;
    too_large_.look(rows, first_cell);
    centring_.look(rows);
  }

  void end() const {
    const std::string layers =
        table_.layers.empty() ? "" : "; the file has the layers " + quoted_list(table_.layers) + " (--layer)";
    if (values_ == InputValues::log) {
      if (centring_.is_centred()) {
        throw file_error(
            table_.path,
            "the values of each gene have the mean 0: scaled data cannot be used, give those before" +
                layers);
      }
      too_large_.require_none(
          "which is too large for a logarithm: say --values normalized if these are not logarithms");
      return;
    }
    const bool counts = values_ == InputValues::counts;
    negative_.require_none(
        (counts ? "expected counts, which are not negative: scaled data cannot be used, give those before"
                : "expected no negative values: say --values log if these are logarithms, such as -dCt") +
        layers);
    if (!counts) return;
    fraction_.require_none(
        "expected counts, which are whole numbers: say --values normalized or --values log if these are"
        " not counts" +
        layers);
  }

 private:
  const CountsTable& table_;
  InputValues values_;
  Refusal negative_, fraction_, too_large_;
  Centring centring_;
};

}  // namespace

FirstLook first_look(const CountsBlocks& counts, InputValues values, Index min_genes) {
  FirstLook look;
  look.cells_with.assign(counts.genes.size(), 0);
  ValueChecks checks(counts, values);
  RowBlocks& source = *counts.values;
  for (Index block = 0; block < source.blocks(); ++block) {
    const SparseMatrix rows = source.read(block);
    checks.look(rows, source.first_row(block));
    for (Index row = 0; row < rows.rows; ++row) {
      look.kept.push_back(rows.start(row + 1) - rows.start(row) >= min_genes);
    }
    count_cells(rows, flagged_rows(source, block, look.kept), look.cells_with);
    look.entries += rows.entries();
  }
  checks.end();
  return look;
}

}  // namespace cellmnn
