#include "cellmnn/suite.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <numeric>
#include <utility>

#include "cellmnn/composition.hpp"
#include "cellmnn/error.hpp"
#include "evaluation/method_predictions.hpp"

namespace cellmnn {
namespace {

void measure_into(Score& score, const Prediction& prediction, const PredictionTask& task,
                  Executor& executor) {
  score.metrics = measure(prediction.cloud, prediction.target, score.seed, executor);
  score.composition = composition_of(prediction.cloud, task, executor);
  const Composition measured =
      composition_of(task.held_out, std::ssize(task.training.type_names), prediction.target_rows);
  if (score.composition.shares.size() > 0 && measured.shares.size() > 0)
    score.metrics.proportions = total_variation(score.composition.shares, measured.shares);
  const GeneSpace& genes = task.training.gene_space;
  if (genes.loadings.size() > 0)
    score.metrics.gene_means = gene_mean_error(genes, score.composition.mean, measured.mean);
}

}  // namespace

std::vector<std::string> default_methods() {
  return {"previous",          "next",   "mixture", "ot-interpolate",
          "ot-interpolate-w2", "linear", "cellmnn", kNoiseFloor};
}

std::vector<Index> inner_snapshots(const TimeCourse& data, Index ahead) {
  const auto times = static_cast<Index>(data.snapshots.size());
  if (times < ahead + 2) {
    throw Error(ErrorCode::bad_input, "the data have only " + std::to_string(times) +
                                          " times: there is none with " + std::to_string(ahead) +
                                          " before and one after it to hold out");
  }
  std::vector<Index> indices(static_cast<std::size_t>(times - ahead - 1));
  std::iota(indices.begin(), indices.end(), ahead);
  return indices;
}

Suite::Suite(const TimeCourse& data, const SuiteRequest& request) : data_(data), request_(request) {
  for (const Index hold_out : request.hold_outs) list_runs(hold_out);
}

bool Suite::asked_for(const Method& method) const {
  return std::find(request_.methods.begin(), request_.methods.end(), method.name) != request_.methods.end();
}

bool Suite::is_member(const Method& method) const {
  const std::vector<Method>& all = all_methods();
  return std::any_of(all.begin(), all.end(),
                     [&](const Method& pool) { return pool.members == method.name && asked_for(pool); });
}

void Suite::list_runs(Index hold_out) {
  const PredictionTask task = prediction_task(data_, hold_out, request_.ahead);
  without_scores_.held_out_cells[task.held_out.time] = task.held_out.cells.rows();
  for (const Method& method : all_methods()) {
    if (!asked_for(method) && !is_member(method)) continue;
    const std::string obstacle = method.obstacle(task);
    if (!obstacle.empty()) {
      if (asked_for(method))
        without_scores_.not_applicable.push_back({method.name, task.held_out.time, obstacle});
      continue;
    }
    Score score;
    score.method = method.name + request_.label;
    score.protocol = method.protocol(request_.options);
    score.hold_out = task.held_out.time;
    for (const std::uint64_t seed : method.seeds(task, request_.seeds)) {
      score.seed = seed;
      (method.pools() ? pools_ : runs_).push_back({&method, hold_out, score, {}});
    }
  }
}

Index Suite::work(const SuiteRun& run) const {
  return 1 + (run.method->trained() ? run.method->steps(request_.options) : 0);
}

/// Where two unfinished runs that were chosen share a training, it is done once.
void Suite::find_parts() {
  for (SuiteRun& run : runs_) {
    if (run.finished || !run.chosen || run.method->part == nullptr) continue;
    const std::string name =
        run.method->part(prediction_task(data_, run.hold_out, request_.ahead), request_.options);
    const auto part = std::find_if(runs_.begin(), runs_.end(), [&](const SuiteRun& other) {
      return !other.finished && other.chosen && other.method->name == name &&
             other.hold_out == run.hold_out && other.score.seed == run.score.seed;
    });
    run.part = part == runs_.end() ? nullptr : &*part;
    if (run.part != nullptr) run.part->is_on_way = true;
  }
}

std::vector<SuiteRun*> Suite::pending() {
  find_parts();
  std::vector<SuiteRun*> pending;
  for (SuiteRun& run : runs_) {
    if (!run.finished && run.chosen && !run.is_on_way) pending.push_back(&run);
  }
  std::stable_sort(pending.begin(), pending.end(),
                   [this](const SuiteRun* a, const SuiteRun* b) { return work(*a) > work(*b); });
  return pending;
}

void Suite::spread(const std::vector<SuiteRun*>& pending, Executor& executor,
                   const std::function<void(SuiteRun&)>& body) const {
  const auto longest = std::count_if(pending.begin(), pending.end(), [&](const SuiteRun* run) {
    return work(*run) == work(*pending.front());
  });
  const std::ptrdiff_t alone = longest % executor.threads() == 1 ? 1 : 0;
  executor.run(alone, [&](std::ptrdiff_t i) { body(*pending[static_cast<std::size_t>(i)]); });
  executor.run(std::ssize(pending) - alone,
               [&](std::ptrdiff_t i) { body(*pending[static_cast<std::size_t>(alone + i)]); });
}

void Suite::finish(SuiteRun& run, Executor& executor, const TrainingProgress& progress,
                   const FinishedRun& finished) const {
  using Clock = std::chrono::steady_clock;
  const PredictionTask task = prediction_task(data_, run.hold_out, request_.ahead);
  const Clock::time_point begin = Clock::now();
  Clock::duration aside{};  // for the score of the part
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - begin - aside).count(); };
  const std::function<void(Prediction)> take_part = [&](Prediction prediction) {
    const Clock::time_point before = Clock::now();
    score(*run.part, task, std::move(prediction), seconds(), executor);
    finished(*run.part);
    aside = Clock::now() - before;
  };
  Prediction prediction = run.method->predict({task, request_.options, run.score.seed, executor, progress,
                                               run.part == nullptr ? nullptr : &take_part});
  score(run, task, std::move(prediction), seconds(), executor);
  finished(run);
}

void Suite::score(SuiteRun& run, const PredictionTask& task, Prediction prediction, double seconds,
                  Executor& executor) const {
  run.score.seconds = seconds;
  measure_into(run.score, prediction, task, executor);
  if (is_member(*run.method)) run.cloud = std::move(prediction.cloud);
  run.finished = true;
}

void Suite::finish_pool(SuiteRun& pool, Executor& executor) const {
  std::vector<PointCloud> members;
  for (const SuiteRun& run : runs_) {
    if (run.method->name != pool.method->members || run.hold_out != pool.hold_out) continue;
    members.push_back(run.cloud);
    pool.score.seconds += run.score.seconds;
  }
  const PredictionTask task = prediction_task(data_, pool.hold_out, request_.ahead);
  measure_into(pool.score, against_all(pooled(members, pool.score.seed), task), task, executor);
  pool.finished = true;
}

SuiteResult Suite::result() const {
  SuiteResult result = without_scores_;
  for (const Method& method : all_methods()) {
    if (!asked_for(method)) continue;
    for (const SuiteRun& run : method.pools() ? pools_ : runs_) {
      if (run.method == &method) result.scores.push_back(run.score);
    }
  }
  return result;
}

}  // namespace cellmnn
