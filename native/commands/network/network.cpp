/// cellmnn network: which gene acts on which, and how well that is known.
#include <memory>

#include "native/command_line/command.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/network/lagged_read_out.hpp"
#include "native/commands/network/operator_read_out.hpp"

namespace cellmnn {

void add_network(Program& program) {
  Command command = program.add_command("network", "Read signed interactions of genes from cells over time");
  const auto flags = std::make_shared<NetworkFlags>();
  flags->add_to(command);
  command.footer(
      "The effect of a lagged edge is that of the source's earlier level on the target, by logistic\n"
      "regression on levels between 0 and 1. It says what goes before what, and proves no binding.\n"
      "The effect of an operator is G_ij e_j: the rate of the target's production, minus what it would be\n"
      "without the regulator, to first order in the space of components. null_z compares with shuffled\n"
      "loadings; these have heavy tails, so it is no p-value.\n"
      "\n"
      "Examples:\n"
      "  cellmnn network cells.h5ad -o edges.tsv --regulators factors.txt\n"
      "  cellmnn network cells.h5ad --treatment-from 0 --truth trrust_rawdata.human.tsv\n"
      "  cellmnn network eb.safetensors eb.h5ad -o edges.tsv --by time");
  command.on_run([flags] {
    flags->complete();
    in_session("network", flags->general, flags->input_files(), [&](Session& session) {
      if (flags->read_out == "operator") {
        read_out_operator(*flags, session);
      } else {
        read_out_lagged(*flags, session);
      }
    });
  });
}

}  // namespace cellmnn
