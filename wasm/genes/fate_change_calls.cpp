#include <string>
#include <utility>
#include <vector>

#include "cellmnn/changed_fates.hpp"
#include "cellmnn/error.hpp"
#include "wasm/conversions.hpp"
#include "wasm/genes/chains.hpp"
#include "wasm/genes/genes_calls.hpp"

namespace cellmnn::genes_calls {

using boundary::from_vector;

val fate_change(val data, val known, val found, val asked, val changed, val moved, val bandwidth,
                val smoothing) {
  const TimeCourse course = boundary::to_time_course(data);
  const auto snapshot = static_cast<std::size_t>(asked["snapshot"].as<double>());
  const FateChangeQuestion question{snapshot,
                                    {modelled_gene(course.gene_space, asked["gene"].as<std::string>())},
                                    asked["factor"].as<double>(),
                                    asked["plus"].as<double>()};
  const Fates fates = boundary::to_fates(found, course.snapshots.size());
  for (std::size_t s = 0; s < course.snapshots.size(); ++s) {
    if (fates.reached[s].rows() != course.snapshots[s].cells.rows())
      throw Error(ErrorCode::bad_input, "the fates are of other cells than those of the data");
  }
  const Matrix<float>& cells = course.snapshots[snapshot].cells;
  std::vector<Matrix<float>> places;
  std::vector<boundary::MovedCells> others;
  for (unsigned k = 0; k < changed["length"].as<unsigned>(); ++k) {
    const std::string name = "changed[" + std::to_string(k) + "]";
    places.push_back(boundary::to_cells(changed[k]["cells"], cells, name + ".cells"));
    if (!moved.isUndefined())
      others.push_back({places.back(), boundary::to_cells(changed[k]["moved"], cells, name + ".moved")});
  }
  const FateChange of =
      cellmnn::fate_change(course, boundary::to_known_fates(course, known), fates, question, places,
                           boundary::to_fate_options(bandwidth, smoothing),
                           boundary::to_mover(course, moved, std::move(others)), boundary::serial);
  val result = val::object();
  result.set("fraction", from_vector(Vector<double>(fates.probabilities[snapshot].colwise().mean())));
  result.set("change", from_vector(of.change));
  result.set("p", from_vector(of.p));
  result.set("control", from_vector(of.control));
  val verdicts = val::array();
  for (Index f = 0; f < of.change.size(); ++f) verdicts.call<void>("push", std::string(of.verdict(f)));
  result.set("verdict", verdicts);
  return result;
}

}  // namespace cellmnn::genes_calls
