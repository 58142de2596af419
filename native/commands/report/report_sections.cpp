#include "native/commands/report/report_sections.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cellmnn/error.hpp"
#include "native/commands/pages/html.hpp"
#include "native/commands/pages/picture_input.hpp"
#include "native/commands/scores/scoreboard.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/json_reader.hpp"
#include "native/io/files/text.hpp"
#include "native/io/models/provenance.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr Index kFewCells = 200;  // of a time, for what is known of fates
constexpr int kDigits = 3;

SuiteResult saved_scores(const std::string& path) {
  SuiteResult result;
  try {
    const auto json = nlohmann::ordered_json::parse(read_file(path));
    for (const auto& score : json.at("results")) result.scores.push_back(score_from_json(score));
  } catch (const nlohmann::json::exception&) {
    throw file_error(path, "has no scores (--scores): expected a file of 'cellmnn evaluate --json'");
  }
  if (result.scores.empty()) throw file_error(path, "has no scores in its results (--scores)");
  return result;
}

/// An inner time in the middle is left out.
SuiteResult quick_scores(const ReportSubject& subject, const TimeCourse& data, Session& session) {
  const std::vector<Index> inner = inner_snapshots(data);
  SuiteRequest request;
  request.hold_outs = {inner[inner.size() / 2]};
  request.options.training = train_options_from_json(subject.model.provenance.at("options"));
  request.options.training.steps = std::min(request.options.training.steps, subject.steps);
  request.seeds = {request.options.training.seed};
  request.methods = {"previous", "next", "mixture", "cellmnn"};
  return run_suite(data, request, session);
}

std::string score_words(const SuiteResult& result) {
  double best = INFINITY, ours = INFINITY;
  std::string rival;
  for (const ScoreGroup& group : groups_of(result)) {
    const double value = mean(group.values(kHeadline));
    if (group.halves()) continue;
    if (group.method.starts_with("cellmnn")) {
      ours = std::min(ours, value);
    } else if (value < best) {
      best = value;
      rival = group.label();
    }
  }
  if (ours == INFINITY || rival.empty()) return "";
  std::string text = ours < best
                         ? "The model is nearer to the cells that it has not seen than the best baseline, "
                         : "The model is no nearer to the cells that it has not seen than the best "
                           "baseline, ";
  text += rival + " (" + fixed(ours, kDigits) + " against " + fixed(best, kDigits) + ").";
  if (ours >= best) text += " Then do not trust what it says between the times.";
  return text;
}

std::vector<std::string> shares_row(std::vector<std::string> row, const Vector<double>& shares) {
  for (const double share : shares) row.push_back(fixed(share, kDigits));
  return row;
}

}  // namespace

std::string data_section(const ReportSubject& subject) {
  const DataFile& file = subject.file;
  std::vector<std::vector<std::string>> rows;
  for (const TimeLabel& time : file.times) {
    rows.push_back({time.label, number_text(time.time), grouped(time.cells)});
  }
  std::string inside = html::paragraph(
      counted(file.data.cells(), "cell") + " at " + counted(std::ssize(file.data.snapshots), "time") + " (" +
      file.time_key + (file.time_unit.empty() ? "" : ", in " + file.time_unit) + "), " +
      std::to_string(file.data.dims()) + " of " + std::to_string(file.available_dims) + " components of " +
      file.embedding_key + ", " +
      (file.genes.empty() ? std::string("no expression")
                          : counted(std::ssize(file.genes), "gene") + " in X") +
      ".");
  inside += html::table({"label", "time", "cells"}, rows);
  if (!file.warnings.empty()) inside += html::list(file.warnings);
  return html::section("Data as they were understood", inside);
}

std::string fit_section(const ReportSubject& subject, Session& session) {
  const nlohmann::json& facts = subject.model.provenance;
  const CellMnn& model = subject.model.model;
  const nlohmann::json options = facts.value("options", nlohmann::json::object()),
                       metrics = facts.value("metrics", nlohmann::json::object());
  std::string text = "A Cell-MNN of " + counted(model.parameters.size(), "parameter") + " on " +
                     std::to_string(model.config.dims) + " components";
  if (options.contains("steps") && is_whole_number<Index>(options["steps"]))
    text += ", trained for " + grouped(options["steps"].get<Index>()) + " steps";
  if (metrics.contains("loss") && metrics["loss"].is_number()) {
    text += "; last loss " + fixed(metrics["loss"].get<double>(), kDigits);
  }
  std::string times;
  for (const double time : times_in(facts)) times += (times.empty() ? "" : ", ") + number_text(time);
  std::string inside =
      html::paragraph(text + "." + (times.empty() ? "" : " It has seen the times " + times + "."));
  DataFile of_model = subject.file;
  of_model.data = first_dims(subject.file.data, model.config.dims);
  inside +=
      html::figure(drawn(snapshots_picture(of_model, &model, session.pool())).element(),
                   "Cells by time in the first two components, at most 1,500 of each, and where the model "
                   "takes some cells of the first time. A fit of seen times is no test.");
  return html::section("Fit", inside);
}

