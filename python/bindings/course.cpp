#include "python/bindings/course.hpp"

#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "cellmnn/error.hpp"
#include "cellmnn/interactions.hpp"
#include "native/commands/input/typed_cells.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/gene_names.hpp"
#include "native/io/h5ad/label_column.hpp"
#include "native/io/time_courses/data_formats.hpp"
#include "native/io/time_courses/time_column.hpp"
#include "python/bindings/arrays.hpp"

namespace cellmnn::python {
namespace {

using namespace nb::literals;

LabelColumn number_labels(const Doubles& values) {
  return label_column(std::vector<double>(values.data(), values.data() + values.shape(0)));
}

/// Of categories that are numbers, `numbers` are these.
LabelColumn category_labels(std::vector<std::string> labels, std::vector<double> numbers, const Codes& codes,
                            bool ordered) {
  if (!numbers.empty()) {
    labels.clear();
    for (const double number : numbers) labels.push_back(number_text(number));
  }
  LabelColumn column{std::move(labels), std::move(numbers), {}, ordered};
  const auto count = static_cast<std::int32_t>(column.labels.size());
  for (std::size_t i = 0; i < codes.shape(0); ++i) {
    const std::int32_t code = codes.data()[i];
    if (code < -1 || code >= count) throw Error(ErrorCode::bad_input, "a code is out of range");
    column.codes.push_back(code);
  }
  return column;
}

struct TimeQuestion {
  std::optional<std::string> key;
  std::map<std::string, double> map;
  std::string unit;
  std::string usual_key, usual_unit;
  std::map<std::string, double> usual_times;
};

/// Finds the column of times among `names`, of which read(name) gives the labels, and sorts the cells by it.
Course course_of(const std::vector<std::string>& names,
                 const std::function<LabelColumn(const std::string&)>& read, const TimeQuestion& question) {
  DataOptions options;
  options.time_key = question.key;
  options.time_map = question.map;
  options.time_unit = question.unit;
  options.usual_time_key = question.usual_key;
  options.usual_time_unit = question.usual_unit;
  options.usual_times = question.usual_times;
  Course course;
  course.file.path = "adata";
  course.file.format = "adata";
  const auto column = [&](const std::string& name) { return without_missing_texts(read(name)); };
  const TimeColumn time = find_time_column({"adata", "obs column", names, column}, options);
  sort_into_snapshots(time, column(time.key), course.file);
  return course;
}

void set_cells(Course& course, const std::string& key, const FloatTable& cells, Index available) {
  DataFile& file = course.file;
  if (static_cast<Index>(cells.shape(0)) != course.cells()) {
    throw Error(ErrorCode::bad_input, "'" + key + "' has " + std::to_string(cells.shape(0)) +
                                          " rows, but there are " + std::to_string(course.cells()) +
                                          " cells");
  }
  const auto dims = static_cast<Index>(cells.shape(1));
  file.embedding_key = key;
  file.available_dims = available;
  const std::vector<float*> targets = row_targets(file, &Snapshot::cells, dims);
  const auto view = cells.view();
  for (std::size_t row = 0; row < targets.size(); ++row) {
    for (Index d = 0; d < dims; ++d) targets[row][d] = view(row, static_cast<std::size_t>(d));
  }
}

std::vector<std::pair<std::string, std::pair<double, Index>>> labels_of(const Course& course) {
  std::vector<std::pair<std::string, std::pair<double, Index>>> labels;
  for (const TimeLabel& label : course.file.times) labels.push_back({label.label, {label.time, label.cells}});
  return labels;
}

/// Cells (N, D) and their times (N), one snapshot after the other.
nb::tuple by_snapshot(const Course& course) {
  const TimeCourse& data = course.file.data;
  Matrix<float> cells(data.cells(), data.dims());
  Vector<double> times(data.cells());
  Index row = 0;
  for (const Snapshot& snapshot : data.snapshots) {
    const Index count = snapshot.cells.rows();
    cells.middleRows(row, count) = snapshot.cells;
    times.segment(row, count).setConstant(snapshot.time);
    row += count;
  }
  return nb::make_tuple(array_of(std::move(cells)), array_of(std::move(times)));
}

std::vector<double> snapshot_times(const Course& course) {
  std::vector<double> times;
  for (const Snapshot& snapshot : course.file.data.snapshots) times.push_back(snapshot.time);
  return times;
}

}  // namespace

Index Course::cells() const {
  Index count = 0;
  for (const std::vector<Index>& rows : file.rows) count += static_cast<Index>(rows.size());
  return count;
}

Vector<double> Course::times() const {
  Vector<double> times(cells());
  for (std::size_t k = 0; k < file.rows.size(); ++k) {
    for (const Index row : file.rows[k]) times(row) = file.data.snapshots[k].time;
  }
  return times;
}

void bind_course(nb::module_& module) {
  nb::class_<LabelColumn>(module, "LabelColumn")
      .def_ro("labels", &LabelColumn::labels)
      .def_static("of_numbers", &number_labels)
      .def_static("of_texts",
                  nb::overload_cast<const std::vector<std::string>&, const std::vector<bool>&>(&label_column))
      .def_static("of_categories", &category_labels);

  nb::class_<TimeQuestion>(module, "TimeQuestion")
      .def(nb::init<>())
      .def_rw("key", &TimeQuestion::key, nb::arg().none())
      .def_rw("map", &TimeQuestion::map)
      .def_rw("unit", &TimeQuestion::unit)
      .def_rw("usual_key", &TimeQuestion::usual_key)
      .def_rw("usual_unit", &TimeQuestion::usual_unit)
      .def_rw("usual_times", &TimeQuestion::usual_times);

  nb::class_<Course>(module, "Course")
      .def_static(
          "of",
          [](const std::vector<std::string>& names, const nb::callable& read, const TimeQuestion& question) {
            return course_of(
                names, [&](const std::string& name) { return nb::cast<LabelColumn>(read(name)); }, question);
          })
      .def("set_cells", &set_cells)
      .def("set_genes", &set_genes, "genes"_a, "loadings"_a, "stored_mean"_a.none(), "candidates"_a,
           "compute"_a)
      .def("set_types", [](Course& course, const LabelColumn& column,
                           const std::string& key) { set_types(course.file, column, key); })
      .def_prop_ro("no_gene_means", [](const Course& course) { return course.file.gene_sources.no_means; })
      .def("validate", [](const Course& course) { validate(course.file.data); })
      .def("validate_for_training", [](const Course& course) { validate_for_training(course.file.data); })
      .def("snapshot_at",
           [](const Course& course, double time) { return snapshot_at(course.file.data, time); })
      .def_prop_ro("dims", [](const Course& course) { return course.file.data.dims(); })
      .def_prop_ro(
          "times", [](const Course& course) { return array_of(course.times()); }, nb::rv_policy::move)
      .def_prop_ro("by_snapshot", &by_snapshot)
      .def_prop_ro("snapshot_times", &snapshot_times)
      .def_prop_ro("labels", &labels_of)
      .def_prop_ro("genes", [](const Course& course) { return course.file.data.gene_space.genes; })
      .def_prop_ro("modelled_genes",
                   [](const Course& course) { return modelled_genes(course.file.data.gene_space); })
      .def("modelled_gene",
           [](const Course& course, const std::string& name) {
             return modelled_gene(course.file.data.gene_space, name);
           })
      .def_prop_ro("time_key", [](const Course& course) { return course.file.time_key; })
      .def_prop_ro("time_unit", [](const Course& course) { return course.file.time_unit; })
      .def_prop_ro("embedding_key", [](const Course& course) { return course.file.embedding_key; })
      .def_prop_ro("warnings", [](const Course& course) { return course.file.warnings; });

  nb::class_<GeneList>(module, "GeneList")
      .def(nb::init<std::vector<std::string>, std::vector<std::string>, std::string>())
      .def_ro("names", &GeneList::names);
  module.def("are_gene_ids", &are_gene_ids);
  module.def("usual_symbol_column", &usual_symbol_column);
  module.def("names_by_symbol", &names_by_symbol);
  module.def("is_time_name", &is_time_name);
  module.attr("EMBEDDING_NAMES") =
      std::vector<std::string>(std::begin(kEmbeddingNames), std::end(kEmbeddingNames));
}

}  // namespace cellmnn::python
