#include "native/commands/plot/plot_kinds.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "cellmnn/error.hpp"
#include "cellmnn/nearest.hpp"
#include "native/commands/pages/picture_input.hpp"
#include "native/commands/plot/table_pictures.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"
#include "native/io/hdf5/hdf5_node.hpp"
#include "native/pictures/colors.hpp"

namespace cellmnn {
namespace {

struct Kind {
  std::string name, files, help;
  std::size_t least, most;
  std::function<Svg(const PlotRequest&, Session&)> draw;
};

Svg snapshots(const PlotRequest& request, Session& session) {
  DataFlags flags = request.data;
  flags.path = request.files.back();
  if (request.files.size() == 1) {
    return drawn(snapshots_picture(read_plain_input(flags, 2, session), nullptr, session.pool()));
  }
  const ModelFile model = read_model(request.files.front());
  const DataFile file = read_input_of_model(flags, model, session);
  return drawn(snapshots_picture(file, &model.model, session.pool()));
}

hdf5::Node fates_of_file(const std::string& path) {
  hdf5::Node root = hdf5::Node::open(path);
  if (!root.find("uns/cellmnn/fates") || !root.find("obsm/fates_fwd")) {
    throw file_error(path, "has no fates: expected an .h5ad that 'cellmnn fates' wrote");
  }
  return root;
}

Matrix<double> matrix_of(const hdf5::Node& node) {
  const MatrixShape shape = matrix_shape(node);
  Matrix<float> values(shape.rows, shape.columns);
  std::vector<float*> rows;
  for (auto row : values.rowwise()) rows.push_back(row.data());
  read_matrix(node, shape.columns, rows);
  return values.cast<double>();
}

Svg calibration(const PlotRequest& request, const hdf5::Node& root, const std::string& path) {
  CalibrationPicture picture{
      root.at("uns/fates_fwd_names").texts(), root.at("uns/term_states_fwd_colors").texts(), {}, {}};
  const auto found = root.find("obsm/" + request.truth);
  if (!found) throw file_error(path, "has no obsm['" + request.truth + "'] (--truth)");
  const Matrix<double> p = matrix_of(root.at("obsm/fates_fwd")), truth = matrix_of(*found);
  if (truth.rows() != p.rows() || truth.cols() < p.cols()) {
    throw found->error("has " + std::to_string(truth.rows()) + " rows and " + std::to_string(truth.cols()) +
                       " columns, but expected " + std::to_string(p.rows()) + " cells and the " +
                       std::to_string(p.cols()) + " fates first");
  }
  const LabelColumn given = H5adFrame(root, "obs").column("term_states_fwd");
  std::vector<Index> open;
  for (Index i = 0; i < p.rows(); ++i) {
    const bool is_given = given.codes[static_cast<std::size_t>(i)] >= 0;
    if (!is_given && p.row(i).allFinite() && truth.row(i).leftCols(p.cols()).sum() > 0) open.push_back(i);
  }
  if (open.empty()) throw file_error(path, "has no cell whose true fates are known and that was not given");
  picture.probabilities = p(open, Eigen::all);
  picture.truth = truth(open, Eigen::all).leftCols(p.cols());
  picture.truth.array().colwise() /= picture.truth.rowwise().sum().array().eval();  // given that they decide
  return drawn(picture);
}

Svg fates(const PlotRequest& request, Session&) {
  const std::string& path = request.files.front();
  const hdf5::Node root = fates_of_file(path);
  if (!request.truth.empty()) return calibration(request, root, path);
  try {
    const auto facts = nlohmann::json::parse(root.at("uns/cellmnn/fates").texts().front());
    FatesPicture picture;
    facts.at("names").get_to(picture.names);
    picture.colors = root.at("uns/term_states_fwd_colors").texts();
    const auto vector = [](const nlohmann::json& list) {
      const auto values = list.get<std::vector<double>>();
      return Vector<double>(Eigen::Map<const Vector<double>>(values.data(), std::ssize(values)));
    };
    picture.base_rates = vector(facts.at("base_rates"));
    for (const auto& time : facts.at("times")) {
      picture.times.push_back(time.at("time").get<double>());
      picture.means.push_back(vector(time.at("mean")));
      picture.known.push_back(time.at("in_words").get<std::string>());
    }
    picture.known.back() = "given";
    return drawn(picture);
  } catch (const nlohmann::json::exception& error) {
    throw file_error(path, std::string("uns/cellmnn/fates is damaged: ") + error.what());
  }
}

Svg scores(const PlotRequest& request, Session&) {
  const std::string& path = request.files.front();
  SuiteResult result;
  try {
    const auto json = nlohmann::ordered_json::parse(read_file(path));
    for (const auto& score : json.at("results")) result.scores.push_back(score_from_json(score));
  } catch (const nlohmann::json::exception&) {
    throw file_error(path, "has no scores: expected a file of 'cellmnn evaluate --json'");
  }
  if (result.scores.empty()) throw file_error(path, "has no scores in its results");
  const auto metric = std::find_if(kMetrics.begin(), kMetrics.end(),
                                   [&](const MetricName& each) { return each.name == request.metric; });
  return drawn(scores_picture(result, *metric));
}

Svg loss(const PlotRequest& request, Session&) {
  const std::string& path = request.files.front();
  LossPicture picture;
  const std::string text = read_file(path);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const auto line = nlohmann::json::parse(text.substr(begin, end - begin), nullptr, false);
    begin = end + 1;
    if (!line.is_object() || line.value("event", "") != "step" || !line.contains("loss")) continue;
    picture.steps.push_back(line.value("step", 0.0));
    picture.loss.push_back(line["loss"].is_number() ? line["loss"].get<double>() : NAN);
  }
  if (picture.steps.size() < 2) {
    throw file_error(path, "has fewer than two losses: expected a file of 'cellmnn train --json-log'");
  }
  return drawn(picture);
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"snapshots", "[MODEL] DATA", "cells by time in their first two coordinates, with paths by MODEL", 1, 2,
       snapshots},
      {"fates", "FATES.h5ad", "mean probability of each fate by time, from 'fates -o'", 1, 1, fates},
      {"trends", "TRENDS.tsv", "expression along the way to each fate, from 'fates --trends'", 1, 1, trends},
      {"alluvial", "FLOWS.tsv", "which labels become which, from 'fates --alluvial'", 1, 1, alluvial},
      {"scores", "SCORES.json", "methods side by side, from 'evaluate --json'", 1, 1, scores},
      {"loss", "LOG", "loss by step, from 'train --json-log'", 1, 1, loss},
      {"network", "EDGES.tsv", "what acts on a gene and on what it acts, from 'network -o'", 1, 1, network},
      {"screen", "SCREEN.tsv", "changes by knock-outs, from 'perturb --fates --screen ... -o'", 1, 1,
       screen}};
  return all;
}

}  // namespace

std::string plot_kinds_text() {
  std::string text = "Kinds:\n";
  for (const Kind& kind : kinds()) {
    std::string line = "  " + kind.name;
    line += " " + kind.files;
    line.resize(std::max<std::size_t>(line.size() + 2, 26), ' ');
    text += line + kind.help + "\n";
  }
  return text;
}

Svg plotted(const PlotRequest& request, Session& session) {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) {
    names.push_back(kind.name);
    if (kind.name != request.kind) continue;
    if (request.files.size() < kind.least || request.files.size() > kind.most) {
      throw Error(ErrorCode::usage, "got " + std::to_string(request.files.size()) +
                                        " files, but expected: cellmnn plot " + kind.name + " " + kind.files);
    }
    return kind.draw(request, session);
  }
  const std::string near = nearest(request.kind, names);
  std::string message = "there is no kind of picture '" + request.kind + "'";
  message += near.empty() ? "; there are " + quoted_list(names) : ": did you mean '" + near + "'?";
  throw Error(ErrorCode::usage, message);
}

}  // namespace cellmnn
