/// Suites with threads, progress, log and journal.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cellmnn/suite.hpp"
#include "native/commands/shared/session.hpp"
#include "native/io/files/journal.hpp"

namespace cellmnn {

/// What the scores of a suite depend on, beside the data and the method, hold-out and seed of each.
nlohmann::ordered_json settings_json(const SuiteRequest& request);

/// The same with the data.
nlohmann::ordered_json journal_header(const TimeCourse& data, const SuiteRequest& request);

/// Several suites of the same data. Runs are spread over the threads as wholes; a single one has all of them.
/// Those in the journal are taken from there, finished ones are added to it. Throws interrupted on SIGINT or
/// SIGTERM.
SuiteResult run_suites(const TimeCourse& data, const std::vector<SuiteRequest>& requests, Session& session,
                       Journal* journal = nullptr);

/// Numbers of runs, which count through all suites from 1 on.
struct RunRange {
  std::size_t first, last;  ///< both included
};

/// Only these runs, for the journal. Throws usage for numbers that do not exist.
void run_some(const TimeCourse& data, const std::vector<SuiteRequest>& requests, const RunRange& range,
              Session& session, Journal& journal);

/// A line of tsv a run that is not in the journal: its number, method, protocol, hold-out, seed and steps.
std::string run_list(const TimeCourse& data, const std::vector<SuiteRequest>& requests,
                     const Journal* journal);

}  // namespace cellmnn
