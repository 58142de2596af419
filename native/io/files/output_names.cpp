#include "native/io/files/output_names.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cellmnn/error.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

/// "a, b or c".
std::string listed(const std::vector<std::string>& endings) {
  std::string list;
  for (std::size_t i = 0; i < endings.size(); ++i) {
    list += (i == 0 ? "" : i + 1 == endings.size() ? " or " : ", ") + endings[i];
  }
  return list;
}

bool are_same(const std::string& a, const std::string& b) {
  const auto whole = [](const std::string& path) {
    return std::filesystem::absolute(path).lexically_normal();
  };
  std::error_code missing;
  return whole(a) == whole(b) || std::filesystem::equivalent(a, b, missing);
}

}  // namespace

bool is_standard_output(const std::string& path) {
  return path == "-" || path == "/dev/stdout" || path == "/dev/fd/1" || path == "/proc/self/fd/1";
}

bool is_stream(const std::string& path) {
  if (is_standard_output(path)) return true;
  std::error_code missing;
  const std::filesystem::file_status status = std::filesystem::status(path, missing);
  return std::filesystem::is_other(status);
}

void check_ending(const std::string& option, const std::string& path,
                  const std::vector<std::string>& endings) {
  if (path.empty() || is_stream(path)) return;
  const std::string name = lower_case(path);
  if (std::any_of(endings.begin(), endings.end(),
                  [&](const std::string& ending) { return name.ends_with(ending); })) {
    return;
  }
  throw Error(ErrorCode::usage, option + " is '" + path + "', but must end in " + listed(endings));
}

void check_outputs_differ(const std::vector<std::pair<std::string, std::string>>& outputs) {
  for (auto output = outputs.begin(); output != outputs.end(); ++output) {
    for (auto other = outputs.begin(); other != output; ++other) {
      if (output->second.empty() || other->second.empty() || output->second == "/dev/null") continue;
      if (!are_same(output->second, other->second)) continue;
      throw Error(ErrorCode::usage, other->first + " and " + output->first + " are both '" + output->second +
                                        "', but each needs a file of its own");
    }
  }
}

}  // namespace cellmnn
