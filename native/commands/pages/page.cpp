#include "native/commands/pages/page.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "cellmnn/rng.hpp"
#include "native/commands/pages/base64.hpp"
#include "native/commands/pages/page_expression.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/h5ad/group_column.hpp"
#include "native/io/h5ad/projections.hpp"
#include "native/io/models/safetensors.hpp"
#include "native/io/models/tensor_file.hpp"

namespace cellmnn {
namespace {

constexpr const char* kPage = "page.html";
constexpr const char* kGenesModule = "genes_module.js";
constexpr std::string_view kPlace = "<!--cellmnn-data-->";
constexpr const char* kProjection = "projection.";

/// Takes `kept` of `total` in their order, each with the same probability (Knuth's selection sampling).
class Sample {
 public:
  Sample(Index total, Index kept, std::uint64_t seed) : left_(total), wanted_(kept), rng_(seed) {}

  bool takes_next() {
    const bool taken = static_cast<Index>(rng_.below(static_cast<std::uint64_t>(left_))) < wanted_;
    --left_;
    wanted_ -= taken ? 1 : 0;
    return taken;
  }

 private:
  Index left_, wanted_;
  Rng rng_;
};

/// Whether the names tell more than the number of a row.
bool worth_a_search(const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.find_first_not_of("0123456789") != std::string::npos;
  });
}

struct PageCells {
  std::string bytes;
  std::vector<Index> rows;  ///< of the file, in the order of the page
  bool labelled = false;
};

PageCells page_cells(const DataFile& file, const PageOptions& options) {
  PageCells page;
  const Index total = file.data.cells();
  const Index count = std::min(total, options.most_cells);
  std::vector<float> cells;
  std::vector<double> time;
  Sample sample(total, count, options.seed);
  const std::vector<GroupColumn> groups = group_columns(file.path, options.group_key, file.time_key);
  std::vector<std::vector<float>> codes(groups.size());
  const std::vector<Projection> projections = read_projections(file.path, file.embedding_key);
  std::vector<std::vector<float>> places(projections.size());
  nlohmann::json names = nlohmann::json::array();
  const bool named = worth_a_search(file.names);
  for (std::size_t k = 0; k < file.data.snapshots.size(); ++k) {
    const Snapshot& snapshot = file.data.snapshots[k];
    for (Index i = 0; i < snapshot.cells.rows(); ++i) {
      if (!sample.takes_next()) continue;
      const auto row = snapshot.cells.row(i);
      cells.insert(cells.end(), row.data(), row.data() + row.size());
      time.push_back(snapshot.time);
      const Index in_file = file.rows[k][static_cast<std::size_t>(i)];
      const auto place = static_cast<std::size_t>(in_file);
      page.rows.push_back(in_file);
      for (std::size_t g = 0; g < groups.size(); ++g) {
        codes[g].push_back(static_cast<float>(groups[g].column.codes[place]));
      }
      if (named) names.push_back(file.names[place]);
      for (std::size_t p = 0; p < projections.size(); ++p) {
        const auto at = projections[p].places.row(in_file);
        places[p].insert(places[p].end(), at.data(), at.data() + at.size());
      }
    }
  }
  nlohmann::json labels = nlohmann::json::array();
  for (const Snapshot& one : file.data.snapshots) labels.push_back({one.time, one.label});
  SafeTensors tensors;
  tensors.metadata = {{"format", "cellmnn-cells/1"},
                      {"title", options.title},
                      {"total", std::to_string(total)},
                      {"time_labels", metadata_text(labels)},
                      {"time_unit", file.time_unit}};
  tensors.tensors["cells"] = {{count, file.data.dims()}, std::move(cells)};
  tensors.tensors["time"] = {{count}, std::move(time)};
  tensors.tensors["row"] = {{count}, std::vector<double>(page.rows.begin(), page.rows.end())};
  nlohmann::json group_names = nlohmann::json::array();
  for (std::size_t g = 0; g < groups.size(); ++g) {
    group_names.push_back({groups[g].name, groups[g].column.labels});
    tensors.tensors["group." + std::to_string(g)] = {{count}, std::move(codes[g])};
  }
  tensors.metadata["groups"] = metadata_text(group_names);
  if (named) tensors.metadata["names"] = metadata_text(names);
  for (std::size_t p = 0; p < projections.size(); ++p) {
    tensors.tensors[kProjection + projections[p].name] = {{count, 2}, std::move(places[p])};
  }
  page.bytes = safetensors_bytes(tensors);
  page.labelled = !groups.empty();
  return page;
}

std::string text_element(const std::string& id, const std::string& text) {
  return "<script type=\"text/plain\" id=\"" + id + "\">" + text + "</script>\n";
}

std::string element(const std::string& id, const std::string& bytes) {
  return text_element(id, base64(bytes));
}

/// A script as text that ends no element: in a script such places are strings, where the stroke says nothing.
std::string embeddable(std::string script) {
  constexpr std::string_view kEnd = "</script", kEscaped = "<\\/script";
  for (std::size_t at = script.find(kEnd); at != std::string::npos; at = script.find(kEnd, at)) {
    script.replace(at, kEnd.size(), kEscaped);
  }
  return script;
}

std::filesystem::path folder_of_page() {
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe");
  return program.parent_path().parent_path() / "share" / "cellmnn";
}

/// A file that the page needs and that is not there, or nothing.
std::filesystem::path missing_part() {
  for (const char* part : {kPage, kGenesModule}) {
    if (std::filesystem::path path = folder_of_page() / part; !std::filesystem::exists(path)) return path;
  }
  return {};
}

}  // namespace

bool page_is_built() { return missing_part().empty(); }

std::filesystem::path page_folder() {
  if (const std::filesystem::path missing = missing_part(); !missing.empty()) {
    throw Error(ErrorCode::bad_input,
                "the page is not here: there is no " + missing.string() +
                    "; releases bring it, and in the sources 'scripts/build-page' makes it");
  }
  return folder_of_page();
}

std::string page_html(const std::string& model_bytes, const DataFile& file, const PageOptions& options) {
  const std::filesystem::path path = page_folder() / kPage;
  std::string page = read_file(path);
  const std::size_t place = page.find(kPlace);
  if (place == std::string::npos) throw file_error(path, "is no page of this version");
  const PageCells cells = page_cells(file, options);
  const std::string expression = page_expression(file, cells.rows, options.network_genes);
  std::string elements = element("cellmnn-model", model_bytes) + element("cellmnn-cells", cells.bytes);
  if (!expression.empty()) elements += element("cellmnn-expression", expression);
  if (const std::string truth = page_truth(file, options.truth); !truth.empty()) {
    elements += element("cellmnn-truth", truth);
  }
  if (options.is_alone && (cells.labelled || !expression.empty())) {
    elements += text_element("cellmnn-genes", embeddable(read_file(page_folder() / kGenesModule)));
  }
  page.replace(place, kPlace.size(), elements);
  return page;
}

}  // namespace cellmnn
