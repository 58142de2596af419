/// The commands of the program. Each adds its parser and what it does.
#pragma once

namespace cellmnn {

class Program;

void add_demo(Program& program);
void add_inspect(Program& program);
void add_preprocess(Program& program);
void add_train(Program& program);
void add_evaluate(Program& program);
void add_predict(Program& program);
void add_fates(Program& program);
void add_plot(Program& program);
void add_report(Program& program);
void add_network(Program& program);
void add_perturb(Program& program);
void add_annotate(Program& program);
void add_export(Program& program);
void add_simulate(Program& program);

}  // namespace cellmnn
