#include "native/io/counts/counts_file.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <new>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "native/io/counts/counts_formats.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/name_kinds.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/text_file.hpp"
#include "native/runtime/progress.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

using Reader = CountsBlocks (*)(const std::string&, const CountsOptions&);

Reader reader_for(const std::string& path) {
  const std::string name = lower_case(path);
  if (std::filesystem::is_directory(path)) return read_10x_counts;
  if (name.ends_with(".h5ad") || name.ends_with(".h5mu")) return read_h5ad_counts;
  if (name.ends_with(".npz")) return read_npz_counts;
  if (name.ends_with(".h5") || name.ends_with(".hdf5")) return read_10x_h5_counts;
  if (is_table_name(path)) return read_csv_counts;
  if (name.ends_with(".mtx") || name.ends_with(".mtx.gz")) return read_10x_counts;
  throw file_error(path,
                   "has an unknown ending, expected .h5ad, .h5mu, .h5 of 10x, .npz, .csv, .tsv, .txt (also "
                   ".gz), .mtx or a folder with matrix.mtx");
}

/// Numbers where all values are numbers or missing, else text.
LabelColumn typed_column(const std::vector<std::string>& values) {
  std::vector<double> numbers;
  for (const std::string& value : values) {
    const std::optional<double> number = is_missing(value) ? std::nan("") : parse_number(value);
    if (!number) return label_column(values);
    numbers.push_back(*number);
  }
  return label_column(numbers);
}

/// Adds the columns of a csv whose first column holds the names of the cells; those of the same name go.
void add_obs(const std::string& path, CountsTable& file) {
  CsvReader reader(path);
  std::vector<std::string> fields;
  const std::vector<std::string> header = reader.header();
  if (header.size() < 2) {
    throw file_error(path, "expected a header line, with the names of the cells in the first column");
  }
  std::unordered_map<std::string, std::vector<std::string>> rows;
  while (reader.next(fields)) {
    if (fields.size() != header.size()) {
      throw file_error(path, "line " + std::to_string(reader.line()) + " has " +
                                 std::to_string(fields.size()) + " fields where the header has " +
                                 std::to_string(header.size()));
    }
    if (!rows.emplace(fields[0], fields).second) {
      throw file_error(
          path, "line " + std::to_string(reader.line()) + ": the cell '" + fields[0] + "' comes twice");
    }
  }
  std::vector<std::vector<std::string>> columns(header.size());
  std::unordered_set<std::string_view> seen;
  for (const std::string& cell : file.cells) {
    if (!seen.insert(cell).second) {
      throw file_error(file.path, "the cell '" + cell +
                                      "' comes twice, so --obs cannot say which is meant: "
                                      "give the cells of each sample names of their own");
    }
    const auto row = rows.find(cell);
    if (row == rows.end()) {
      throw file_error(path, "has no row for the cell '" + cell + "' of " + file.path +
                                 ": its first column must hold the names of all cells");
    }
    for (std::size_t i = 1; i < header.size(); ++i) columns[i].push_back(row->second[i]);
  }
  for (std::size_t i = 1; i < header.size(); ++i) {
    const std::string name(trimmed(header[i]));
    std::erase_if(file.obs, [&](const auto& column) { return column.first == name; });
    file.obs.emplace_back(name, typed_column(columns[i]));
  }
}

/// Refuses genes in rows where names give them away, and warns where they may.
void check_orientation(CountsTable& file, const CountsOptions& options) {
  const OrientationGuess guess = orientation_of(file.cells, file.genes);
  const bool genes = guess.orientation == Orientation::genes_in_rows;
  if (!genes && guess.orientation != Orientation::likely_genes_in_rows) return;
  std::string sentence = "genes seem to be in rows and cells in columns (" + guess.reason + ")";
  if (options.transpose) {
    sentence =
        "after --transpose, genes are in rows and cells in columns (" + guess.reason + "): leave it out";
  } else {
    sentence += ": say --transpose";
  }
  if (genes) throw file_error(file.path, sentence);
  file.warnings.push_back(sentence + " if they are");
}

template <typename T>
void keep_flagged(std::vector<T>& values, const std::vector<bool>& flags) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!flags[i]) continue;
    if (kept != i) values[kept] = std::move(values[i]);
    ++kept;
  }
  values.resize(kept);
}

