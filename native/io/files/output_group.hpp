/// Outputs of a command that appear together.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "native/io/files/unfinished_output.hpp"

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
    std::unique_ptr<UnfinishedOutput> temporary;
    std::string path;
  };
  void add(Output output) { outputs_.push_back(std::move(output)); }

  /// The deepest folder first.
  void add_folders(const std::vector<std::string>& made);

  /// The one that lives, or null.
  static OutputGroup* current();

 private:
  std::vector<std::unique_ptr<UnfinishedOutput>> folders_;  // the outermost first
  std::vector<Output> outputs_;
};

}  // namespace cellmnn
