#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <stdexcept>
#include <string>

#include "cellmnn/error.hpp"
#include "cellmnn/simd.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"

namespace {

constexpr int kInternalError = 1;

void add_commands(cellmnn::Program& program) {
  cellmnn::add_demo(program);
  cellmnn::add_inspect(program);
  cellmnn::add_preprocess(program);
  cellmnn::add_train(program);
  cellmnn::add_evaluate(program);
  cellmnn::add_predict(program);
  cellmnn::add_fates(program);
  cellmnn::add_plot(program);
  cellmnn::add_report(program);
  cellmnn::add_network(program);
  cellmnn::add_perturb(program);
  cellmnn::add_annotate(program);
  cellmnn::add_simulate(program);
  cellmnn::add_export(program);
}

/// Files that are opened must not get the numbers of closed standard streams: messages would be written into
/// them.
void open_standard_streams() {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
    if (::fcntl(stream, F_GETFD) < 0) ::open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY);
  }
}

int report(int code, const std::string& message) {
  const bool interrupted = code == static_cast<int>(cellmnn::ErrorCode::interrupted);
  std::cerr << "cellmnn: " << (interrupted ? "" : "error: ") << cellmnn::one_line(message) << "\n";
  return code;
}

int bad_input(const std::string& message) {
  return report(static_cast<int>(cellmnn::ErrorCode::bad_input), message);
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
                         std::string("cannot write to standard output: ") + cellmnn::reason_of(errno));
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  open_standard_streams();
  ::signal(SIGXFSZ, SIG_IGN);  // a limit of file sizes is reported as any other failure to write
  ::signal(SIGPIPE, SIG_IGN);  // and so is a reader that has gone: a training goes on without it
  try {
    return run(argc, argv);
  } catch (const cellmnn::Error& error) {
    return report(static_cast<int>(error.code()), cellmnn::message_of(error));
  } catch (const std::bad_alloc&) {
    return bad_input("the data need more memory than there is");
  } catch (const std::length_error&) {
    return bad_input("the data need more memory than there is");
  } catch (const std::filesystem::filesystem_error& error) {
    return bad_input(error.path1().string() + ": " + error.code().message());
  } catch (const std::exception& error) {
    return report(kInternalError, std::string("internal error, please report it: ") + error.what());
  }
}
