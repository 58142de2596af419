/// What JavaScript can call. bindings.cpp names these functions; wasm/package documents them for users.
#pragma once

#include <emscripten/val.h>

#include <optional>
#include <string>

#include "cellmnn/model.hpp"
#include "cellmnn/trainer.hpp"
#include "cellmnn/two_sided.hpp"
#include "wasm/handle.hpp"

namespace cellmnn {

struct ModelHandle : Handle {
  CellMnn model;
  std::optional<CellMnn> reversed;  ///< of a model with two sides

  TwoSidedModel two_sided() const;  ///< throws bad_input for a model with one side
};

struct TrainerHandle : Handle {
  TrainerHandle(const TimeCourse& data, const TrainOptions& options);
  Trainer trainer;
};

namespace calls {

using emscripten::val;

// Model: cells {data, shape (N, D)}, t a list of N times.
ModelHandle* load_model(val parts);  ///< the fields of model_parts()
/// config, time, mean, std, parameters, genes or undefined; `reversed`, the other parameters, of a model with
/// two sides
val model_parts(const ModelHandle& handle);
val layer_shapes(val config);  ///< [outputs, inputs] of each layer of the encoder
/// A clause of data_match.hpp with the way out, or undefined.
val data_difference(const ModelHandle& handle, val known, val data, val names);
/// Has the arguments of data_difference(), since another signature would make the module larger.
val converted_times(const ModelHandle& handle, val times, val from, val to);
/// (T, N, D); far away they are NaN if `or_nan`, else refused.
val predict(const ModelHandle& handle, val cells, val t, val times, bool or_nan);
val weights(const ModelHandle& handle, val cells, val t, val times);  ///< (T, N) of a model with mass
val velocity(const ModelHandle& handle, val cells, val t);            ///< (N, D)
val operators(const ModelHandle& handle, val cells, val t);           ///< (N, D, D)
val eigenvalues(const ModelHandle& handle, val cells, val t);         ///< (N, D, 2)
/// All cells at a time: points, weights, before, sources, after, targets; `pool`, `spread` and `bend` are
/// numbers, or undefined for the usual ones. Throws bad_input for a model with one side.
val population(const ModelHandle& handle, val data, double time, val pool, val spread, val bend, val bridge,
               double seed);

// Genes: of a model that has them.
/// The `top` strongest mean effects over the cells; `regulators` are names, or undefined for all;
/// `degradation` is a rate, or undefined for the usual one.
val interactions(const ModelHandle& handle, val cells, val t, val regulators, double top, val degradation);
/// The cells (N, D) with new expression = factor * old + plus of one gene.
val changed_cells(const ModelHandle& handle, val cells, std::string gene, double factor, double plus);
/// Names of the genes most like it in loadings and mean expression in the cells (N, D).
val similar_genes(const ModelHandle& handle, val cells, std::string gene, double count);
/// What the same change does to the mean prediction at `time`, beside controls; W1 if `with_w1`.
val perturbation_report(const ModelHandle& handle, val cells, val t, std::string gene, double factor,
                        double plus, double time, double controls, bool with_w1);

// Training. Options have the names of option_table.hpp.
val train_options(std::string preset);
TrainerHandle* create_trainer(val data, val options);
/// Steps until the time is over, `most_steps` are done or all are; at least one. The loss is that of the
/// last. Throws usage if all steps were done before.
val run(TrainerHandle& handle, double budget_ms, double most_steps);
ModelHandle* trained_model(const TrainerHandle& handle);

// Scores.
val method_names();
val score_method(val data, double time, std::string method);
val score_model(const ModelHandle& handle, val data, double time);
val score_population(const ModelHandle& handle, val data, double time);  ///< undefined where there is none
double wasserstein(val a, val b, int order);
double mmd(val a, val b, double sigma);

// Data.
val principal_components(val x, double dims);
val simulate_options();
/// All of simulate_options(), or of a small system: system, times, cells, knockedOut; then also genes,
/// kinds.
val simulate_data(val options);

// About the module.
int live_handles();
std::string instruction_set();

}  // namespace calls
}  // namespace cellmnn
