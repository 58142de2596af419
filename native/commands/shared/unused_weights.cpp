#include "native/commands/shared/unused_weights.hpp"

namespace cellmnn {

void warn_of_unused_weights(const CellMnn& model, Session& session) {
  if (!model.config.mass) return;
  session.warn(
      "the model has mass (train --mass yes), but this command does not use the weights of cells: all count "
      "alike");
}

}  // namespace cellmnn
