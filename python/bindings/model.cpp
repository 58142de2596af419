#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "cellmnn/data_match.hpp"
#include "cellmnn/error.hpp"
#include "native/commands/input/data_match.hpp"
#include "native/io/models/known_data.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/models/options_json.hpp"
#include "native/io/models/tensor_file.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/course.hpp"
#include "python/bindings/job.hpp"

namespace cellmnn::python {
namespace {

using namespace nb::literals;

/// Throws bad_input for cells (N, D) and times (N) that do not fit the model.
void check_cells(const ModelFile& file, const FloatRows& cells, const Doubles& t) {
  const auto dims = static_cast<Index>(cells.shape(1));
  if (dims != file.model.config.dims) {
    throw Error(ErrorCode::bad_input, "the cells have " + std::to_string(dims) +
                                          " dimensions, but the model has " +
                                          std::to_string(file.model.config.dims));
  }
  if (cells.shape(0) != t.shape(0)) {
    throw Error(ErrorCode::bad_input, "there are " + std::to_string(cells.shape(0)) + " cells, but " +
                                          std::to_string(t.shape(0)) + " times of cells");
  }
  if (!rows_of(cells).allFinite())
    throw Error(ErrorCode::bad_input, "the cells hold values that are not finite");
  if (!vector_of<double>(t).allFinite())
    throw Error(ErrorCode::bad_input, "the times hold values that are not finite");
}

/// Positions (T, N, D), and weights (T, N) of a model with mass, or (0, 0).
nb::tuple paths(const ModelFile& file, const FloatRows& cells, const Doubles& t,
                const std::vector<double>& times, bool far_as_nan, int threads, const nb::object& progress) {
  check_cells(file, cells, t);
  for (const double time : times) {
    if (!std::isfinite(time)) throw Error(ErrorCode::bad_input, "times", " holds a value that is not finite");
  }
  const auto own = vector_of<double>(t);
  const auto x = rows_of(cells);
  Paths result = result_of_job(threads, progress, [&](Job& job) {
    return file.model.paths(x, own, times, job.executor, far_as_nan ? FarAway::nan : FarAway::refuse);
  });
  return nb::make_tuple(array_of(std::move(result.positions)), array_of(std::move(result.weights)));
}

/// A function of cells and their times.
template <typename Result>
auto of_cells(Result (CellMnn::*function)(const MatrixView<float>&, const VectorView<double>&, Executor&)
                  const) {
  return [function](const ModelFile& file, const FloatRows& cells, const Doubles& t, int threads) {
    check_cells(file, cells, t);
    const auto own = vector_of<double>(t);
    const auto x = rows_of(cells);
    return array_of(
        result_with(threads, [&](Executor& executor) { return (file.model.*function)(x, own, executor); }));
  };
}

nb::dict keys_of(const ModelFile& file) {
  const KnownFile known = known_data(file.provenance);
  nb::dict keys;
  keys["time_key"] = known.time_key;
  keys["use_rep"] = known.embedding_key;
  keys["time_unit"] = known.time_unit;
  nb::dict labels;
  for (const auto& [label, time] : known.labels) labels[label.c_str()] = time;
  keys["time_labels"] = labels;
  return keys;
}

/// The difference to the data of training, a doubt about the coordinates; each may be None.
auto differences(const ModelFile& file, const Course& course) {
  const Index dims = file.model.config.dims;
  const auto of = [&](const DataFile& data) {
    const CellSummary cells(file.model.latent, data.data);
    return std::pair(file_difference(file.model, known_data(file.provenance), data, cells),
                     coordinates_far_outside(cells));
  };
  if (course.file.data.dims() <= dims) return of(course.file);
  DataFile of_model = course.file;
  of_model.data = first_dims(of_model.data, dims);
  return of(of_model);
}

nb::bytes bytes_of(const ModelFile& file) {
  const std::string bytes = model_bytes(file);
  return nb::bytes(bytes.data(), bytes.size());
}

}  // namespace

void bind_model(nb::module_& module) {
  nb::class_<ModelFile>(module, "ModelFile")
      .def_static("parse",
                  [](const nb::bytes& bytes, const std::string& name) {
                    return parse_model({static_cast<const char*>(bytes.data()), bytes.size()}, name);
                  })
      .def_static("read", &read_model, nb::call_guard<nb::gil_scoped_release>())
      .def("write", [](const ModelFile& file, const std::string& path) { write_model(path, file); })
      .def("to_bytes", &bytes_of)
      .def("paths", &paths, "cells"_a, "t"_a, "times"_a, "far_as_nan"_a, "threads"_a, "progress"_a.none())
      .def("growth", of_cells(&CellMnn::growth))
      .def("velocity", of_cells(&CellMnn::velocity))
      .def("operators", of_cells(&CellMnn::operators))
      .def("eigenvalues", of_cells(&CellMnn::eigenvalues))
      .def("differences", &differences)
      .def_prop_ro("dims", [](const ModelFile& file) { return file.model.config.dims; })
      .def_prop_ro("config", [](const ModelFile& file) { return metadata_text(to_json(file.model.config)); })
      .def_prop_ro("provenance", [](const ModelFile& file) { return metadata_text(file.provenance); })
      .def_prop_ro("keys", &keys_of)
      .def_prop_ro("mass", [](const ModelFile& file) { return file.model.config.mass; })
      .def_prop_ro("knows_growth", [](const ModelFile& file) { return file.model.knows_growth(); })
      .def_prop_ro("two_sided", [](const ModelFile& file) { return file.reversed.has_value(); })
      .def_prop_ro("training_times", [](const ModelFile& file) { return file.model.training_times; })
      .def_prop_ro("genes", [](const ModelFile& file) { return file.model.gene_space.genes; })
      .def_prop_ro(
          "loadings", [](const ModelFile& file) { return array_of(file.model.gene_space.loadings); },
          nb::rv_policy::move)
      .def_prop_ro(
          "gene_mean", [](const ModelFile& file) { return array_of(file.model.gene_space.mean); },
          nb::rv_policy::move)
      .def_prop_ro(
          "latent_mean", [](const ModelFile& file) { return array_of(file.model.latent.mean); },
          nb::rv_policy::move)
      .def_prop_ro(
          "latent_std", [](const ModelFile& file) { return array_of(file.model.latent.std); },
          nb::rv_policy::move);
}

}  // namespace cellmnn::python
