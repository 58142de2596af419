#include "native/commands/perturb/screen_part.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "cellmnn/error.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/json_difference.hpp"
#include "native/io/files/json_reader.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/utf8.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

constexpr const char* kPartFormat = "cellmnn-screen-part/1";

struct PartFile {
  WorkPart part{};
  Screen screen;
};

/// The lines of a file that ends with a whole one, as JSON.
std::vector<ordered_json> json_lines(const std::string& path) {
  const std::string bytes = read_file(path);
  std::vector<ordered_json> lines;
  std::size_t begin = 0;
  for (std::size_t end; (end = bytes.find('\n', begin)) != std::string::npos; begin = end + 1)
    lines.push_back(parse_json<ordered_json>(std::string_view(bytes).substr(begin, end - begin)));
  if (begin < bytes.size()) lines.emplace_back(ordered_json::value_t::discarded);
  return lines;
}

PartFile read_part(const std::string& path) {
  std::vector<ordered_json> lines = json_lines(path);
  const bool is_part = !lines.empty() && lines.front().is_object() &&
                       lines.front().value("format", ordered_json()) == kPartFormat;
  if (!is_part) {
    throw file_error(
        path,
        "is not a part of a screen: --merge joins files that 'cellmnn perturb --screen-part K/N' "
        "has written");
  }
  try {
    const ordered_json header = lines.front();
    PartFile file;
    const auto whole_number = [&](const char* name) {
      return header.at(name).is_number_unsigned() ? header.at(name).get<std::size_t>() : 0;
    };
    file.part = {whole_number("part"), whole_number("parts")};
    header.at("kind").get_to(file.screen.kind);
    header.at("title").get_to(file.screen.title);
    header.at("note").get_to(file.screen.note);
    header.at("question").get_to(file.screen.question);
    file.screen.rows.assign(lines.begin() + 1, lines.end());
    const bool whole =
        header.at("rows") == file.screen.rows.size() &&
        std::none_of(lines.begin(), lines.end(), [](const ordered_json& line) { return !line.is_object(); });
    const bool numbered = file.part.number >= 1 && file.part.number <= file.part.of;
    if (whole && numbered) return file;
  } catch (const nlohmann::json::exception&) {
  }
  throw file_error(path, "is a damaged part of a screen: make it again by --screen-part");
}

void write_screen_part(const std::string& path, const Screen& screen, const WorkPart& part) {
  const ordered_json header = {{"format", kPartFormat},
                               {"part", part.number},
                               {"parts", part.of},
                               {"kind", screen.kind},
                               {"question", ordered_json(screen.question)},
                               {"title", screen.title},
                               {"note", screen.note},
                               {"rows", screen.rows.size()}};
  OutputFile file(path);
  file.write(json_text(header) + "\n");
  for (const ordered_json& row : screen.rows) file.write(json_text(row) + "\n");
  file.finish();
}

}  // namespace

std::pair<std::size_t, std::size_t> rows_of_part(const std::optional<WorkPart>& part, std::size_t count,
                                                 std::size_t together) {
  return part.value_or(WorkPart{1, 1}).rows(count, together);
}

void give_screen(const Screen& screen, const std::optional<WorkPart>& part, const std::string& output,
                 std::ostream& out) {
  if (part) {
    write_screen_part(output, screen, *part);
  } else {
    tell_screen(screen, output, out);
  }
}

Screen merged_screen(const std::vector<std::string>& paths) {
  std::map<std::size_t, std::string> path_of;  // by the number of the part
  std::map<std::size_t, PartFile> parts;
  for (const std::string& path : paths) {
    PartFile file = read_part(path);
    const std::size_t number = file.part.number;
    if (!parts.empty()) {
      const PartFile& other = parts.begin()->second;
      const std::string& other_path = path_of.begin()->second;
      const std::string differs =
          json_difference(ordered_json(other.screen.question), ordered_json(file.screen.question));
      if (!differs.empty()) {
        throw file_error(path, std::string("is a part of another screen than ")
                                   .append(other_path)
                                   .append(": ")
                                   .append(differs)
                                   .append("; give the parts of one screen"));
      }
      if (other.part.of != file.part.of) {
        throw file_error(path, "is part " + file.part.text() + ", but " + other_path + " is part " +
                                   other.part.text() + ": give the parts of one screen");
      }
    }
    if (path_of.count(number) > 0) {
      throw file_error(
          path, "is part " + file.part.text() + ", as " + path_of.at(number) + " is: give each part once");
    }
    path_of[number] = path;
    parts.emplace(number, std::move(file));
  }
  Screen screen = parts.begin()->second.screen;
  screen.rows.clear();
  const std::size_t of = parts.begin()->second.part.of;
  for (std::size_t number = 1; number <= of; ++number) {
    const auto found = parts.find(number);
    if (found == parts.end()) {
      throw Error(ErrorCode::bad_input, "part " + WorkPart{number, of}.text() + " is missing: --merge got " +
                                            std::to_string(parts.size()) + " of " + std::to_string(of) +
                                            " parts, but needs all");
    }
    std::vector<ordered_json>& rows = found->second.screen.rows;
    std::move(rows.begin(), rows.end(), std::back_inserter(screen.rows));
  }
  return screen;
}

}  // namespace cellmnn
