#include "native/commands/input/ko_conditions.hpp"

#include <algorithm>
#include <array>

#include "cellmnn/error.hpp"
#include "cellmnn/nearest.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::array kWildType = {"",        "wt",   "wild type", "wild_type",     "wild-type", "wildtype",
                                  "control", "ctrl", "none",      "non-targeting", "ntc"};

bool is_wild_type(const std::string& label) {
  return std::find(kWildType.begin(), kWildType.end(), lower_case(trimmed(label))) != kWildType.end();
}

/// The genes of a label.
std::vector<Index> genes_of(const CountsFile& file, const std::string& label, const std::string& source) {
  std::vector<Index> genes;
  for (std::size_t begin = 0; begin <= label.size();) {
    const std::size_t end = std::min(label.find('+', begin), label.size());
    const std::string name(trimmed(std::string_view(label).substr(begin, end - begin)));
    begin = end + 1;
    const auto found = std::find(file.genes.begin(), file.genes.end(), name);
    if (found == file.genes.end()) {
      const std::string near = nearest(name, file.genes);
      std::string what = source;
      what.append(" has '").append(name);
      what += "', which is neither a gene of the file nor a word for the wild type, such as 'WT'";
      if (!near.empty()) what += "; did you mean '" + near + "'?";
      throw file_error(file.path, what);
    }
    genes.push_back(found - file.genes.begin());
  }
  std::sort(genes.begin(), genes.end());
  genes.erase(std::unique(genes.begin(), genes.end()), genes.end());
  return genes;
}

/// The cells with this label, empty for the wild type; times without any are left out.
CellsOverTime with_label(const CellsOverTime& cells, const std::vector<std::string>& labels,
                         const std::string& label) {
  CellsOverTime chosen;
  for (std::size_t k = 0; k < cells.times.size(); ++k) {
    std::vector<Index> rows;
    for (const Index row : cells.rows[k]) {
      if (labels[static_cast<std::size_t>(row)] == label) rows.push_back(row);
    }
    if (rows.empty()) continue;
    chosen.times.push_back(cells.times[k]);
    chosen.rows.push_back(std::move(rows));
  }
  return chosen;
}

}  // namespace

KoConditions wild_type_alone(CellsOverTime cells) { return {{""}, {{}}, {std::move(cells)}, {}}; }

KoConditions ko_conditions(const CountsFile& file, const LabelColumn& labels, const std::string& source,
                           const CellsOverTime& cells) {
  std::vector<std::string> of_cells = texts_of(labels);
  for (std::string& label : of_cells) {
    if (is_wild_type(label)) label.clear();
  }
  KoConditions conditions = wild_type_alone(with_label(cells, of_cells, ""));
  if (conditions.cells.front().times.size() < 2) {
    throw file_error(file.path, source +
                                    " leaves no wild type at two times or more, with which knock-outs could "
                                    "be compared: expected cells labelled 'WT'");
  }
  for (const std::string& label : labels.labels) {
    if (is_wild_type(label)) continue;
    std::vector<Index> held = genes_of(file, label, source);
    CellsOverTime of_label = with_label(cells, of_cells, label);
    if (of_label.times.size() < 2) {
      conditions.left_out.push_back(label);
      continue;
    }
    conditions.labels.push_back(label);
    conditions.held.push_back(std::move(held));
    conditions.cells.push_back(std::move(of_label));
  }
  return conditions;
}

KoConditions ko_conditions(const CountsFile& file, const std::string& key, const CellsOverTime& cells) {
  const LabelColumn* const found = find_column(file.obs, key);
  if (found == nullptr) {
    std::vector<std::string> names;
    for (const auto& [name, column] : file.obs) names.push_back(name);
    throw file_error(file.path, "obs has no column '" + key + "' (--ko-key); it has " +
                                    (names.empty() ? "none" : quoted_list(names)));
  }
  return ko_conditions(file, *found, "the obs column '" + key + "' (--ko-key)", cells);
}

}  // namespace cellmnn
