/// Outputs of a command that appear together.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cellmnn {

/// While one lives, outputs (output_file.hpp) that are finished keep their temporary names until appear(). If
/// the group ends before, they are removed, with the folders that were made for them. There is one at a time.
class OutputGroup {
 public:
  OutputGroup();
  ~OutputGroup();
  OutputGroup(const OutputGroup&) = delete;
  OutputGroup& operator=(const OutputGroup&) = delete;

  /// Throws bad_input with the system's reason.
  void appear();

  struct Output {
    std::string temporary, path;
  };
  void add(Output output) { outputs_.push_back(std::move(output)); }

  /// The deepest folder first.
  void add_folders(const std::vector<std::string>& made);

  /// The one that lives, or null.
  static OutputGroup* current();

 private:
  std::vector<Output> outputs_;
  std::vector<std::string> folders_;
};

}  // namespace cellmnn
