/// The names under which JavaScript sees calls.hpp. They are private: the public API is wasm/package.
#include <emscripten/bind.h>

#include "wasm/boundary.hpp"
#include "wasm/calls/calls.hpp"

using emscripten::allow_raw_pointers;
using emscripten::class_;
using emscripten::function;

namespace calls = cellmnn::calls;

template <auto Function>
constexpr auto guarded = &cellmnn::boundary::Guarded<Function>::call;

EMSCRIPTEN_BINDINGS(cellmnn) {
  class_<cellmnn::ModelHandle>("_Model");
  class_<cellmnn::TrainerHandle>("_Trainer");

  function("_loadModel", guarded<calls::load_model>, allow_raw_pointers());
  function("_modelParts", guarded<calls::model_parts>);
  function("_layerShapes", guarded<calls::layer_shapes>);
  function("_predict", guarded<calls::predict>);
  function("_weights", guarded<calls::weights>);
  function("_velocity", guarded<calls::velocity>);
  function("_dataDifference", guarded<calls::data_difference>);
  function("_convertedTimes", guarded<calls::converted_times>);
  function("_operators", guarded<calls::operators>);
  function("_eigenvalues", guarded<calls::eigenvalues>);
  function("_population", guarded<calls::population>);
  function("_interactions", guarded<calls::interactions>);
  function("_changedCells", guarded<calls::changed_cells>);
  function("_similarGenes", guarded<calls::similar_genes>);
  function("_perturbationReport", guarded<calls::perturbation_report>);

  function("_trainOptions", guarded<calls::train_options>);
  function("_createTrainer", guarded<calls::create_trainer>, allow_raw_pointers());
  function("_run", guarded<calls::run>);
  function("_trainedModel", guarded<calls::trained_model>, allow_raw_pointers());

  function("_methodNames", guarded<calls::method_names>);
  function("_scoreMethod", guarded<calls::score_method>);
  function("_scoreModel", guarded<calls::score_model>);
  function("_scorePopulation", guarded<calls::score_population>);
  function("_wasserstein", guarded<calls::wasserstein>);
  function("_mmd", guarded<calls::mmd>);

  function("_principalComponents", guarded<calls::principal_components>);
  function("_simulateOptions", guarded<calls::simulate_options>);
  function("_simulate", guarded<calls::simulate_data>);

  function("_liveHandles", guarded<calls::live_handles>);
  function("_instructionSet", guarded<calls::instruction_set>);
}
