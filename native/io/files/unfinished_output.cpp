#include "native/io/files/unfinished_output.hpp"

#include <unistd.h>

#include <atomic>
#include <utility>

namespace cellmnn {

/// Of a list that only grows, without locks, so that a signal handler can read it at any moment.
struct UnfinishedOutput::Entry {
  std::atomic<const char*> name;  // null: free
  Entry* next;

  static Entry& of(const char* name);
  static std::atomic<Entry*> first;
};

std::atomic<UnfinishedOutput::Entry*> UnfinishedOutput::Entry::first = nullptr;

namespace {

bool remove(const char* name) { return ::unlink(name) == 0 || ::rmdir(name) == 0; }

}  // namespace

UnfinishedOutput::Entry& UnfinishedOutput::Entry::of(const char* name) {
  for (Entry* entry = first; entry != nullptr; entry = entry->next) {
    const char* none = nullptr;
    if (entry->name.compare_exchange_strong(none, name)) return *entry;
  }
  auto* entry = new Entry{name, first};
  while (!first.compare_exchange_weak(entry->next, entry)) {
  }
  return *entry;
}

UnfinishedOutput::UnfinishedOutput(std::string name)
    : name_(std::move(name)), entry_(&Entry::of(name_.c_str())) {}

UnfinishedOutput::~UnfinishedOutput() {
  if (entry_ == nullptr) return;
  remove(name_.c_str());
  keep();
}

void UnfinishedOutput::keep() {
  entry_->name = nullptr;
  entry_ = nullptr;
}

void UnfinishedOutput::remove_all() {
  for (bool removed = true; removed;) {  // a folder goes after what is in it
    removed = false;
    for (Entry* entry = Entry::first; entry != nullptr; entry = entry->next) {
      const char* name = entry->name;
      removed |= name != nullptr && remove(name);
    }
  }
}

}  // namespace cellmnn
