#include "cellmnn/evaluation.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <utility>
#include <vector>

#include "cellmnn/comparison.hpp"
#include "cellmnn/suite.hpp"
#include "native/commands/scores/score_json.hpp"
#include "native/io/models/model_file.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/course.hpp"
#include "python/bindings/job.hpp"
#include "python/bindings/options.hpp"

namespace cellmnn::python {
namespace {

namespace nb = nanobind;
using namespace nb::literals;

nb::dict dict_of(const Score& score) {
  nb::dict row;
  for_fields(score, [&](const char* name, const auto& value) { row[name] = value; });
  return row;
}

nb::dict dict_of(const Comparison& comparison) {
  nb::dict row;
  row["method"] = comparison.method;
  row["protocol"] = comparison.protocol;
  row["against"] = comparison.against;
  for_comparison_fields(comparison, [&](const char* name, const auto& value) { row[name] = value; });
  return row;
}

SuiteResult run(Suite& suite, Job& job) {
  const std::vector<SuiteRun*> pending = suite.pending();
  Index total = std::ssize(suite.pools());
  for (const SuiteRun* run : pending) total += suite.work(*run);
  job.total = total;
  suite.spread(pending, job.executor, [&](SuiteRun& run) {
    Index shown = 0;
    const auto show = [&](Index done, Index /*steps*/) {
      job.done += done - std::exchange(shown, done);
      return !job.stopped;
    };
    suite.finish(run, job.executor, show, [](const SuiteRun& /*finished*/) {});
    show(suite.work(run), 0);
  });
  job.executor.run(std::ssize(suite.pools()), [&](std::ptrdiff_t i) {
    suite.finish_pool(suite.pools()[static_cast<std::size_t>(i)], job.executor);
    ++job.done;
  });
  return suite.result();
}

/// Scores as a list of dicts, a list of (method, hold-out, reason) that have none, and the comparisons with
/// interpolation as a list of dicts.
nb::tuple evaluate(const Course& course, const std::vector<Index>& hold_outs, Index ahead,
                   const std::vector<std::uint64_t>& seeds, const std::vector<std::string>& methods,
                   const std::string& options, bool mass_by_cells, std::optional<Index> two_sided_steps,
                   bool paper_protocol, std::optional<Index> flow_steps, int threads,
                   const nb::object& progress) {
  SuiteRequest request;
  request.hold_outs = hold_outs;
  request.ahead = ahead;
  request.seeds = seeds;
  request.methods = methods;
  for (const std::string& method : methods) method_named(method);
  request.options.training = train_options_of(options, course.file.data.dims());
  request.options.mass_by_cells = mass_by_cells;
  request.options.two_sided_steps = two_sided_steps;
  if (paper_protocol) request.options.protocol = Protocol::paper;
  if (flow_steps) request.options.flow_matching.steps = *flow_steps;
  const SuiteResult result = result_of_job(threads, progress, [&](Job& job) {
    Suite suite(course.file.data, request);
    return run(suite, job);
  });
  nb::list scores, missing, comparisons;
  for (const Score& score : result.scores) scores.append(dict_of(score));
  for (const NotApplicable& each : result.not_applicable)
    missing.append(nb::make_tuple(each.method, each.hold_out, each.reason));
  for (const Comparison& each : comparisons_of(result)) comparisons.append(dict_of(each));
  return nb::make_tuple(scores, missing, comparisons);
}

nb::dict score(const ModelFile& file, const Course& course, Index target, int threads) {
  return dict_of(result_with(threads, [&](Executor& executor) {
    return score_model(course.file.data, target, file.model, executor);
  }));
}

std::vector<std::string> method_names() {
  std::vector<std::string> names;
  for (const Method& method : all_methods()) names.push_back(method.name);
  return names;
}

}  // namespace

void bind_evaluation(nb::module_& module) {
  module.def("evaluate", &evaluate, "course"_a, "hold_outs"_a, "ahead"_a, "seeds"_a, "methods"_a, "options"_a,
             "mass_by_cells"_a, "two_sided_steps"_a.none(), "paper_protocol"_a, "flow_steps"_a.none(),
             "threads"_a, "progress"_a.none());
  module.def("score_model", &score);
  module.def("inner_snapshots",
             [](const Course& course, Index ahead) { return inner_snapshots(course.file.data, ahead); });
  module.def("method_names", &method_names);
  module.def("default_methods", &default_methods);
}

}  // namespace cellmnn::python
