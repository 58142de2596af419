#include "native/io/files/journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "native/io/files/input_file.hpp"
#include "native/io/files/json_difference.hpp"
#include "native/io/files/json_reader.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/process_name.hpp"
#include "native/io/files/system_calls.hpp"
#include "native/io/files/utf8.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

constexpr const char* kFormat = "cellmnn-journal/1";
constexpr std::string_view kBeginning = R"({"format":"cellmnn-journal/1")";
constexpr std::string_view kOwnEnding = ".jsonl";

/// Whether a text without the end of a line is a header that was cut off.
bool is_cut_header(std::string_view text) {
  const std::size_t compared = std::min(text.size(), kBeginning.size());
  return text.substr(0, compared) == kBeginning.substr(0, compared);
}

std::vector<std::string> files_of_folder(const std::string& path) {
  std::vector<std::string> files;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(path, failure)) {
    if (entry.path().extension() == kOwnEnding) files.push_back(entry.path().string());
  }
  if (failure && failure != std::errc::no_such_file_or_directory)
    throw file_error(path, "cannot be read: " + failure.message());
  std::sort(files.begin(), files.end());
  return files;
}

struct OpenFile {
  int descriptor;

  explicit OpenFile(int opened) : descriptor(opened) {}
  ~OpenFile() {
    if (descriptor >= 0) ::close(descriptor);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
};

Error journal_in_use(const std::string& path) {
  return file_error(path,
                    "another process writes to this journal: wait for it, or give a folder as --journal, in "
                    "which each process has a file of its own");
}

Error journal_not_written(const std::string& path, int code) {
  return file_error(path, "cannot be written: " + reason_of(code));
}

}  // namespace

bool names_folder(const std::string& path) {
  std::error_code unknown;
  return path.ends_with('/') || std::filesystem::is_directory(path, unknown);
}

Journal::Journal(std::string path, const ordered_json& header) : path_(std::move(path)) {
  header_ = {{"format", kFormat}};
  header_.update(header);
  std::error_code unknown;
  if (names_folder(path_)) {
    for (const std::string& file : files_of_folder(path_)) read(file);
  } else if (std::filesystem::exists(path_, unknown)) {
    read(path_);
  }
}

Journal::~Journal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Journal::read(const std::string& file) {
  const std::string bytes = read_file(file);
  std::size_t begin = 0;
  for (std::size_t end; (end = bytes.find('\n', begin)) != std::string::npos; begin = end + 1) {
    const auto line = parse_json<ordered_json>(std::string_view(bytes).substr(begin, end - begin));
    if (begin > 0) {
      if (!line.is_object())
        throw file_error(file, "has a damaged line: remove it, or begin another journal");
      entries_.push_back(line);
      continue;
    }
    if (!line.is_object() || line.value("format", ordered_json()) != kFormat)
      throw file_error(file, "exists and is not a journal of 'cellmnn evaluate'");
    const std::string differs = json_difference(line, header_);
    if (differs.empty()) continue;
    throw file_error(file, "is a journal of other data or options: " + differs +
                               "; give those, or remove it to begin anew");
  }
  if (begin == 0 && !is_cut_header(bytes))
    throw file_error(file, "exists and is not a journal of 'cellmnn evaluate'");
  size_ = bytes.size();
  whole_ = begin;
}

void Journal::open() {
  if (descriptor_ >= 0) return;
  if (names_folder(path_)) {
    open_own_file();
    write_line(header_);
  } else {
    open_shared_file();
    if (whole_ == 0) write_line(header_);
  }
}

void Journal::open_shared_file() {
  file_ = path_;
  OpenFile file(open_file(file_, O_RDWR | O_CREAT | O_APPEND));
  if (file.descriptor < 0) throw file_error(file_, "cannot be opened: " + reason_of(errno));
  if (::flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) throw journal_in_use(file_);
  struct stat status = {};
  if (::fstat(file.descriptor, &status) != 0) throw journal_not_written(file_, errno);
  if (static_cast<std::uint64_t>(status.st_size) != size_) throw journal_in_use(file_);
  if (size_ > whole_ && ::ftruncate(file.descriptor, static_cast<off_t>(whole_)) != 0)
    throw journal_not_written(file_, errno);
  descriptor_ = std::exchange(file.descriptor, -1);
}

/// A new file has no other writer, also where a file system has no locks.
void Journal::open_own_file() {
  make_folder(path_);
  const std::string name = process_name();
  for (int n = 1; descriptor_ < 0; ++n) {
    const std::string number = n == 1 ? "" : "." + std::to_string(n);
    file_ = (std::filesystem::path(path_) / name).string().append(number).append(kOwnEnding);
    descriptor_ = open_file(file_, O_WRONLY | O_CREAT | O_EXCL | O_APPEND);
    if (descriptor_ < 0 && errno != EEXIST) throw journal_not_written(path_, errno);
  }
}

void Journal::append(const ordered_json& entry) {
  const std::lock_guard<std::mutex> lock(mutex_);
  write_line(entry);
}

void Journal::write_line(const ordered_json& line) {
  // After a line that was cut off there is no other one.
  if (failure_ == 0 && !write_all(descriptor_, json_text(line) + "\n")) failure_ = errno;
  if (failure_ != 0) throw journal_not_written(file_, failure_);
}

}  // namespace cellmnn