/// Rows become columns, with their names and tables.
void transpose(CountsBlocks& file) {
  const SparseMatrix x = file.values->take_all();
  file.values = blocks_of(sparse_matrix(x.columns, x.rows, [&](const auto& visit) {
    for (Index row = 0; row < x.rows; ++row) {
      x.for_row(row, [&](Index column, float value) { visit(column, row, value); });
    }
  }));
  std::swap(file.cells, file.genes);
  std::swap(file.obs, file.var);
}

/// What f() returns; that memory does not suffice becomes a sentence about the file.
template <typename F>
auto within_memory(const std::string& path, const F& f) {
  try {
    return f();
  } catch (const std::bad_alloc&) {
    throw file_error(path, "does not fit into memory");
  } catch (const std::length_error&) {
    throw file_error(path, "does not fit into memory");
  }
}

}  // namespace

CountsBlocks open_counts(const std::string& path, const CountsOptions& options) {
  return within_memory(path, [&] {
    CountsBlocks file = reader_for(path)(path, options);
    if (options.transpose && file.format != "csv") transpose(file);
    if (file.cells.empty() || file.genes.empty()) {
      throw file_error(path, "has " + counted(static_cast<std::int64_t>(file.cells.size()), "cell") +
                                 " and " + counted(static_cast<std::int64_t>(file.genes.size()), "gene"));
    }
    check_orientation(file, options);
    if (!options.obs.empty()) add_obs(options.obs, file);
    make_unique(file.cells, "cell", file);
    make_unique(file.genes, "gene", file);
    return file;
  });
}

CountsFile read_counts(const std::string& path, const CountsOptions& options) {
  return within_memory(path, [&] {
    CountsBlocks blocks = open_counts(path, options);
    CountsFile file;
    static_cast<CountsTable&>(file) = std::move(static_cast<CountsTable&>(blocks));
    SharedBlocks source = blocks.values;
    Progress progress("reading", "cell", 2 * source->rows(), options.quiet || source->in_memory());
    const Index columns = source->columns();
    source =
        changed(std::move(source), columns, [&](const SparseMatrix& rows) { progress.advance(rows.rows); });
    file.values = source->take_all();
    check_finite(file, file.values, 0);
    return file;
  });
}

void check_finite(const CountsTable& table, const SparseMatrix& values, Index first_cell) {
  for (Index row = 0; row < values.rows; ++row) {
    values.for_row(row, [&](Index gene, float value) {
      if (std::isfinite(value)) return;
      throw file_error(table.path, "gene '" + table.genes[static_cast<std::size_t>(gene)] + "' of cell '" +
                                       table.cells[static_cast<std::size_t>(first_cell + row)] + "' is " +
                                       number_text(value) + ", expected a number");
    });
  }
}

void make_unique(std::vector<std::string>& names, const std::string& what, CountsTable& file) {
  std::unordered_set<std::string> taken(names.begin(), names.end()), seen;
  std::unordered_map<std::string, Index> last;
  std::vector<std::string> examples;
  for (std::string& name : names) {
    if (seen.insert(name).second) continue;
    const std::string before = name;
    do {
      name = before;
      name.append("-").append(std::to_string(++last[before]));
    } while (!taken.insert(name).second);
    examples.push_back(before);
    examples.back().append(" -> ").append(name);
  }
  if (examples.empty()) return;
  file.warnings.push_back(counted(static_cast<std::int64_t>(examples.size()), what) +
                          " had the name of another and got a new one: " + quoted_list(examples));
}

void keep(CountsTable& table, const std::vector<bool>& cells, const std::vector<bool>& genes) {
  keep_flagged(table.cells, cells);
  keep_flagged(table.genes, genes);
  for (auto& [name, column] : table.obs) keep_flagged(column.codes, cells);
  for (auto& [name, column] : table.var) keep_flagged(column.codes, genes);
}

void keep(CountsFile& file, const std::vector<bool>& cells, const std::vector<bool>& genes) {
  keep(static_cast<CountsTable&>(file), cells, genes);
  keep(file.values, cells, genes);
}

}  // namespace cellmnn
