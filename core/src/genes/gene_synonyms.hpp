/// The official symbols of genes that many people call by another name.
#pragma once

#include <string>

namespace cellmnn {

/// "POU5F1" for "OCT4", whatever the letter case; or "" if no such name is known here.
std::string official_symbol(const std::string& common_name);

}  // namespace cellmnn
