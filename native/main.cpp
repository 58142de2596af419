#include <cerrno>
#include <cstring>
#include <exception>
#include <iostream>
#include <new>
#include <string>

#include "cellmnn/error.hpp"
#include "cellmnn/simd.hpp"
#include "native/command_line/command.hpp"
#include "native/commands/commands.hpp"

namespace {

constexpr int kInternalError = 1;

void add_commands(cellmnn::Program& program) {
  cellmnn::add_demo(program);
  cellmnn::add_inspect(program);
  cellmnn::add_preprocess(program);
  cellmnn::add_train(program);
  cellmnn::add_evaluate(program);
  cellmnn::add_predict(program);
  cellmnn::add_network(program);
  cellmnn::add_perturb(program);
  cellmnn::add_annotate(program);
  cellmnn::add_simulate(program);
  cellmnn::add_export(program);
}

int report(int code, const std::string& message) {
  const bool interrupted = code == static_cast<int>(cellmnn::ErrorCode::interrupted);
  std::cerr << "cellmnn: " << (interrupted ? "" : "error: ") << message << "\n";
  return code;
}

int run(int argc, const char* const* argv) {
  cellmnn::Program program("cellmnn",
                           "Learn, test and predict single-cell dynamics from snapshot time courses.",
                           "cellmnn " CELLMNN_VERSION " (" + std::string(cellmnn::simd_level()) + ")",
                           "A first try:\n"
                           "  cellmnn demo\n"
                           "Then, for the options and an example of a command:\n"
                           "  cellmnn COMMAND --help");
  add_commands(program);
  if (argc < 2) {
    std::cout << program.help();
  } else {
    program.parse_and_run(argc, argv);
  }
  std::cout.flush();
  if (!std::cout) {
    throw cellmnn::Error(cellmnn::ErrorCode::bad_input,
                         std::string("cannot write to standard output: ") + std::strerror(errno));
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const cellmnn::Error& error) {
    return report(static_cast<int>(error.code()), error.what());
  } catch (const std::bad_alloc&) {
    return report(static_cast<int>(cellmnn::ErrorCode::bad_input), "the data need more memory than there is");
  } catch (const std::exception& error) {
    return report(kInternalError, std::string("internal error, please report it: ") + error.what());
  }
}
