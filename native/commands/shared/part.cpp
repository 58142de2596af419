#include "native/commands/shared/part.hpp"

#include <algorithm>

#include "cellmnn/error.hpp"
#include "native/command_line/values.hpp"

namespace cellmnn {

std::pair<std::size_t, std::size_t> WorkPart::rows(std::size_t count, std::size_t together) const {
  const std::size_t groups = (count + together - 1) / together;
  const auto begin = [&](std::size_t before) { return std::min(count, groups * before / of * together); };
  return {begin(number - 1), begin(number)};
}

std::string WorkPart::text() const { return std::to_string(number) + "/" + std::to_string(of); }

WorkPart parse_part(const std::string& option, const std::string& text) {
  constexpr std::int64_t kMostParts = 100'000;
  const std::size_t slash = text.find('/');
  try {
    if (slash == std::string::npos) throw Error(ErrorCode::usage, "");
    const auto of = parse_whole(option, text.substr(slash + 1), 1, kMostParts);
    const auto number = parse_whole(option, text.substr(0, slash), 1, of);
    return {static_cast<std::size_t>(number), static_cast<std::size_t>(of)};
  } catch (const Error&) {
    throw Error(ErrorCode::usage, option + " is '" + text +
                                      "', but must be K/N with K from 1 to N, such as 2/8 for the second of "
                                      "eight parts");
  }
}

}  // namespace cellmnn
