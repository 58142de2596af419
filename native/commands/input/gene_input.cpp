#include "native/commands/input/gene_input.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "cellmnn/data_match.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/interactions.hpp"
#include "cellmnn/nearest.hpp"
#include "native/commands/input/model_genes.hpp"
#include "native/commands/shared/unused_weights.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/group_column.hpp"
#include "native/io/models/model_file.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

void warn_of_duplicates(const GeneSpace& space, Session& session) {
  std::set<std::string> seen, twice;
  for (const std::string& gene : space.genes) {
    if (!seen.insert(gene).second) twice.insert(gene);
  }
  if (twice.empty()) return;
  session.warn(
      counted(static_cast<std::int64_t>(twice.size()), "gene name") +
      " stand for more than one gene, such as '" + *twice.begin() +
      "': these genes cannot be asked for by name; rename them, for example by var_names_make_unique()");
}

/// An ensemble is of models of the same data.
void require_same_data(const CellMnn& first, const std::string& first_path, const CellMnn& model,
                       const std::string& path) {
  const auto differs = [&](const std::string& in_what) {
    throw Error(ErrorCode::bad_input, path + " has " + in_what + " than " + first_path +
                                          ": an ensemble is trained on the same data");
  };
  if (model.gene_space.genes != first.gene_space.genes || model.config.dims != first.config.dims) {
    differs("other genes or another number of dimensions");
  }
  if (loadings_difference(first.gene_space, model.gene_space)) differs("other loadings");
  if (model.first_time() != first.first_time() || model.last_time() != first.last_time()) {
    differs("other times, " + number_text(model.first_time()) + " to " + number_text(model.last_time()) +
            " and not " + number_text(first.first_time()) + " to " + number_text(first.last_time()) + ",");
  }
  if (model.training_times != first.training_times) differs("other training times");
}

CellsOfFile cells_of(const DataFile& file) {
  const TimeCourse& data = file.data;
  CellsOfFile cells{Matrix<float>(data.cells(), data.dims()), Vector<double>(data.cells()), {}, {}};
  const Index genes = data.snapshots.front().expression.cols();
  if (genes > 0) cells.expression.resize(data.cells(), genes);
  Index begin = 0;
  for (std::size_t k = 0; k < data.snapshots.size(); ++k) {
    const Snapshot& snapshot = data.snapshots[k];
    const Index count = snapshot.cells.rows();
    cells.positions.middleRows(begin, count) = snapshot.cells;
    cells.times.segment(begin, count).setConstant(snapshot.time);
    cells.rows.insert(cells.rows.end(), file.rows[k].begin(), file.rows[k].end());
    if (genes > 0) cells.expression.middleRows(begin, count) = snapshot.expression;
    begin += count;
  }
  return cells;
}

}  // namespace

GeneInput read_gene_input(const std::vector<std::string>& models, const DataFlags& data, bool expression,
                          Session& session) {
  GeneInput input;
  std::optional<ModelFile> first_file;
  for (const std::string& path : models) {
    ModelFile file = read_model(path);
    if (file.model.gene_space.empty()) modelled_genes(file.model.gene_space);  // says what is missing
    if (!first_file) first_file = file;
    require_same_data(first_file->model, models.front(), file.model, path);
    input.models.push_back(std::move(file.model));
  }
  const GeneSpace& space = input.models.front().gene_space;
  warn_of_duplicates(space, session);

  DataFlags flags = data;
  flags.options.expression = expression;
  flags.options.gene_means = space.mean.size() == 0;
  input.file = read_input_of_model(flags, *first_file, session);
  warn_of_unused_weights(first_file->model, session);
  for (CellMnn& model : input.models) {
    complete_gene_space(model.gene_space, input.file);
    require_gene_means(model.gene_space);
  }
  input.cells = cells_of(input.file);
  return input;
}

std::string model_name(const GeneInput& input, const std::string& name) {
  const std::vector<std::string>& names = input.models.front().gene_space.genes;
  const std::vector<std::string>& aliases = input.file.gene_sources.aliases;
  if (aliases.size() != names.size() || std::find(names.begin(), names.end(), name) != names.end())
    return name;
  const auto found = std::find(aliases.begin(), aliases.end(), name);
  if (found == aliases.end() || std::find(found + 1, aliases.end(), name) != aliases.end()) return name;
  return names[static_cast<std::size_t>(found - aliases.begin())];
}

std::vector<CellGroup> cell_groups(const GeneInput& input, const std::optional<std::string>& by) {
  CellGroup all{"all", std::vector<Index>(input.cells.rows.size())};
  std::iota(all.rows.begin(), all.rows.end(), Index{0});
  std::vector<CellGroup> groups = {all};
  if (!by) return groups;
  if (*by == "time") {
    Index begin = 0;
    for (const Snapshot& snapshot : input.file.data.snapshots) {
      CellGroup group{"time " + number_text(snapshot.time),
                      std::vector<Index>(static_cast<std::size_t>(snapshot.cells.rows()))};
      std::iota(group.rows.begin(), group.rows.end(), begin);
      begin += snapshot.cells.rows();
      groups.push_back(std::move(group));
    }
    return groups;
  }
  const LabelColumn column = read_group_column(input.file.path, *by);
  for (const std::string& label : column.labels) groups.push_back({label, {}});
  for (const Index row : all.rows) {
    const std::int32_t code =
        column.codes[static_cast<std::size_t>(input.cells.rows[static_cast<std::size_t>(row)])];
    if (code >= 0) groups[static_cast<std::size_t>(code) + 1].rows.push_back(row);
  }
  std::erase_if(groups, [](const CellGroup& group) { return group.rows.empty(); });
  return groups;
}

const CellGroup& group_named(const std::vector<CellGroup>& groups, const std::string& option,
                             const std::string& name) {
  std::vector<std::string> names;
  for (const CellGroup& group : groups) {
    if (group.name == name) return group;
    names.push_back(group.name);
  }
  const std::string near = nearest(name, names);
  throw Error(ErrorCode::usage, option + " is '" + name + "', but the groups are " + quoted_list(names) +
                                    (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

}  // namespace cellmnn
