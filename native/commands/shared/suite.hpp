/// Many methods, hold-outs and seeds, each a run of its own.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cellmnn/methods.hpp"
#include "native/commands/shared/session.hpp"
#include "native/io/files/journal_file.hpp"

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

/// What the scores of a suite depend on, beside the data and the method, hold-out and seed of each.
nlohmann::ordered_json settings_json(const SuiteRequest& request);

/// The same with the data.
nlohmann::ordered_json journal_header(const TimeCourse& data, const SuiteRequest& request);

/// Runs are spread over the threads as wholes; a single one has all of them. Those in the journal are
/// taken from there, finished ones are added to it. Throws interrupted on SIGINT or SIGTERM.
SuiteResult run_suite(const TimeCourse& data, const SuiteRequest& request, Session& session,
                      JournalFile* journal = nullptr);

}  // namespace cellmnn
