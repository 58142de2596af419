/// The sections of a report, as html.
#pragma once

#include <optional>
#include <string>

#include "cellmnn/fates.hpp"
#include "native/commands/input/fate_input.hpp"

namespace cellmnn {

/// What all sections are about.
struct ReportSubject {
  ModelFile model;
  DataFile file;  ///< with up to kFateDims dimensions, and expression if there is any
  DataFlags data;
  FateFlags fates;
  std::string scores;       ///< a file of 'cellmnn evaluate --json', or empty
  std::string page;         ///< address of the live page, or empty
  Index steps = 0;          ///< of the training behind the score, at most
  Index network_genes = 0;  ///< 0: no network
};

std::string data_section(const ReportSubject& subject);
std::string fit_section(const ReportSubject& subject, Session& session);

/// An inner time is left out, and predicted by a model trained without it and by baselines.
std::string score_section(const ReportSubject& subject, Session& session);

struct ReportedFates {
  Fates fates;
  std::vector<std::string> colors;
};

/// None where there are no fates to speak of; `why` then says so.
std::optional<ReportedFates> reported_fates(const ReportSubject& subject, Session& session, std::string& why);

std::string fates_section(const ReportSubject& subject, const ReportedFates& reported);
std::string drivers_section(const ReportSubject& subject, const ReportedFates& reported, Session& session);
std::string network_section(const ReportSubject& subject, Session& session);
std::string limits_section(const ReportSubject& subject);

}  // namespace cellmnn
