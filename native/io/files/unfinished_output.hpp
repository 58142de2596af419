/// Names that are to vanish unless an output is finished.
#pragma once

#include <string>

namespace cellmnn {

/// A file, or a folder made for files, that is removed with this object unless it is kept. Nothing need exist
/// under the name. remove_all() knows all that live.
class UnfinishedOutput {
 public:
  explicit UnfinishedOutput(std::string name);
  ~UnfinishedOutput();
  UnfinishedOutput(const UnfinishedOutput&) = delete;
  UnfinishedOutput& operator=(const UnfinishedOutput&) = delete;

  const std::string& name() const { return name_; }

  /// It stays when the object ends.
  void keep();

  /// For a process that ends without destructors. May be called by a signal handler.
  static void remove_all();

 private:
  struct Entry;

  const std::string name_;
  Entry* entry_;  // null when kept
};

}  // namespace cellmnn
