/// A suite with threads, progress, log and journal.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cellmnn/suite.hpp"
#include "native/commands/shared/session.hpp"
#include "native/io/files/journal_file.hpp"

namespace cellmnn {

/// What the scores of a suite depend on, beside the data and the method, hold-out and seed of each.
nlohmann::ordered_json settings_json(const SuiteRequest& request);

/// The same with the data.
nlohmann::ordered_json journal_header(const TimeCourse& data, const SuiteRequest& request);

/// Runs are spread over the threads as wholes; a single one has all of them. Those in the journal are
/// taken from there, finished ones are added to it. Throws interrupted on SIGINT or SIGTERM.
SuiteResult run_suite(const TimeCourse& data, const SuiteRequest& request, Session& session,
                      JournalFile* journal = nullptr);

}  // namespace cellmnn
