#include "native/commands/scores/suite.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "cellmnn/error.hpp"
#include "native/commands/scores/cloud_json.hpp"
#include "native/commands/scores/score_json.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/text.hpp"
#include "native/io/models/model_file.hpp"
#include "native/runtime/interrupt.hpp"
#include "native/runtime/progress.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

/// Marks the runs that are in the journal as finished.
void take_finished(const Journal& journal, Suite& suite) {
  for (const ordered_json& entry : journal.entries()) {
    const Score score = score_from_json(entry);
    for (SuiteRun& run : suite.runs()) {
      const bool same = run.score.method == score.method && run.score.hold_out == score.hold_out &&
                        run.score.seed == score.seed;
      if (!same || (suite.is_member(*run.method) && !entry.contains("cloud"))) continue;
      if (!entry.contains("mean")) continue;  // of an earlier version
      run.score = score;
      run.score.metrics.w1_by_target = vector_from_json(entry, "w1_by_target");
      run.score.composition = {vector_from_json(entry, "shares"), vector_from_json(entry, "mean")};
      if (suite.is_member(*run.method)) run.cloud = cloud_from_json(entry.at("cloud"));
      run.finished = true;
    }
  }
}

class JournaledSuite {
 public:
  JournaledSuite(const TimeCourse& data, const SuiteRequest& request, Session& session, Journal* journal)
      : suite_(data, request), session_(session), journal_(journal) {
    if (journal != nullptr) take_finished(*journal, suite_);
  }

  std::size_t size() { return suite_.runs().size(); }

  /// Only the runs of `range`, where the first of this suite is number `first`, and no pools.
  void choose(const RunRange& range, std::size_t first) {
    for (SuiteRun& run : suite_.runs()) {
      run.chosen = range.first <= first && first <= range.last;
      ++first;
    }
    suite_.pools().clear();
  }

  /// `interrupt` lives as long as there are further suites.
  void run(const InterruptGuard& interrupt) {
    const std::vector<SuiteRun*> pending = suite_.pending();
    if (journal_ != nullptr && !pending.empty()) journal_->open();
    std::size_t total = suite_.pools().size();
    for (const SuiteRun& run : suite_.runs()) {
      if (!run.chosen) continue;
      ++total;
      if (run.finished) ++finished_;
    }
    try {
      run_all(pending, total, interrupt);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::interrupted) throw;
      throw Error(ErrorCode::interrupted,
                  "interrupted after " + std::to_string(finished_) + " of " +
                      counted(static_cast<std::int64_t>(total), "run") +
                      (journal_ == nullptr ? ": with --journal FILE the finished ones would be kept"
                                           : ": the same command continues from " + journal_->path()));
    }
  }

  SuiteResult result() const { return suite_.result(); }

 private:
  void run_all(const std::vector<SuiteRun*>& pending, std::size_t total, const InterruptGuard& interrupt) {
    auto steps = std::ssize(suite_.pools());
    for (const SuiteRun* run : pending) steps += suite_.work(*run);
    if (steps == 0) return;
    if (finished_ > 0) {
      session_.say("taken from " + journal_->path() + ": " + std::to_string(finished_) + " of " +
                   counted(static_cast<std::int64_t>(total), "run"));
    }
    Progress progress("evaluating", "step", steps, session_.quiet());
    const auto note = [&] { return "run " + std::to_string(finished_) + "/" + std::to_string(total); };
    const auto stop_if_interrupted = [&] {
      if (interrupt.interrupted()) throw Error(ErrorCode::interrupted, "interrupted");
    };
    suite_.spread(pending, session_.pool(), [&](SuiteRun& run) {
      stop_if_interrupted();
      Index shown = 0;
      const auto show = [&](Index done, Index /*steps*/) {
        progress.advance(done - std::exchange(shown, done), note());
        return !interrupt.interrupted();
      };
      suite_.finish(run, session_.pool(), show, [this](const SuiteRun& finished) {
        record(finished);
        ++finished_;
      });
      show(suite_.work(run), 0);  // a training may have ended early
    });
    session_.pool().run(std::ssize(suite_.pools()), [&](std::ptrdiff_t i) {
      stop_if_interrupted();
      SuiteRun& pool = suite_.pools()[static_cast<std::size_t>(i)];
      suite_.finish_pool(pool, session_.pool());
      session_.log().write("score", cellmnn::to_json(pool.score));
      ++finished_;
      progress.advance(1, note());
    });
  }

  void record(const SuiteRun& run) {
    ordered_json entry = cellmnn::to_json(run.score);
    session_.log().write("score", entry);
    if (journal_ == nullptr) return;
    if (suite_.is_member(*run.method)) entry["cloud"] = to_json(run.cloud);
    entry["w1_by_target"] = to_json(run.score.metrics.w1_by_target);
    entry["shares"] = to_json(run.score.composition.shares);
    entry["mean"] = to_json(run.score.composition.mean);
    journal_->append(entry);
  }

  Suite suite_;
  Session& session_;
  Journal* journal_;
  std::atomic<std::size_t> finished_{0};
};

}  // namespace

