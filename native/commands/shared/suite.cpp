#include "native/commands/shared/suite.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>
#include <utility>

#include "cellmnn/error.hpp"
#include "native/commands/shared/score_json.hpp"
#include "native/io/models/model_file.hpp"
#include "native/runtime/interrupt.hpp"
#include "native/runtime/progress.hpp"
#include "native/runtime/report.hpp"
#include "native/runtime/vectors.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

struct Run {
  const Method* method;
  Index hold_out;
  Score score;
  PointCloud cloud;  // kept for a method that pools it
  bool finished = false;
};

ordered_json to_json(const PointCloud& cloud) {
  const auto values = cloud.points.reshaped<Eigen::RowMajor>();
  return {{"dims", cloud.points.cols()},
          {"points", std::vector<double>(values.begin(), values.end())},
          {"weights", std::vector<double>(cloud.weights.begin(), cloud.weights.end())}};
}

PointCloud cloud_from_json(const ordered_json& object) {
  try {
    const Index dims = std::max<Index>(1, object.at("dims").get<Index>());
    const auto values = object.at("points").get<std::vector<double>>();
    const auto weights = object.at("weights").get<std::vector<double>>();
    const Index count = static_cast<Index>(values.size()) / dims;
    if (!weights.empty() && static_cast<Index>(weights.size()) != count)
      throw Error(ErrorCode::bad_input, "a saved prediction is damaged: it has " +
                                            std::to_string(weights.size()) + " weights for " +
                                            std::to_string(count) + " points");
    return {Eigen::Map<const Matrix<double>>(values.data(), count, dims), to_vector(weights)};
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorCode::bad_input, std::string("a saved prediction is damaged: ") + error.what());
  }
}

class Suite {
 public:
  Suite(const TimeCourse& data, const SuiteRequest& request, Session& session, JournalFile* journal)
      : data_(data), request_(request), session_(session), journal_(journal) {
    for (const Index hold_out : request.hold_outs) list_runs(hold_out);
    if (journal != nullptr) take_from_journal();
  }

