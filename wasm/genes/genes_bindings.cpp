/// The names under which JavaScript sees genes_calls.hpp. They are private: the public API is wasm/package.
#include <emscripten/bind.h>

#include "wasm/boundary.hpp"
#include "wasm/genes/genes_calls.hpp"

using emscripten::allow_raw_pointers;
using emscripten::class_;
using emscripten::function;

namespace calls = cellmnn::genes_calls;

template <auto Function>
constexpr auto guarded = &cellmnn::boundary::Guarded<Function>::call;

EMSCRIPTEN_BINDINGS(cellmnn_genes) {
  class_<cellmnn::NetworkHandle>("_Network");

  function("_fitNetwork", guarded<calls::fit_network>, allow_raw_pointers());
  function("_networkParts", guarded<calls::network_parts>);
  function("_edgeEvidence", guarded<calls::edge_evidence>);
  function("_heldGene", guarded<calls::held_gene>);

  function("_knownFates", guarded<calls::known_fates>);
  function("_fates", guarded<calls::fates>);
  function("_clouds", guarded<calls::clouds>);
  function("_labelFlows", guarded<calls::label_flows>);
  function("_drivers", guarded<calls::drivers>);
  function("_trends", guarded<calls::trends>);
  function("_fateChange", guarded<calls::fate_change>);

  function("_liveHandles", guarded<calls::live_handles>);
}
