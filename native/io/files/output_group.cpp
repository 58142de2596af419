#include "native/io/files/output_group.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <iterator>

#include "native/io/files/input_file.hpp"
#include "native/io/files/output_file.hpp"

namespace cellmnn {
namespace {

OutputGroup* living_group = nullptr;

}  // namespace

OutputGroup* OutputGroup::current() { return living_group; }

OutputGroup::OutputGroup() { living_group = this; }

OutputGroup::~OutputGroup() {
  living_group = nullptr;
  outputs_.clear();
  while (!folders_.empty()) folders_.pop_back();
}

void OutputGroup::add_folders(const std::vector<std::string>& made) {
  std::transform(made.rbegin(), made.rend(), std::back_inserter(folders_),
                 [](const std::string& folder) { return std::make_unique<UnfinishedOutput>(folder); });
}

void OutputGroup::appear() {
  while (!outputs_.empty()) {
    const Output& output = outputs_.front();
    if (::rename(output.temporary->name().c_str(), output.path.c_str()) != 0)
      throw file_error(output.path, "cannot be written: " + reason_of(errno));
    output.temporary->keep();
    outputs_.erase(outputs_.begin());
  }
  for (const auto& folder : folders_) folder->keep();
  folders_.clear();
}

}  // namespace cellmnn
