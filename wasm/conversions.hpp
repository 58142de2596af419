/// Data sets and genes between C++ and JavaScript; boundary.hpp has numbers and arrays.
#pragma once

#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/time_course.hpp"
#include "wasm/boundary.hpp"

namespace cellmnn::boundary {

inline SerialExecutor serial;  ///< more speed comes from more workers

template <typename Item, typename From>
emscripten::val list_of(const std::vector<Item>& items, const From& from) {
  emscripten::val list = emscripten::val::array();
  for (const Item& item : items) list.call<void>("push", from(item));
  return list;
}

/// From {names, loadings, mean or undefined}, or undefined for no genes. Throws bad_input if sizes differ.
GeneSpace to_gene_space(const emscripten::val& genes);
emscripten::val from_gene_space(const GeneSpace& space);

/// From {snapshots, genes or undefined}. Throws bad_input if no model can use it.
TimeCourse to_time_course(const emscripten::val& data);
emscripten::val from_time_course(const TimeCourse& course);

}  // namespace cellmnn::boundary
