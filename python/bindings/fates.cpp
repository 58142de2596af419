#include "cellmnn/fates.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "cellmnn/changed_fates.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/fate_drivers.hpp"
#include "cellmnn/fate_trends.hpp"
#include "cellmnn/label_flows.hpp"
#include "cellmnn/label_shares.hpp"
#include "native/commands/input/known_fates.hpp"
#include "native/io/models/model_file.hpp"
#include "native/pictures/colors.hpp"
#include "native/runtime/vectors.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/course.hpp"
#include "python/bindings/job.hpp"

namespace cellmnn::python {
namespace {

using namespace nb::literals;

/// (N, K) in double.
using DoubleRows = nb::ndarray<const double, nb::ndim<2>, nb::c_contig, nb::device::cpu>;

Matrix<double> matrix_of(const DoubleRows& array) {
  return Eigen::Map<const Matrix<double>>(array.data(), static_cast<Index>(array.shape(0)),
                                          static_cast<Index>(array.shape(1)));
}

const CellMnn* moved_by(const ModelFile* model) { return model ? &model->model : nullptr; }

FateOptions options_of(const std::string& starts, Index most_later, std::uint64_t seed, bool with_model) {
  static const std::array<std::string, 3> kNames = {"both", "stay", "model"};
  const auto found = std::find(kNames.begin(), kNames.end(), starts);
  if (found == kNames.end()) {
    throw Error(ErrorCode::usage, "starts is '" + starts + "', but must be 'both', 'stay' or 'model'");
  }
  if (most_later < 2) throw Error(ErrorCode::usage, "later_cells must be a whole number of 2 or more");
  FateOptions options;
  options.starts = static_cast<FateStarts>(found - kNames.begin());
  if (!with_model && options.starts != FateStarts::stay) {
    throw Error(ErrorCode::usage, "starts is '" + starts + "', but there is no model: expected 'stay'");
  }
  options.most_later = most_later;
  options.seed = seed;
  return options;
}

void check_labels(const Course& course, const LabelColumn& column) {
  if (static_cast<Index>(column.codes.size()) != course.cells())
    throw Error(ErrorCode::bad_input, "there must be a label for each cell");
}

KnownFates known_by_labels(const Course& course, const LabelColumn& column, const std::string& key,
                           const std::vector<std::string>& undecided) {
  check_labels(course, column);
  return fates_of_column(course.file, column, key, undecided);
}

KnownFates known_by_cells(const Course& course, const LabelColumn& column) {
  check_labels(course, column);
  if (column.labels.size() < 2)
    throw Error(ErrorCode::bad_input, "fates need at least two, but the cells have fewer");
  return {column.labels, labels_by_snapshot(course.file, column)};
}

/// Rows of the snapshots, (N, K), in the order of the AnnData.
Matrix<double> in_order(const Course& course, const std::vector<Matrix<double>>& of_snapshots) {
  Matrix<double> result(course.cells(), of_snapshots.front().cols());
  for (std::size_t s = 0; s < of_snapshots.size(); ++s)
    result(course.file.rows[s], Eigen::all) = of_snapshots[s];
  return result;
}

std::vector<std::int32_t> codes_of(const Course& course, const KnownFates& known) {
  std::vector<std::int32_t> codes(static_cast<std::size_t>(course.cells()), -1);
  for (std::size_t s = 0; s < known.of_cells.size(); ++s) {
    for (std::size_t i = 0; i < known.of_cells[s].size(); ++i)
      codes[static_cast<std::size_t>(course.file.rows[s][i])] = known.of_cells[s][i];
  }
  return codes;
}

/// The fates of the cells of a course.
struct CellFates {
  KnownFates given;
  FateOptions options;
  Fates fates;
};

CellFates fates_of_course(const Course& course, const KnownFates& known, const std::string& starts,
                          Index most_later, std::uint64_t seed, const ModelFile* model, int threads) {
  const FateOptions options = options_of(starts, most_later, seed, model != nullptr);
  Fates fates = result_with(threads, [&](Executor& executor) {
    return fates_of(course.file.data, known, options, moved_by(model), executor);
  });
  return {known, options, std::move(fates)};
}

auto commitments(const CellFates& self, const Course& course) {
  std::vector<Matrix<double>> of_snapshots;
  for (const Matrix<double>& p : self.fates.probabilities)
    of_snapshots.emplace_back(commitment(p, self.fates.base_rates));
  return array_of(in_order(course, of_snapshots));
}

std::vector<std::string> words(const CellFates& self) {
  std::vector<std::string> result;
  for (const double known : self.fates.known) result.push_back(known_in_words(known));
  return result;
}

/// Of each gene of a snapshot's cells: (gene, change, p, control), (F) each.
nb::list changes(const CellFates& self, const Course& course, std::size_t snapshot, const Whole& genes,
                 double times, double plus, Index controls, const ModelFile* model, int threads) {
  const FateChangeQuestion question{snapshot, indices_of(genes), times, plus, controls};
  const std::vector<FateChange> answer = result_with(threads, [&](Executor& executor) {
    return fate_changes(course.file.data, self.given, self.fates, question, self.options, moved_by(model),
                        executor);
  });
  nb::list result;
  for (const FateChange& of : answer) {
    std::vector<std::string> verdicts;
    for (Index f = 0; f < of.change.size(); ++f) verdicts.emplace_back(of.verdict(f));
    result.append(
        nb::make_tuple(of.gene, array_of(of.change), array_of(of.p), array_of(of.control), verdicts));
  }
  return result;
}

/// Of each snapshot but the last (C, C), and of each snapshot the measured shares (C) of labels.
nb::tuple flows_of_course(const Course& course, const LabelColumn& column, const std::string& starts,
                          Index most_later, std::uint64_t seed, const ModelFile* model, int threads) {
  check_labels(course, column);
  const FateOptions options = options_of(starts, most_later, seed, model != nullptr);
  const std::vector<std::vector<int>> labels = labels_by_snapshot(course.file, column);
  const auto count = std::ssize(column.labels);
  const std::vector<Matrix<double>> flows = result_with(threads, [&](Executor& executor) {
    return label_flows(course.file.data, labels, count, options, moved_by(model), executor);
  });
  nb::list of_steps, shares;
  for (const Matrix<double>& flow : flows) of_steps.append(array_of(flow));
  for (const std::vector<int>& of_cells : labels) shares.append(array_of(label_shares(of_cells, count)));
  return nb::make_tuple(of_steps, shares);
}

void require_same_cells(const FloatRows& expression, const DoubleRows& probabilities) {
  if (expression.shape(0) != probabilities.shape(0))
    throw Error(ErrorCode::bad_input, "expression and probabilities must be of the same cells");
}

/// (F, G), for drivers().
auto at_end(const FloatRows& expression, const DoubleRows& probabilities, int threads) {
  require_same_cells(expression, probabilities);
  const auto x = rows_of(expression);
  const Matrix<double> p = matrix_of(probabilities);
  return array_of(
      result_with(threads, [&](Executor& executor) { return differences_at_end(x, p, executor); }));
}

/// Of each fate a dict of columns (G), and `order`, the genes as ranked_drivers() has them.
nb::list drivers(const FloatRows& expression, const DoubleRows& probabilities, const DoubleRows& at_end,
                 Index permutations, std::uint64_t seed, int threads) {
  require_same_cells(expression, probabilities);
  if (at_end.shape(0) != probabilities.shape(1) || at_end.shape(1) != expression.shape(1))
    throw Error(ErrorCode::bad_input,
                "the differences at the end must have a row a fate and a column a gene");
  if (permutations < 1) throw Error(ErrorCode::usage, "permutations must be a whole number of 1 or more");
  const auto x = rows_of(expression);
  const Matrix<double> p = matrix_of(probabilities), later = matrix_of(at_end);
  const std::vector<FateDrivers> answer = result_with(threads, [&](Executor& executor) {
    return fate_drivers(x, p, {permutations, seed}, executor);
  });
  nb::list result;
  for (std::size_t f = 0; f < answer.size(); ++f) {
    const FateDrivers& of = answer[f];
    const Vector<double> of_end = later.row(static_cast<Index>(f));
    const std::vector<Index> order = ranked_drivers(of.difference, of_end);
    nb::dict columns;
    columns["order"] = array_of(std::vector<std::int64_t>(order.begin(), order.end()));
    columns["difference"] = array_of(of.difference);
    columns["error"] = array_of(of.error);
    columns["effect"] = array_of(of.effect);
    columns["p"] = array_of(of.p);
    columns["q"] = array_of(of.q);
    columns["at_end"] = array_of(of_end);
    result.append(columns);
  }
  return result;
}

/// Mean and standard error, (F, G) each.
nb::tuple means(const FloatRows& expression, const DoubleRows& reached) {
  require_same_cells(expression, reached);
  Trend trend = fate_means(rows_of(expression), matrix_of(reached));
  return nb::make_tuple(array_of(std::move(trend.mean)), array_of(std::move(trend.error)));
}

auto interpolated(const std::vector<double>& measured, const DoubleRows& values,
                  const std::vector<double>& times) {
  if (measured.size() != values.shape(0) || measured.size() < 2)
    throw Error(ErrorCode::bad_input, "there must be a row of values for each of two times or more");
  return array_of(between_times(measured, matrix_of(values), times));
}

}  // namespace

void bind_fates(nb::module_& module) {
  nb::class_<KnownFates>(module, "KnownFates")
      .def_static("by_labels", &known_by_labels)
      .def_static("by_cells", &known_by_cells)
      .def_ro("names", &KnownFates::names)
      .def("codes",
           [](const KnownFates& self, const Course& course) { return array_of(codes_of(course, self)); });
  nb::class_<CellFates>(module, "Fates")
      .def_static("of", &fates_of_course, "course"_a, "known"_a, "starts"_a, "most_later"_a, "seed"_a,
                  "model"_a.none(), "threads"_a)
      .def("reached", [](const CellFates& self,
                         const Course& course) { return array_of(in_order(course, self.fates.reached)); })
      .def("probabilities",
           [](const CellFates& self, const Course& course) {
             return array_of(in_order(course, self.fates.probabilities));
           })
      .def("commitment", &commitments)
      .def("changes", &changes, "course"_a, "snapshot"_a, "genes"_a, "times"_a, "plus"_a, "controls"_a,
           "model"_a.none(), "threads"_a)
      .def_prop_ro(
          "base_rates", [](const CellFates& self) { return array_of(self.fates.base_rates); },
          nb::rv_policy::move)
      .def_prop_ro("known", [](const CellFates& self) { return self.fates.known; })
      .def_prop_ro("words", &words);
  module.def("label_flows", &flows_of_course, "course"_a, "labels"_a, "starts"_a, "most_later"_a, "seed"_a,
             "model"_a.none(), "threads"_a);
  module.def("given_decided", [](const DoubleRows& reached, const Doubles& base_rates) {
    if (reached.shape(1) != base_rates.shape(0))
      throw Error(ErrorCode::bad_input, "there must be a base rate for each fate");
    return array_of(
        given_decided(matrix_of(reached), vector_of<double>(base_rates), FateOptions{}.smoothing));
  });
  module.def("differences_at_end", &at_end);
  module.def("fate_drivers", &drivers);
  module.def("fate_means", &means);
  module.def("between_times", &interpolated);
  module.def("category_color", &category_color, "index"_a);
  module.attr("FATE_DIMS") = kFateDims;
  module.attr("USUAL_LATER_CELLS") = FateOptions{}.most_later;
  module.attr("KNOWN_FOR_DRIVERS") = kKnownForDrivers;
  module.attr("LEAST_CELLS_FOR_DRIVERS") = kLeastCellsForDrivers;
}

}  // namespace cellmnn::python
