#include "native/commands/preprocess/first_look.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

using IsOdd = bool (*)(float);

bool is_negative(float value) { return value < 0; }
bool is_fraction(float value) { return value != std::floor(value); }

bool is_no_logarithm(float value) {
  constexpr float kLargestLog = 30;  // of any count below 1e13
  return value > kLargestLog;
}

/// The first value that is odd: cell, gene, value; a cell of -1 if there is none.
class FirstOdd {
 public:
  explicit FirstOdd(IsOdd odd) : odd_(odd) {}

  void look(const SparseMatrix& rows, Index first_cell) {
    if (found_(0) >= 0 || std::none_of(rows.values.begin(), rows.values.end(), odd_)) return;
    for (Index row = 0; row < rows.rows; ++row) {
      rows.for_row(row, [&](Index gene, float value) {
        if (found_(0) < 0 && odd_(value))
          found_ << static_cast<double>(first_cell + row), static_cast<double>(gene),
              static_cast<double>(value);
      });
    }
  }

  const Eigen::RowVector3d& found() const { return found_; }

 private:
  IsOdd odd_;
  Eigen::RowVector3d found_{-1, 0, 0};
};

/// What is found of one share of the cells.
Arrays look_at(const CountsBlocks& counts, ShareBlocks share, InputValues values, Index min_genes) {
  RowBlocks& source = *counts.values;
  const auto genes = static_cast<Index>(counts.genes.size());
  const Index first_cell = source.first_row(share.begin);
  Matrix<double> kept = Matrix<double>::Zero(source.first_row(share.end) - first_cell, 1);
  Matrix<double> sums = Matrix<double>::Zero(genes, 2);  // of logarithms and their squares
  std::vector<Index> cells_with(counts.genes.size(), 0);
  double entries = 0;
  FirstOdd negative(is_negative), other(values == InputValues::log ? is_no_logarithm : is_fraction);
  for (Index block = share.begin; block < share.end; ++block) {
    const SparseMatrix rows = source.read(block);
    const Index first = source.first_row(block);
    check_finite(counts, rows, first);
    negative.look(rows, first);
    if (values != InputValues::normalized) other.look(rows, first);
    std::vector<Index> cells;
    for (Index row = 0; row < rows.rows; ++row) {
      if (rows.start(row + 1) - rows.start(row) < min_genes) continue;
      kept(first - first_cell + row) = 1;
      cells.push_back(row);
    }
    count_cells(rows, cells, cells_with);
    entries += static_cast<double>(rows.entries());
    if (values != InputValues::log) continue;
    for (std::size_t k = 0; k < rows.values.size(); ++k) {
      const auto value = static_cast<double>(rows.values[k]);
      sums.row(rows.indices[k]) += Eigen::RowVector2d(value, value * value);
    }
  }
  return {{"kept", std::move(kept)},
          {"cells_with", as_column(cells_with)},
          {"entries", Matrix<double>::Constant(1, 1, entries)},
          {"negative", negative.found()},
          {"other", other.found()},
          {"sums", std::move(sums)}};
}

/// "gene 'G' of cell 'C' is VALUE, WHAT".
void require_none(const CountsTable& table, const Matrix<double>& found, const std::string& what) {
  if (found(0) < 0) return;
  throw file_error(table.path, (table.matrix.empty() ? "" : table.matrix + ": ") + "gene '" +
                                   table.genes.at(static_cast<std::size_t>(found(1))) + "' of cell '" +
                                   table.cells.at(static_cast<std::size_t>(found(0))) + "' is " +
                                   number_text(static_cast<float>(found(2))) + ", " + what);
}

/// Whether nearly all genes that vary have the mean 0, up to rounding: negative values are then no
/// logarithms.
bool is_centred(const Matrix<double>& sums, double cells) {
  constexpr double kRounding = 0.05, kNearlyAll = 0.9;  // clipping moves the mean a little
  const Vector<double> root = (sums.col(1) / cells).cwiseSqrt();
  const auto varying = (root.array() > 0).count();
  const auto centred =
      (root.array() > 0 && (sums.col(0) / cells).array().abs() < kRounding * root.array()).count();
  return cells > 1 && varying > 0 &&
         static_cast<double>(centred) >= kNearlyAll * static_cast<double>(varying);
}

/// Whether the values are what they should be, of what was found of all cells.
void check_values(const CountsTable& table, InputValues values, const Arrays& found) {
  const std::string layers =
      table.layers.empty() ? "" : "; the file has the layers " + quoted_list(table.layers) + " (--layer)";
  if (values == InputValues::log) {
    if (is_centred(found.at("sums"), static_cast<double>(table.cells.size()))) {
      throw file_error(
          table.path,
          "the values of each gene have the mean 0: scaled data cannot be used, give those before" + layers);
    }
    require_none(table, found.at("other"),
                 "which is too large for a logarithm: say --values normalized if these are not logarithms");
    return;
  }
  const bool counts = values == InputValues::counts;
  require_none(
      table, found.at("negative"),
      (counts ? "expected counts, which are not negative: scaled data cannot be used, give those before"
              : "expected no negative values: say --values log if these are logarithms, such as -dCt") +
          layers);
  if (!counts) return;
  require_none(table, found.at("other"),
               "expected counts, which are whole numbers: say --values normalized or --values log if these "
               "are not counts" +
                   layers);
}

}  // namespace

FirstLook first_look(const CountsBlocks& counts, InputValues values, Index min_genes, Passes& passes) {
  const auto genes = static_cast<Index>(counts.genes.size());
  FirstLook look;
  look.cells_with.assign(counts.genes.size(), 0);
  const Matrix<double> none{{-1, 0, 0}};
  Arrays found = {{"negative", none}, {"other", none}, {"sums", Matrix<double>::Zero(genes, 2)}};
  passes.run({"reading",
              [&](ShareBlocks share) -> ArrayShapes {
                const Index cells =
                    counts.values->first_row(share.end) - counts.values->first_row(share.begin);
                return {{"kept", {cells, 1}}, {"cells_with", {genes, 1}}, {"entries", {1, 1}},
                        {"negative", {1, 3}}, {"other", {1, 3}},          {"sums", {genes, 2}}};
              },
              [&](ShareBlocks share) { return look_at(counts, share, values, min_genes); },
              [&](Arrays share) {
                for (const double flag : share.at("kept").reshaped()) look.kept.push_back(flag != 0);
                add_column(share.at("cells_with"), look.cells_with);
                look.entries += static_cast<Index>(share.at("entries")(0));
                for (const char* odd : {"negative", "other"}) {
                  if (found.at(odd)(0) < 0) found.at(odd) = share.at(odd);
                }
                found.at("sums") += share.at("sums");
              }});
  check_values(counts, values, found);
  return look;
}

}  // namespace cellmnn
