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

/// A suite; both must outlive what is done with it.
struct SuiteJob {
  const TimeCourse& data;
  const SuiteRequest& request;
};

/// One after the other. Runs are spread over the threads as wholes; a single one has all of them. Those in
/// the journal are taken from there, finished ones are added to it. Throws interrupted on SIGINT or SIGTERM.
std::vector<SuiteResult> run_suites(const std::vector<SuiteJob>& jobs, Session& session,
                                    Journal* journal = nullptr);
SuiteResult run_suite(const TimeCourse& data, const SuiteRequest& request, Session& session);

/// The scores of several suites of the same data.
SuiteResult merged(const std::vector<SuiteResult>& results);

/// Numbers of runs, which count through all suites from 1 on.
struct RunRange {
  std::size_t first, last;  ///< both included
};

/// Only these runs, for the journal. Throws usage for numbers that do not exist.
void run_some(const std::vector<SuiteJob>& jobs, const RunRange& range, Session& session, Journal& journal);

/// A line of tsv a run that is not in the journal: its number, method, protocol, hold-out, seed and steps.
std::string run_list(const std::vector<SuiteJob>& jobs, const Journal* journal);

}  // namespace cellmnn