  SuiteResult run() {
    std::vector<Run*> pending;
    for (Run& run : runs_) {
      if (!run.finished) pending.push_back(&run);
    }
    // The longest first: the threads then end at about the same time.
    std::stable_sort(pending.begin(), pending.end(),
                     [this](const Run* a, const Run* b) { return work(*a) > work(*b); });
    const std::size_t total = runs_.size() + pools_.size();
    finished_ = runs_.size() - pending.size();
    try {
      run_all(pending, total);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::interrupted) throw;
      throw Error(ErrorCode::interrupted,
                  "interrupted after " + std::to_string(finished_) + " of " +
                      counted(static_cast<std::int64_t>(total), "run") +
                      (journal_ == nullptr ? ": with --journal FILE the finished ones would be kept"
                                           : ": the same command continues from " + journal_->path()));
    }
    return result();
  }

 private:
  bool asked_for(const Method& method) const {
    return std::find(request_.methods.begin(), request_.methods.end(), method.name) != request_.methods.end();
  }

  /// A method of which the predictions of all seeds are pooled.
  bool is_member(const Method& method) const {
    const std::vector<Method>& all = all_methods();
    return std::any_of(all.begin(), all.end(),
                       [&](const Method& pool) { return pool.members == method.name && asked_for(pool); });
  }

  void list_runs(Index hold_out) {
    const PredictionTask task = prediction_task(data_, hold_out, request_.ahead);
    result_.held_out_cells[task.held_out.time] = task.held_out.cells.rows();
    for (const Method& method : all_methods()) {
      if (!asked_for(method) && !is_member(method)) continue;
      const std::string obstacle = method.obstacle(task);
      if (!obstacle.empty()) {
        if (asked_for(method)) result_.not_applicable.push_back({method.name, task.held_out.time, obstacle});
        continue;
      }
      Score score;
      score.method = method.name + request_.label;
      score.protocol = method.protocol(request_.options);
      score.hold_out = task.held_out.time;
      for (const std::uint64_t seed : method.seeds(task, request_.seeds)) {
        score.seed = seed;
        (method.pools() ? pools_ : runs_).push_back({&method, hold_out, score, {}, false});
      }
    }
  }

  void take_from_journal() {
    for (const ordered_json& entry : journal_->entries()) {
      const Score score = score_from_json(entry);
      for (Run& run : runs_) {
        const bool same = run.score.method == score.method && run.score.hold_out == score.hold_out &&
                          run.score.seed == score.seed;
        if (!same || (is_member(*run.method) && !entry.contains("cloud"))) continue;
        run.score = score;
        if (is_member(*run.method)) run.cloud = cloud_from_json(entry.at("cloud"));
        run.finished = true;
      }
    }
  }

  /// Steps of a run, for the progress; the one more is its score.
  Index work(const Run& run) const {
    return 1 + (run.method->trained() ? run.method->steps(request_.options) : 0);
  }

  void run_all(const std::vector<Run*>& pending, std::size_t total) {
    std::int64_t steps = static_cast<std::int64_t>(pools_.size());
    for (const Run* run : pending) steps += work(*run);
    if (steps == 0) return;
    if (finished_ > 0) {
      session_.say("taken from " + journal_->path() + ": " + std::to_string(finished_) + " of " +
                   counted(static_cast<std::int64_t>(total), "run"));
    }
    Progress progress("evaluating", "step", steps, session_.quiet());
    const auto note = [&] { return "run " + std::to_string(finished_) + "/" + std::to_string(total); };
    const InterruptGuard interrupt;
    const auto spread = [&](std::size_t count, const auto& body) {
      session_.pool().run(static_cast<std::ptrdiff_t>(count), [&](std::ptrdiff_t block) {
        if (interrupt.interrupted()) throw Error(ErrorCode::interrupted, "interrupted");
        body(static_cast<std::size_t>(block));
      });
    };
    spread(pending.size(), [&](std::size_t i) {
      Run& run = *pending[i];
      Index shown = 0;
      const auto show = [&](Index done, Index /*steps*/) {
        progress.advance(done - std::exchange(shown, done), note());
        return !interrupt.interrupted();
      };
      predict_and_score(run, show);
      ++finished_;
      show(work(run), 0);  // a training may have ended early
    });
    spread(pools_.size(), [&](std::size_t i) {
      pool_and_score(pools_[i]);
      ++finished_;
      progress.advance(1, note());
    });
  }

  void predict_and_score(Run& run, const TrainingProgress& progress) {
    const PredictionTask task = prediction_task(data_, run.hold_out, request_.ahead);
    const auto begin = std::chrono::steady_clock::now();
    Prediction prediction =
        run.method->predict({task, request_.options, run.score.seed, session_.pool(), progress});
    run.score.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    run.score.metrics = measure(prediction.cloud, prediction.target, run.score.seed, session_.pool());
    ordered_json entry = cellmnn::to_json(run.score);
    session_.log().write("score", entry);
    if (is_member(*run.method)) {
      run.cloud = std::move(prediction.cloud);
      if (journal_ != nullptr) entry["cloud"] = to_json(run.cloud);
    }
    if (journal_ != nullptr) journal_->append(entry);
    run.finished = true;
  }

  void pool_and_score(Run& pool) {
    std::vector<PointCloud> members;
    for (const Run& run : runs_) {
      if (run.method->name != pool.method->members || run.hold_out != pool.hold_out) continue;
      members.push_back(run.cloud);
      pool.score.seconds += run.score.seconds;
    }
    const PredictionTask task = prediction_task(data_, pool.hold_out, request_.ahead);
    pool.score.metrics = measure(pooled(members, pool.score.seed), task.metric(task.held_out.cells),
                                 pool.score.seed, session_.pool());
    session_.log().write("score", cellmnn::to_json(pool.score));
  }

  SuiteResult result() {
    for (const Method& method : all_methods()) {
      if (!asked_for(method)) continue;
      for (const Run& run : method.pools() ? pools_ : runs_) {
        if (run.method == &method) result_.scores.push_back(run.score);
      }
    }
    return std::move(result_);
  }

  const TimeCourse& data_;
  const SuiteRequest& request_;
  Session& session_;
  JournalFile* journal_;
  std::vector<Run> runs_;   // by hold-out, method and seed
  std::vector<Run> pools_;  // of methods that pool the predictions of others
  std::atomic<std::size_t> finished_{0};
  SuiteResult result_;
};

}  // namespace

std::vector<std::string> default_methods() {
  return {"previous", "next", "mixture", "ot-interpolate", "linear", "cellmnn", kNoiseFloor};
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

ordered_json settings_json(const SuiteRequest& request) {
  ordered_json options = to_json(request.options.training);
  options.erase("seed");
  const BetweenOptions& between = request.options.between;
  return {{"version", CELLMNN_VERSION},
          {"protocol", request.options.protocol == Protocol::paper ? "paper" : "honest"},
          {"ahead", request.ahead},
          {"options", options},
          {"flow_steps", request.options.flow_matching.steps},
          {"between", {{"pool", between.pool}, {"spread", between.spread}, {"bend", between.bend}}}};
}

ordered_json journal_header(const TimeCourse& data, const SuiteRequest& request) {
  ordered_json header = settings_json(request);
  header["data_fingerprint"] = fingerprint(data);
  return header;
}

SuiteResult run_suite(const TimeCourse& data, const SuiteRequest& request, Session& session,
                      JournalFile* journal) {
  return Suite(data, request, session, journal).run();
}

}  // namespace cellmnn
