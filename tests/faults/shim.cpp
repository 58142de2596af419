// A library for LD_PRELOAD: calls of the system fail, transfer less, or are the last ones of the program.
//
// FAULT_FOLDER   only files below this folder are concerned
// FAULT_CALL     write, read, open, sync, rename, mkdir, truncate, copy or unlink
// FAULT_UNIT     call or byte: what is counted
// FAULT_AT       the number of the call, or of the byte, that is struck; -1 strikes none
// FAULT_HOW      once, onwards, or second (every second one)
// FAULT_ERROR    the errno of a struck call; 0 transfers half of what was asked; -1 kills the program; -2
// moves the
//                folder out/ away before the call
// FAULT_COUNTER  a file of 8 bytes that gets the count
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

constexpr int kHalf = 0, kKill = -1, kMoveFolder = -2;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

struct Plan {
  std::string folder = environment("FAULT_FOLDER"), call = environment("FAULT_CALL");
  std::string how = environment("FAULT_HOW");
  bool by_bytes = environment("FAULT_UNIT") == "byte";
  long at = std::atol(environment("FAULT_AT").c_str());
  int error = std::atoi(environment("FAULT_ERROR").c_str());
  std::atomic<long>* counter = nullptr;

  Plan() {
    const auto file = static_cast<int>(
        ::syscall(SYS_openat, AT_FDCWD, environment("FAULT_COUNTER").c_str(), O_RDWR | O_CLOEXEC));
    if (file < 0) return;
    void* memory = ::mmap(nullptr, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::syscall(SYS_close, file);
    if (memory != MAP_FAILED) counter = static_cast<std::atomic<long>*>(memory);
  }
};

const Plan& plan() {
  static const Plan the_plan;
  return the_plan;
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

bool is_below_folder(const char* path) {
  char* whole = ::realpath(std::string(path).substr(0, std::string_view(path).rfind('/')).c_str(), nullptr);
  const bool below = whole != nullptr && std::string_view(whole).starts_with(plan().folder);
  std::free(whole);
  return below;
}

bool is_below_folder(int file) {
  char target[4096];
  const ssize_t length = ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), target, sizeof target);
  return length > 0 && std::string_view(target, static_cast<std::size_t>(length)).starts_with(plan().folder);
}

template <typename Place>
bool concerns(std::string_view call, Place place) {
  return plan().counter != nullptr && plan().call == call && is_below_folder(place);
}

int fail() {
  errno = plan().error;
  return -1;
}

/// Whether a struck call fails: it may also be the last one, or succeed in another world.
bool is_failure() {
  if (plan().error == kKill) ::raise(SIGKILL);
  if (plan().error != kMoveFolder) return true;
  ::syscall(SYS_renameat2, AT_FDCWD, (plan().folder + "/out").c_str(), AT_FDCWD,
            (plan().folder + "/gone").c_str(), 0);
  return false;
}

bool is_struck() {
  const long number = plan().counter->fetch_add(1);
  if (plan().at < 0) return false;
  if (plan().how == "second") return number % 2 == 0;
  return plan().how == "once" ? number == plan().at : number >= plan().at;
}

/// A call that returns 0 or -1.
template <typename Place, typename Call>
int called(std::string_view name, Place place, const Call& call) {
  return concerns(name, place) && is_struck() && is_failure() ? fail() : call();
}

/// A call that transfers bytes.
template <typename Transfer>
ssize_t transferred(std::string_view name, int file, std::size_t bytes, const Transfer& transfer) {
  if (!concerns(name, file)) return transfer(bytes);
  if (!plan().by_bytes) {
    if (!is_struck()) return transfer(bytes);
    if (plan().error == kHalf) return transfer((bytes + 1) / 2);
    return is_failure() ? fail() : transfer(bytes);
  }
  const auto asked = static_cast<long>(bytes);
  const long before = plan().counter->fetch_add(asked);
  const long allowed = plan().at < 0 ? asked : std::clamp(plan().at - before, 0L, asked);
  if (allowed == asked) return transfer(bytes);
  const ssize_t done = allowed == 0 ? fail() : transfer(static_cast<std::size_t>(allowed));
  if (plan().error == kKill) ::raise(SIGKILL);
  return done;
}

/// What open() is given after its flags, if a file may be made.
mode_t mode_in(va_list rest, int flags) { return (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0; }

}  // namespace

// The names of the C library's parameters are reserved.
// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
extern "C" {

ssize_t write(int file, const void* data, size_t bytes) {
  static auto* const real = next<decltype(write)>("write");
  return transferred("write", file, bytes, [&](size_t n) { return real(file, data, n); });
}

ssize_t pwrite(int file, const void* data, size_t bytes, off_t offset) {
  static auto* const real = next<decltype(pwrite)>("pwrite");
  return transferred("write", file, bytes, [&](size_t n) { return real(file, data, n, offset); });
}

ssize_t pwrite64(int file, const void* data, size_t bytes, off64_t offset) {
  return pwrite(file, data, bytes, offset);
}

ssize_t read(int file, void* data, size_t bytes) {
  static auto* const real = next<decltype(read)>("read");
  return transferred("read", file, bytes, [&](size_t n) { return real(file, data, n); });
}

ssize_t pread(int file, void* data, size_t bytes, off_t offset) {
  static auto* const real = next<decltype(pread)>("pread");
  return transferred("read", file, bytes, [&](size_t n) { return real(file, data, n, offset); });
}

ssize_t pread64(int file, void* data, size_t bytes, off64_t offset) {
  return pread(file, data, bytes, offset);
}

ssize_t sendfile(int to, int from, off_t* offset, size_t bytes) {
  static auto* const real = next<decltype(sendfile)>("sendfile");
  return transferred("copy", to, bytes, [&](size_t n) { return real(to, from, offset, n); });
}

ssize_t sendfile64(int to, int from, off64_t* offset, size_t bytes) {
  return sendfile(to, from, offset, bytes);
}

int open(const char* path, int flags, ...) {
  static auto* const real = next<decltype(open)>("open");
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_in(rest, flags);
  va_end(rest);
  return called("open", path, [&] { return real(path, flags, mode); });
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_in(rest, flags);
  va_end(rest);
  return open(path, flags | O_LARGEFILE, mode);
}

int fsync(int file) {
  static auto* const real = next<decltype(fsync)>("fsync");
  return called("sync", file, [&] { return real(file); });
}

int rename(const char* from, const char* to) noexcept {
  static auto* const real = next<int(const char*, const char*)>("rename");
  return called("rename", to, [&] { return real(from, to); });
}

int unlink(const char* path) noexcept {
  static auto* const real = next<int(const char*)>("unlink");
  return called("unlink", path, [&] { return real(path); });
}

int mkdir(const char* path, mode_t mode) noexcept {
  static auto* const real = next<int(const char*, mode_t)>("mkdir");
  return called("mkdir", path, [&] { return real(path, mode); });
}

int ftruncate(int file, off_t size) noexcept {
  static auto* const real = next<int(int, off_t)>("ftruncate");
  return called("truncate", file, [&] { return real(file, size); });
}

int ftruncate64(int file, off64_t size) noexcept { return ftruncate(file, size); }
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
