#include "native/io/files/journal_file.hpp"

#include <cerrno>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>
#include <utility>

#include "native/io/files/input_file.hpp"
#include "native/io/files/json_reader.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/utf8.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

constexpr const char* kFormat = "cellmnn-journal/1";

/// The first value in which two headers differ, as "NAME was A and is B"; empty if there is none.
std::string difference(const ordered_json& before, const ordered_json& now, const std::string& name = "") {
  if (before == now) return "";
  if (!before.is_object() || !now.is_object())
    return name + " was " + json_text(before) + " and is " + json_text(now);
  for (const auto& [key, value] : now.items()) {
    std::string found = difference(before.value(key, ordered_json()), value, key);
    if (!found.empty()) return found;
  }
  return "it has settings that this version does not know";
}

}  // namespace

JournalFile::JournalFile(std::string path, const ordered_json& header) : path_(std::move(path)) {
  ordered_json first = {{"format", kFormat}};
  first.update(header);
  std::error_code unknown;
  const bool begun = std::filesystem::exists(path_, unknown) && InputFile(path_).size() > 0;
  if (begun) read(first);
  file_.open(path_, std::ios::app);
  if (!file_) throw file_error(path_, "cannot be opened: " + std::system_category().message(errno));
  if (!begun) append(first);
}

void JournalFile::read(const ordered_json& header) {
  const std::string bytes = read_file(path_);
  std::size_t begin = 0;
  bool is_header = true;
  for (std::size_t end; (end = bytes.find('\n', begin)) != std::string::npos; begin = end + 1) {
    const auto line = parse_json<ordered_json>(std::string_view(bytes).substr(begin, end - begin));
    if (is_header) {
      if (!line.is_object() || line.value("format", ordered_json()) != kFormat) break;
      const std::string differs = difference(line, header);
      if (!differs.empty()) {
        throw file_error(path_, "is a journal of other data or options: " + differs +
                                    "; give those of the journal, or another --journal");
      }
      is_header = false;
    } else {
      if (!line.is_object()) throw file_error(path_, "has a damaged line: begin another --journal");
      entries_.push_back(line);
    }
  }
  if (is_header) throw file_error(path_, "exists and is not a journal of 'cellmnn evaluate'");
  if (begin < bytes.size()) std::filesystem::resize_file(path_, begin);
}

void JournalFile::append(const ordered_json& entry) {
  const std::lock_guard<std::mutex> lock(mutex_);
  file_ << json_text(entry) << std::endl;
  if (!file_) throw file_error(path_, "cannot be written: " + reason_of(errno));
}

}  // namespace cellmnn
