/// The interactive page: one html file that holds a model and cells and needs no network.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "native/commands/pages/page_truth.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

struct PageOptions {
  std::string title;                     ///< of the data
  std::optional<std::string> group_key;  ///< obs column of labels; found if it has a usual name
  Index most_cells = 20'000;             ///< of more, this many are drawn
  std::uint64_t seed = 0;                ///< of that draw
  Index network_genes = 200;             ///< at most, whose expression comes along
  TruthFiles truth;                      ///< of simulated cells
  bool is_alone = true;                  ///< no files lie beside it: it holds the module of genes, too
};

/// Whether the page is built beside the program.
bool page_is_built();

/// The folder of the page's files: share/cellmnn beside the program's own folder. Throws bad_input with how
/// to make them if they are not there.
std::filesystem::path page_folder();

/// The page with a model's file and cells of its data in it. The cells are a safetensors file:
///   cells (N, D) F32, time (N) F64 ascending, row (N) F64 of the data, from 0, group.0, group.1, ... (N)
///   F32 place in the list of labels or -1, projection.NAME (N, 2) F32; metadata title, total (cells of the
///   data), time_labels (JSON list of [time, label]), time_unit (or empty), groups (JSON list of [name,
///   labels]), names (JSON list, unless they are plain numbers). Expression is that of page_expression.hpp,
///   the truth that of page_truth.hpp; the module of genes comes along in a page that is alone where there is
///   expression, or are labels.
std::string page_html(const std::string& model_bytes, const DataFile& file, const PageOptions& options);

}  // namespace cellmnn
