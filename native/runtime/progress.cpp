#include "native/runtime/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <utility>

#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::int64_t kBarWidth = 20;
constexpr std::string_view kEraseLine = "\r\x1b[K";

bool stderr_is_terminal() {
  const char* term = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && term != nullptr && std::string_view(term) != "dumb";
}

std::size_t terminal_width() {
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

}  // namespace

Progress::Progress(std::string label, std::string unit, std::int64_t total, bool quiet, std::int64_t begin)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      total_(std::max<std::int64_t>(total, 1)),  // of nothing, nothing is shown
      begin_(begin),
      done_(begin),
      quiet_(quiet),
      terminal_(!quiet && stderr_is_terminal()),
      tenths_(begin * 10 / total_) {}

Progress::~Progress() {
  if (terminal_) std::cerr << kEraseLine << std::flush;
}

void Progress::advance(std::int64_t count, const std::string& note) {
  const std::lock_guard<std::mutex> lock(mutex_);
  done_ += count;
  if (quiet_) return;
  const Clock::time_point now = Clock::now();
  if (terminal_) {
    if (now - last_drawn_ >= std::chrono::milliseconds(100)) draw_bar(now, note);
  } else if (done_ * 10 / total_ > tenths_) {
    print_line(now, note);
  }
}

void Progress::draw_bar(Clock::time_point now, const std::string& note) {
  last_drawn_ = now;
  const std::int64_t filled = done_ * kBarWidth / total_;
  std::string bar(static_cast<std::size_t>(filled), '=');
  if (filled < kBarWidth) bar += '>';
  bar.resize(static_cast<std::size_t>(kBarWidth), ' ');
  std::string line = label_ + " [" + bar + "] " + grouped(done_) + "/" + grouped(total_);
  if (!note.empty()) line += "  " + note;
  line += "  " + rate(now);
  if (done_ > begin_) {
    const double elapsed = std::chrono::duration<double>(now - start_).count();
    line += "  " +
            duration(elapsed / static_cast<double>(done_ - begin_) * static_cast<double>(total_ - done_)) +
            " left";
  }
  line.resize(std::min(line.size(), terminal_width() - 1));  // a line that wraps could not be erased
  std::cerr << kEraseLine << line << std::flush;
}

void Progress::print_line(Clock::time_point now, const std::string& note) {
  tenths_ = done_ * 10 / total_;
  std::cerr << label_ << " " << tenths_ * 10 << " %  " << unit_ << " " << grouped(done_) << "/"
            << grouped(total_) << (note.empty() ? "" : "  " + note) << "  " << rate(now) << "\n";
}

std::string Progress::rate(Clock::time_point now) const {
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  if (elapsed <= 0) return "";
  const double per_second = static_cast<double>(done_ - begin_) / elapsed;
  return fixed(per_second, per_second < 10 ? 1 : 0) + " " + unit_ + "s/s";
}

}  // namespace cellmnn
