#include "targets.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "cellmnn/error.hpp"
#include "native/io/counts/counts_file.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/journal.hpp"
#include "native/io/files/json_reader.hpp"
#include "native/io/files/text_file.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/models/options_json.hpp"
#include "native/io/models/safetensors.hpp"
#include "native/io/numpy/npz.hpp"
#include "native/io/tables/column_table.hpp"
#include "native/io/tables/known_edges.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn::fuzzing {
namespace {

namespace fs = std::filesystem;

/// What is read once must be read again from what was written.
void require(bool ok, const char* what) {
  if (!ok) throw std::logic_error(what);
}

void safetensors(const std::string& path) {
  const std::string once = safetensors_bytes(parse_safetensors(read_file(path), path));
  require(safetensors_bytes(parse_safetensors(once, path)) == once,
          "safetensors differ when they are read again");
}

void model(const std::string& path) {
  const std::string once = model_bytes(parse_model(read_file(path), path));
  require(model_bytes(parse_model(once, path)) == once, "a model differs when it is read again");
}

void checkpoint(const std::string& path) {
  const Checkpoint once = read_checkpoint(path);
  write_checkpoint(path, once);
  const std::string bytes = read_file(path);
  write_checkpoint(path, read_checkpoint(path));
  require(read_file(path) == bytes, "a checkpoint differs when it is read again");
}

void npz(const std::string& path) {
  const NpzFile file(path);
  for (const NpzFile::Array& array : file.arrays()) {
    try {
      if (array.header.numeric()) file.numbers(array.name);
      if (array.header.numeric() && array.header.shape.size() == 2) file.columns(array.name, 1);
      if (array.header.text()) file.texts(array.name);
    } catch (const Error&) {  // the next one may be readable
    }
  }
}

void data(const std::string& path) {
  DataOptions options;
  options.expression = true;
  options.gene_means = true;
  try {
    read_data(path, options);
  } catch (const Error&) {  // perhaps of the genes only
  }
  read_data(path, {});
}

void counts(const std::string& path) {
  CountsOptions options;
  options.quiet = true;
  read_counts(path, options);
  options.transpose = true;
  read_counts(path, options);
}

/// The three files of a folder, each after a record separator of ASCII.
void folder_10x(const std::string& path) {
  const std::string bytes = read_file(path);
  const fs::path folder = fs::path(path).parent_path() / "folder";
  fs::create_directories(folder);
  std::string_view rest = bytes;
  for (const char* name : {"matrix.mtx", "features.tsv", "barcodes.tsv"}) {
    const std::size_t end = std::min(rest.find('\x1e'), rest.size());
    std::ofstream(folder / name, std::ios::binary) << rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  counts(folder);
}

void known_edges(const std::string& path) { read_known_edges(path); }

void column_table(const std::string& path) {
  const ColumnTable table(path);
  for (const char* column : {"cell", "day"}) {
    if (table.has(column)) table.numbers(column, "cellmnn");
  }
}

void journal(const std::string& path) {
  const nlohmann::ordered_json header = {{"format", "fuzz"}};
  std::size_t entries = 0;
  {
    Journal file(path, header);
    entries = file.entries().size();
    file.open();
    file.append({{"more", 1}});
  }
  require(Journal(path, header).entries().size() == entries + 1, "a journal has lost an entry");
}

void options(const std::string& path) {
  const auto json = parse_json<nlohmann::json>(read_text(path));
  if (json.is_discarded()) return;
  try {
    require(train_options_from_json(to_json(train_options_from_json(json))).steps >= 0, "no steps");
  } catch (const nlohmann::json::exception&) {  // TensorFile, who calls it, makes an Error of it
  } catch (const Error&) {
  }
  try {
    model_config_from_json(json);
  } catch (const nlohmann::json::exception&) {
  }
}

void labels(const std::string& path) {
  std::istringstream lines(read_text(path));
  for (std::string line; std::getline(lines, line);) {
    try {
      time_of_label(line);
    } catch (const Error&) {
    }
  }
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> all = {
      {"safetensors", "input.safetensors", safetensors},
      {"model", "input.safetensors", model},
      {"checkpoint", "input.checkpoint", checkpoint},
      {"npz", "input.npz", npz},
      {"data_npz", "input.npz", data},
      {"data_csv", "input.csv", data},
      {"data_h5ad", "input.h5ad", data},
      {"counts_npz", "input.npz", counts},
      {"counts_csv", "input.csv", counts},
      {"counts_h5ad", "input.h5ad", counts},
      {"counts_10x_h5", "input.h5", counts},
      {"counts_10x", "input", folder_10x},
      {"known_edges", "input.tsv", known_edges},
      {"column_table", "input.tsv", column_table},
      {"gzip_table", "input.tsv.gz", column_table},
      {"journal", "input.jsonl", journal},
      {"options", "input.json", options},
      {"labels", "input.txt", labels},
  };
  return all;
}

}  // namespace cellmnn::fuzzing
