/// The bench `step` for node: `node cellmnn_bench_step.js [dense|eigen] [repeats]`.
#include <cstdlib>
#include <exception>
#include <iostream>

#include "benches.hpp"

int main(int argc, char** argv) {
  try {
    cellmnn::StepBench step;
    if (argc > 1) step.operator_kind = argv[1];
    if (argc > 2) step.repeats = std::atoi(argv[2]);
    cellmnn::SerialExecutor executor;
    std::cout << bench_step(step, executor) << '\n';
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