std::string score_section(const ReportSubject& subject, Session& session) {
  const std::string title = "Honest score";
  SuiteResult result;
  std::string how;
  const TimeCourse data = first_dims(subject.file.data, subject.model.model.config.dims);
  if (!subject.scores.empty()) {
    result = saved_scores(subject.scores);
    how = "From " + subject.scores + ".";
  } else if (data.snapshots.size() < 3) {
    return html::section(title,
                         html::paragraph("There are two times only: none can be left out, so there is no "
                                         "honest score."));
  } else if (!subject.model.provenance.contains("options")) {
    return html::section(title,
                         html::paragraph("The model's file does not say how it was trained, so it cannot "
                                         "be trained again without a time. Give --scores."));
  } else {
    result = quick_scores(subject, data, session);
    how = "Time " + number_text(result.scores.front().hold_out) +
          " was left out, and a model trained anew without it, for at most " + grouped(subject.steps) +
          " steps. One time and one seed: a hint, not a measurement; 'cellmnn evaluate' measures.";
  }
  std::vector<std::vector<std::string>> rows;
  for (const ScoreGroup& group : groups_of(result)) {
    rows.push_back({group.label(), group.mean_text(kHeadline), std::to_string(group.hold_outs())});
  }
  std::string inside =
      html::paragraph(score_words(result)) +
      html::figure(drawn(scores_picture(result, kHeadline)).element(),
                   "Distance (W1) of predicted from measured cells of times that were left out; "
                   "dots are times.") +
      html::table({"method", "W1", "times"}, rows) + html::remark(how);
  return html::section(title, inside);
}

std::optional<ReportedFates> reported_fates(const ReportSubject& subject, Session& session,
                                            std::string& why) {
  try {
    const KnownFates known = read_known_fates(subject.file, subject.fates, session);
    return ReportedFates{
        fates_of(subject.file.data, known, subject.fates.options, &subject.model.model, session.pool()),
        fate_colors(subject.file, subject.fates, known.names)};
  } catch (const ReadFailure&) {
    throw;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input || subject.fates.clusters != 0) throw;
    why = std::string("No fates: ") + error.what() + ". Give --label-key.";
    return std::nullopt;
  }
}

std::string fates_section(const ReportSubject& subject, const ReportedFates& reported) {
  const Fates& fates = reported.fates;
  const std::vector<Snapshot>& snapshots = subject.file.data.snapshots;
  std::vector<std::string> header = {"time", "cells", "known", ""};
  header.insert(header.end(), fates.names.begin(), fates.names.end());
  std::vector<std::vector<std::string>> rows;
  std::vector<double> times;
  for (std::size_t s = 0; s < snapshots.size(); ++s) {
    const bool is_last = s + 1 == snapshots.size();
    times.push_back(snapshots[s].time);
    rows.push_back(shares_row(
        {time_name(snapshots[s]), grouped(snapshots[s].cells.rows()),
         is_last ? "-" : fixed(fates.known[s], kDigits), is_last ? "given" : known_in_words(fates.known[s])},
        fates.probabilities[s].colwise().mean().transpose()));
  }
  rows.push_back(shares_row({"base rates", "", "", ""}, fates.base_rates));
  const Vector<double> committed = commitment_times(fates, times);
  std::string commit;
  for (std::size_t f = 0; f < fates.names.size(); ++f) {
    commit += (f == 0 ? "" : ", ") + fates.names[f] + " " + fixed(committed(static_cast<Index>(f)), 2);
  }
  std::string inside = html::figure(
      drawn(fates_picture(subject.file.data, fates, reported.colors)).element(),
      "Mean probability of each fate at each time, and what can be known of single cells there.");
  inside += html::table(header, rows);
  inside += html::paragraph("Cells of a fate have committed, on average, by the time: " + commit + ".");
  inside += html::remark(
      "'known' is 1 - mean entropy of a cell / entropy of the mean. Where it says 'not known', single cells "
      "have "
      "no more than the base rates. A low value can also mean that the components do not show what decides.");
  if (subject.fates.clusters) {
    inside += html::remark("The fates are clusters of the cells of the last time, as no labels were given.");
  }
  return html::section("Fates, and what can be known of them", inside);
}

std::string limits_section(const ReportSubject& subject) {
  std::vector<std::string> limits = {
      "Cells of different times are different cells: what one becomes is inferred, never seen.",
      "Proliferation and death are not modelled in fates: a type that grows is more frequent at the end.",
      "A driver differs between cells that go different ways; it need not decide.",
      "An edge of the network says what goes before what; it is no proof of binding.",
      "Beyond the measured times, and between far times, predictions are extrapolation.",
      "Batches must have been corrected before; differences between the runs of two times look like change."};
  std::string few;
  for (const Snapshot& snapshot : subject.file.data.snapshots) {
    if (snapshot.cells.rows() >= kFewCells) continue;
    few += (few.empty() ? "" : ", ") + time_name(snapshot) + " (" + grouped(snapshot.cells.rows()) + ")";
  }
  if (!few.empty())
    limits.push_back("Few cells, below " + std::to_string(kFewCells) + ", at the times " + few + ".");
  std::string live =
      subject.page.empty()
          ? html::paragraph("A live page of the same model: cellmnn export MODEL DATA -o page.html")
          : "<p>" + html::link(subject.page, "The live page of this model") + "</p>\n";
  return html::section("Limits", html::list(limits) + live);
}

}  // namespace cellmnn
