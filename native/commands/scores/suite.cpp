#include "native/commands/scores/suite.hpp"

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <utility>

#include "cellmnn/error.hpp"
#include "native/commands/scores/cloud_json.hpp"
#include "native/commands/scores/score_json.hpp"
#include "native/io/models/model_file.hpp"
#include "native/runtime/interrupt.hpp"
#include "native/runtime/progress.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

class JournaledSuite {
 public:
  JournaledSuite(const TimeCourse& data, const SuiteRequest& request, Session& session, JournalFile* journal)
      : suite_(data, request), session_(session), journal_(journal) {
    if (journal != nullptr) take_from_journal();
  }

  SuiteResult run() {
    const std::vector<SuiteRun*> pending = suite_.pending();
    const std::vector<SuiteRun>& runs = suite_.runs();
    const std::size_t total = runs.size() + suite_.pools().size();
    finished_ = static_cast<std::size_t>(
        std::count_if(runs.begin(), runs.end(), [](const SuiteRun& run) { return run.finished; }));
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
    return suite_.result();
  }

 private:
  void take_from_journal() {
    for (const ordered_json& entry : journal_->entries()) {
      const Score score = score_from_json(entry);
      for (SuiteRun& run : suite_.runs()) {
        const bool same = run.score.method == score.method && run.score.hold_out == score.hold_out &&
                          run.score.seed == score.seed;
        if (!same || (suite_.is_member(*run.method) && !entry.contains("cloud"))) continue;
        run.score = score;
        run.score.metrics.w1_by_target = vector_from_json(entry, "w1_by_target");
        if (suite_.is_member(*run.method)) run.cloud = cloud_from_json(entry.at("cloud"));
        run.finished = true;
      }
    }
  }

  void run_all(const std::vector<SuiteRun*>& pending, std::size_t total) {
    auto steps = std::ssize(suite_.pools());
    for (const SuiteRun* run : pending) steps += suite_.work(*run);
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
      SuiteRun& run = *pending[i];
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
    spread(suite_.pools().size(), [&](std::size_t i) {
      SuiteRun& pool = suite_.pools()[i];
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
    journal_->append(entry);
  }

  Suite suite_;
  Session& session_;
  JournalFile* journal_;
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
          {"between", {{"pool", between.pool}, {"spread", between.spread}, {"bend", between.bend}}},
          {"mass_by_cells", request.options.mass_by_cells}};
}

ordered_json journal_header(const TimeCourse& data, const SuiteRequest& request) {
  ordered_json header = settings_json(request);
  header["data_fingerprint"] = fingerprint(data);
  return header;
}

SuiteResult run_suite(const TimeCourse& data, const SuiteRequest& request, Session& session,
                      JournalFile* journal) {
  return JournaledSuite(data, request, session, journal).run();
}

}  // namespace cellmnn
