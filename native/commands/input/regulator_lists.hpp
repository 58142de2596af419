/// Lists of transcription factors that are part of the program.
#pragma once

#include <string_view>

namespace cellmnn {

/// Symbols, one a line, of "human" or "mouse"; empty for other names.
std::string_view shipped_regulators(std::string_view name);

}  // namespace cellmnn
