/// Objects that JavaScript holds and has to delete, and how many there are.
#pragma once

namespace cellmnn {

struct Handle {
  static inline int live = 0;
  Handle() { ++live; }
  ~Handle() { --live; }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
};

}  // namespace cellmnn