ordered_json settings_json(const SuiteRequest& request) {
  ordered_json options = to_json(request.options.training);
  options.erase("seed");
  const BetweenOptions& between = request.options.between;
  return {{"version", CELLMNN_VERSION},
          {"protocol", request.options.protocol == Protocol::paper ? "paper" : "honest"},
          {"ahead", request.ahead},
          {"options", options},
          {"flow_steps", request.options.flow_matching.steps},
          {"between",
           {{"pool", between.pool},
            {"spread", between.spread},
            {"bend", between.bend},
            {"bridge", between.bridge}}},
          {"mass_by_cells", request.options.mass_by_cells},
          {"two_sided_steps", request.options.two_sided_steps.value_or(request.options.training.steps)}};
}

ordered_json journal_header(const TimeCourse& data, const SuiteRequest& request) {
  ordered_json header = settings_json(request);
  header["data_fingerprint"] = fingerprint(data);
  if (!data.type_names.empty()) header["types"] = types_fingerprint(data);
  return header;
}

std::vector<SuiteResult> run_suites(const std::vector<SuiteJob>& jobs, Session& session, Journal* journal) {
  const InterruptGuard interrupt;
  std::vector<SuiteResult> results;
  for (const SuiteJob& job : jobs) {
    JournaledSuite suite(job.data, job.request, session, journal);
    suite.run(interrupt);
    results.push_back(suite.result());
  }
  return results;
}

SuiteResult run_suite(const TimeCourse& data, const SuiteRequest& request, Session& session) {
  return run_suites({{data, request}}, session).front();
}

SuiteResult merged(const std::vector<SuiteResult>& results) {
  SuiteResult all;
  for (const SuiteResult& each : results) {
    all.scores.insert(all.scores.end(), each.scores.begin(), each.scores.end());
    all.not_applicable.insert(all.not_applicable.end(), each.not_applicable.begin(),
                              each.not_applicable.end());
    all.held_out_cells.insert(each.held_out_cells.begin(), each.held_out_cells.end());
  }
  return all;
}

void run_some(const std::vector<SuiteJob>& jobs, const RunRange& range, Session& session, Journal& journal) {
  std::vector<std::unique_ptr<JournaledSuite>> suites;
  std::size_t count = 0;
  for (const SuiteJob& job : jobs) {
    suites.push_back(std::make_unique<JournaledSuite>(job.data, job.request, session, &journal));
    suites.back()->choose(range, count + 1);
    count += suites.back()->size();
  }
  if (range.last > count) {
    throw Error(ErrorCode::usage, "--run has " + std::to_string(range.last) + ", but there are only " +
                                      counted(static_cast<std::int64_t>(count), "run") +
                                      ": --list-runs prints them");
  }
  const InterruptGuard interrupt;
  for (const auto& suite : suites) suite->run(interrupt);
}

std::string run_list(const std::vector<SuiteJob>& jobs, const Journal* journal) {
  std::string text = "run\tmethod\tprotocol\thold_out\tseed\tsteps\n";
  std::size_t number = 0;
  for (const SuiteJob& job : jobs) {
    Suite suite(job.data, job.request);
    if (journal != nullptr) take_finished(*journal, suite);
    for (const SuiteRun& run : suite.runs()) {
      ++number;
      if (run.finished) continue;
      text += std::to_string(number) + "\t" + csv_field(run.score.method) + "\t" + run.score.protocol + "\t" +
              number_text(run.score.hold_out) + "\t" + std::to_string(run.score.seed) + "\t" +
              std::to_string(suite.work(run) - 1) + "\n";
    }
  }
  return text;
}

}  // namespace cellmnn
