#include "wasm/conversions.hpp"

#include <string>

#include "cellmnn/error.hpp"

namespace cellmnn::boundary {

using emscripten::val;

namespace {

val from_snapshot(const Snapshot& snapshot) {
  val result = val::object();
  result.set("time", snapshot.time);
  result.set("cells", from_matrix(snapshot.cells));
  if (!snapshot.label.empty()) result.set("label", snapshot.label);
  if (snapshot.expression.size() > 0) result.set("expression", from_matrix(snapshot.expression));
  return result;
}

}  // namespace

GeneSpace to_gene_space(const val& genes) {
  if (genes.isUndefined()) return {};
  GeneSpace space{emscripten::vecFromJSArray<std::string>(genes["names"]),
                  to_matrix<float>(genes["loadings"], "loadings"),
                  {}};
  const auto count = static_cast<Index>(space.genes.size());
  if (space.loadings.rows() != count) {
    throw Error(ErrorCode::bad_input, "there are " + std::to_string(count) + " names of genes but " +
                                          std::to_string(space.loadings.rows()) + " rows of loadings");
  }
  if (!genes["mean"].isUndefined()) {
    space.mean.resize(count);
    copy_values(genes["mean"], space.mean.data(), count, "the mean of the genes");
  }
  return space;
}

val from_gene_space(const GeneSpace& space) {
  if (space.empty()) return val::undefined();
  val genes = val::object();
  genes.set("names", val::array(space.genes));
  genes.set("loadings", from_matrix(space.loadings));
  if (space.mean.size() > 0) genes.set("mean", from_vector(space.mean));
  return genes;
}

TimeCourse to_time_course(const val& data) {
  TimeCourse course;
  const val snapshots = data["snapshots"];
  const auto count = snapshots["length"].as<unsigned>();
  for (unsigned k = 0; k < count; ++k) {
    const val snapshot = snapshots[k];
    const val label = snapshot["label"];
    course.snapshots.push_back({snapshot["time"].as<double>(),
                                label.isUndefined() ? "" : label.as<std::string>(),
                                to_matrix<float>(snapshot["cells"], "a snapshot"),
                                {}});
  }
  course.gene_space = to_gene_space(data["genes"]);
  validate(course);
  if (!course.gene_space.empty() && course.gene_space.loadings.cols() != course.dims()) {
    throw Error(ErrorCode::bad_input, "the loadings have " +
                                          std::to_string(course.gene_space.loadings.cols()) +
                                          " columns, the cells " + std::to_string(course.dims()));
  }
  return course;
}

val from_time_course(const TimeCourse& course) {
  val result = val::object();
  result.set("snapshots", list_of(course.snapshots, from_snapshot));
  if (!course.gene_space.empty()) result.set("genes", from_gene_space(course.gene_space));
  return result;
}

}  // namespace cellmnn::boundary
