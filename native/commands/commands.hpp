/// The commands of the program. Each adds its parser and what it does.
#pragma once

#include <CLI/App.hpp>

namespace cellmnn {

void add_demo(CLI::App& program);
void add_inspect(CLI::App& program);
void add_preprocess(CLI::App& program);
void add_train(CLI::App& program);
void add_evaluate(CLI::App& program);
void add_predict(CLI::App& program);
void add_network(CLI::App& program);
void add_perturb(CLI::App& program);
void add_annotate(CLI::App& program);
void add_export(CLI::App& program);
void add_simulate(CLI::App& program);

}  // namespace cellmnn
