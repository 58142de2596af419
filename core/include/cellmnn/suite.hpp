/// Many methods, hold-outs and seeds: which runs these are, and what each scores.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cellmnn/methods.hpp"

namespace cellmnn {

struct SuiteRequest {
  std::vector<Index> hold_outs;      ///< indices of snapshots
  Index ahead = 1;                   ///< as in prediction_task()
  std::vector<std::uint64_t> seeds;  ///< one training each; others by Method::seeds()
  std::vector<std::string> methods;  ///< of all_methods()
  MethodOptions options;
  std::string label;  ///< appended to the names of methods in the scores
};

/// A method that has no answer to a hold-out.
struct NotApplicable {
  std::string method;
  double hold_out;
  std::string reason;
};

struct SuiteResult {
  std::vector<Score> scores;  ///< by method, hold-out and seed; the noise floor's are its halvings
  std::vector<NotApplicable> not_applicable;
  std::map<double, Index> held_out_cells;  ///< of each hold-out
};

/// What a table shows without being asked: the methods that take seconds.
std::vector<std::string> default_methods();

/// Indices of all snapshots with `ahead` before and one after; throws bad_input if there is none.
std::vector<Index> inner_snapshots(const TimeCourse& data, Index ahead = 1);

/// One method on one hold-out with one seed.
struct SuiteRun {
  const Method* method;
  Index hold_out;
  Score score;       ///< without metrics and seconds until the run is finished
  PointCloud cloud;  ///< of a finished run that others pool
  bool finished = false;
  SuiteRun* part = nullptr;  ///< made on the way to this one: Method::part
  bool is_on_way = false;    ///< whether it is the part of another run
  bool chosen = true;        ///< others are never pending: they are left to somebody else
};

/// Receives each run as soon as it is finished.
using FinishedRun = std::function<void(const SuiteRun&)>;

/// Data and request must outlive it. Whoever runs it decides in which order and where: the runs do not depend
/// on each other, the pools on all runs.
class Suite {
 public:
  Suite(const TimeCourse& data, const SuiteRequest& request);

  std::vector<SuiteRun>& runs() { return runs_; }    ///< by hold-out, method and seed
  std::vector<SuiteRun>& pools() { return pools_; }  ///< of methods that pool the predictions of others

  /// Whether the predictions of this method are pooled.
  bool is_member(const Method& method) const;

  /// Steps of a run, for the progress; the one more is its score.
  Index work(const SuiteRun& run) const;

  /// What is left to do, the longest first: threads then end at about the same time. Finishing these finishes
  /// those that are made on their way, too.
  std::vector<SuiteRun*> pending();

  /// Calls `body` for each of pending(), as many at the same time as there are threads. If one of the longest
  /// would be left for the end alone, it comes first, and `executor` is free to serve it.
  void spread(const std::vector<SuiteRun*>& pending, Executor& executor,
              const std::function<void(SuiteRun&)>& body) const;

  /// `progress` as in MethodInput; `finished` receives the run, and before it the one made on its way.
  void finish(SuiteRun& run, Executor& executor, const TrainingProgress& progress,
              const FinishedRun& finished) const;
  void finish_pool(SuiteRun& pool, Executor& executor) const;

  /// Once all are finished.
  SuiteResult result() const;

 private:
  bool asked_for(const Method& method) const;
  void list_runs(Index hold_out);
  void find_parts();
  void score(SuiteRun& run, const PredictionTask& task, Prediction prediction, double seconds,
             Executor& executor) const;

  const TimeCourse& data_;
  const SuiteRequest& request_;
  std::vector<SuiteRun> runs_, pools_;
  SuiteResult without_scores_;
};

}  // namespace cellmnn
