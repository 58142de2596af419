/// Output that appears under its name only when it is whole.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace cellmnn {

/// Throws bad_input, before any work is done, if `path` could not be written: its folder does not
/// exist, it is a folder, or permission is missing. `inputs` are files that must not be overwritten.
void check_writable(const std::string& path, std::initializer_list<std::string_view> inputs = {});

/// Writes to a temporary name beside `path`, flushes and renames. Throws bad_input with the system's
/// reason (disk full, ...) and leaves nothing behind. Character devices are written to directly.
void write_file(const std::string& path, std::string_view bytes);

}  // namespace cellmnn
