#include "native/io/files/output_group.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>

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
  for (const Output& output : outputs_) ::unlink(output.temporary.c_str());
  for (const std::string& folder : folders_) ::rmdir(folder.c_str());
}

void OutputGroup::add_folders(const std::vector<std::string>& made) {
  folders_.insert(folders_.begin(), made.begin(), made.end());
}

void OutputGroup::appear() {
  while (!outputs_.empty()) {
    const Output& output = outputs_.front();
    if (::rename(output.temporary.c_str(), output.path.c_str()) != 0)
      throw file_error(output.path, "cannot be written: " + reason_of(errno));
    outputs_.erase(outputs_.begin());
  }
  folders_.clear();
}

}  // namespace cellmnn
