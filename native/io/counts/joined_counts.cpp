#include "native/io/counts/joined_counts.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "cellmnn/error.hpp"
#include "native/io/counts/counts_formats.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

/// Flags of the genes of the first file that all have.
std::vector<bool> common_genes(const std::vector<CountsBlocks>& files) {
  std::vector<bool> common(files.front().genes.size(), true);
  for (const CountsBlocks& file : files) {
    const std::unordered_set<std::string> genes(file.genes.begin(), file.genes.end());
    for (std::size_t g = 0; g < common.size(); ++g) {
      common[g] = common[g] && genes.count(files.front().genes[g]) > 0;
    }
    if (std::any_of(common.begin(), common.end(), [](bool flag) { return flag; })) continue;
    throw file_error(file.path, "has no gene that the files before it have: its genes are called " +
                                    quoted_list(file.genes) + ", those of " + files.front().path + " " +
                                    quoted_list(files.front().genes) + ": expected the same kind of names");
  }
  return common;
}

/// The file with the genes `places` alone, in their order.
SharedBlocks with_genes(CountsBlocks& file, const std::unordered_map<std::string, std::int32_t>& places) {
  std::vector<std::int32_t> targets;
  std::vector<std::string> left_out;
  for (const std::string& gene : file.genes) {
    const auto found = places.find(gene);
    targets.push_back(found == places.end() ? -1 : found->second);
    if (found == places.end()) left_out.push_back(gene);
  }
  if (!left_out.empty()) {
    file.warnings.push_back(counted(std::ssize(left_out), "gene") + " of " +
                            std::to_string(file.genes.size()) +
                            " that not all files have left out: " + quoted_list(left_out));
  }
  const auto columns = static_cast<Index>(places.size());
  return changed(file.values, columns,
                 [targets, columns](SparseMatrix& rows) { move_columns(rows, targets, columns); });
}

/// One column of the cells of all files: numbers where all that have it have numbers, else text; missing
/// where a file has none.
LabelColumn joined_column(const std::vector<CountsBlocks>& files, const std::string& name) {
  bool numbers = true;
  for (const CountsBlocks& file : files) {
    const LabelColumn* column = find_column(file.obs, name);
    numbers = numbers && (column == nullptr || !column->numbers.empty() || column->labels.empty());
  }
  LabelColumn joined;
  std::unordered_map<std::string, std::int32_t> codes;
  for (const CountsBlocks& file : files) {
    const LabelColumn* column = find_column(file.obs, name);
    if (column == nullptr) {
      joined.codes.resize(joined.codes.size() + file.cells.size(), -1);
      continue;
    }
    std::vector<std::int32_t> code_of;
    for (std::size_t k = 0; k < column->labels.size(); ++k) {
      const auto [entry, is_new] = codes.emplace(column->labels[k], std::ssize(joined.labels));
      if (is_new) joined.labels.push_back(column->labels[k]);
      if (is_new && numbers) joined.numbers.push_back(column->numbers[k]);
      code_of.push_back(entry->second);
    }
    for (const std::int32_t code : column->codes) {
      joined.codes.push_back(code < 0 ? -1 : code_of[static_cast<std::size_t>(code)]);
    }
  }
  return joined;
}

FrameColumns joined_columns(const std::vector<CountsBlocks>& files) {
  FrameColumns columns;
  for (const CountsBlocks& file : files) {
    for (const auto& [name, unused] : file.obs) {
      if (find_column(columns, name) == nullptr) columns.emplace_back(name, joined_column(files, name));
    }
  }
  return columns;
}

/// "day0" of data/day0.csv.gz; whole paths where these are not all different.
std::vector<std::string> short_names(const std::vector<std::string>& paths) {
  std::vector<std::string> names;
  for (const std::string& path : paths) {
    std::filesystem::path name = std::filesystem::path(path).filename();
    if (lower_case(name.string()).ends_with(".gz")) name = name.stem();
    names.push_back(std::filesystem::is_directory(path) ? name.string() : name.stem().string());
  }
  const std::set<std::string> distinct(names.begin(), names.end());
  return distinct.size() == names.size() && distinct.count("") == 0 ? names : paths;
}

LabelColumn file_column(const std::vector<CountsBlocks>& files, const std::vector<std::string>& paths) {
  LabelColumn column;
  column.labels = short_names(paths);
  for (std::size_t i = 0; i < files.size(); ++i) {
    column.codes.resize(column.codes.size() + files[i].cells.size(), static_cast<std::int32_t>(i));
  }
  return column;
}

}  // namespace

CountsBlocks open_joined_counts(const std::vector<std::string>& paths, const CountsOptions& options) {
  const std::set<std::string> distinct(paths.begin(), paths.end());
  if (distinct.size() < paths.size()) throw Error(ErrorCode::usage, "one of the files is given twice");
  std::vector<CountsBlocks> files;
  files.reserve(paths.size());
  for (const std::string& path : paths) files.push_back(open_counts(path, options));
  if (files.size() == 1) return std::move(files.front());

  const std::vector<bool> common = common_genes(files);
  CountsBlocks joined;
  std::unordered_map<std::string, std::int32_t> places;
  std::vector<Index> kept_genes;
  for (std::size_t g = 0; g < common.size(); ++g) {
    if (!common[g]) continue;
    kept_genes.push_back(static_cast<Index>(g));
    places.emplace(files.front().genes[g], static_cast<std::int32_t>(joined.genes.size()));
    joined.genes.push_back(files.front().genes[g]);
  }
  joined.path = paths.front() + " and " + counted(std::ssize(paths) - 1, "other file");
  joined.format = "joined";
  joined.layers = files.front().layers;
  joined.obs = joined_columns(files);
  std::erase_if(joined.obs, [](const auto& column) { return column.first == kFileColumn; });
  joined.obs.emplace_back(kFileColumn, file_column(files, paths));
  std::vector<SharedBlocks> sources;
  for (CountsBlocks& file : files) {
    sources.push_back(with_genes(file, places));
    joined.cells.insert(joined.cells.end(), file.cells.begin(), file.cells.end());
    for (const std::string& warning : file.warnings) joined.warnings.push_back(file.path + ": " + warning);
  }
  joined.values = one_after_the_other(std::move(sources));
  for (const auto& [name, column] : files.front().var)
    joined.var.emplace_back(name, at_rows(column, kept_genes));
  make_unique(joined.cells, "cell", joined);
  return joined;
}

}  // namespace cellmnn
