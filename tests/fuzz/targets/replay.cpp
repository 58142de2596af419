/// Feeds the files of CORPUS/TARGET/ to each target, without libFuzzer: replay CORPUS...
#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "targets.hpp"

namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int count, char** arguments) {
  int files = 0;
  for (int i = 1; i < count; ++i) {
    for (const auto& folder : fs::directory_iterator(arguments[i])) {
      if (!folder.is_directory()) continue;
      try {
        const auto& target = cellmnn::fuzzing::target_named(folder.path().filename().string());
        for (const auto& file : fs::directory_iterator(folder.path())) {
          std::cout << file.path().string() << std::endl;  // the last one is the one that failed
          const std::string bytes = content_of(file.path());
          cellmnn::fuzzing::feed(target, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
          ++files;
        }
      } catch (const std::exception& error) {
        std::cerr << "no Error of ours: " << error.what() << '\n';
        return 1;
      }
    }
  }
  std::cout << files << " files\n";
  return files > 0 ? 0 : 1;
}
