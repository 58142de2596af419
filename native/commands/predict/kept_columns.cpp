#include "native/commands/predict/kept_columns.hpp"

#include "cellmnn/error.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"

namespace cellmnn {

std::vector<std::pair<std::string, LabelColumn>> kept_columns(const std::string& path, Session& session) {
  std::vector<std::pair<std::string, LabelColumn>> kept;
  if (!lower_case(path).ends_with(".h5ad")) return kept;
  const H5adFrame obs(hdf5::Node::open(path), "obs");
  std::vector<std::string> empty;
  for (const std::string& name : obs.columns()) {
    try {
      LabelColumn column = obs.column(name);
      if (has_values(column)) {
        kept.emplace_back(name, std::move(column));
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
  return kept;
}

}  // namespace cellmnn
