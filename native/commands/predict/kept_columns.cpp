#include "native/commands/predict/kept_columns.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "cellmnn/error.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"

namespace cellmnn {
namespace {

/// What has to be known of a column before its first rows are written, or nothing if no cell has a value. Of
/// numbers this is only that they are numbers.
std::optional<LabelCounts> labels_of(const H5adFrame& obs, const std::string& name) {
  LabelCounts labels;
  bool any = false;
  for (Index begin = 0; begin < obs.rows(); begin += kValuesAtOnce) {
    const LabelColumn block = obs.column(name, {begin, std::min(begin + kValuesAtOnce, obs.rows())});
    any = any || has_values(block);
    const bool is_known = !labels.numbers.empty() && !labels.ordered;
    if (!is_known) labels.add(block);
  }
  return any ? std::optional(labels) : std::nullopt;
}

}  // namespace

KeptColumns kept_columns(const std::string& path, Session& session) {
  KeptColumns kept;
  if (!lower_case(path).ends_with(".h5ad")) return kept;
  const auto obs = std::make_shared<H5adFrame>(hdf5::Node::open(path), "obs");
  std::vector<std::string> empty;
  for (const std::string& name : obs->columns()) {
    try {
      if (const auto labels = labels_of(*obs, name)) {
        kept.names.push_back(name);
        kept.labels.emplace(name, *labels);
      } else {
        empty.push_back(name);
      }
    } catch (const ReadFailure&) {
      throw;
    } catch (const Error& error) {
      session.warn(std::string(error.what()) + "; the column is left out");
    }
  }
  if (!empty.empty()) session.warn("left out, as no cell has a value: " + quoted_list(empty));
  kept.read = [obs](const std::string& name, RowRange rows) { return obs->column(name, rows); };
  return kept;
}

}  // namespace cellmnn
