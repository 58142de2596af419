/// Screens that several processes do in parts, each of which is a file.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "native/commands/perturb/screen.hpp"
#include "native/commands/shared/part.hpp"

namespace cellmnn {

/// First and last, not included, of all rows or those of a part.
std::pair<std::size_t, std::size_t> rows_of_part(const std::optional<WorkPart>& part, std::size_t count,
                                                 std::size_t together = 1);

/// Tells a whole screen (screen.hpp); a part is only written to `output`.
void give_screen(const Screen& screen, const std::optional<WorkPart>& part, const std::string& output,
                 std::ostream& out);

/// The whole screen. Throws bad_input for files that are no parts, parts of several questions, parts that are
/// missing or there twice.
Screen merged_screen(const std::vector<std::string>& paths);

}  // namespace cellmnn
