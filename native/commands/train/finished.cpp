#include "native/commands/train/finished.hpp"

#include <nlohmann/json.hpp>

#include "cellmnn/two_sided.hpp"
#include "native/io/files/output_group.hpp"
#include "native/io/files/text.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/models/provenance.hpp"

namespace cellmnn {

void Finished::write_models(const std::vector<std::string>& paths) const {
  OutputGroup outputs;
  for (std::size_t k = 0; k < paths.size(); ++k) {
    const auto set = static_cast<Index>(k);
    ModelFile file{networks.forward.model(set),
                   provenance(files[k], trained_on[k], networks.forward.options(), run.last_loss()),
                   std::nullopt};
    if (sizes) know_sizes(file.model, trained_on[k], *sizes, executor);
    if (choice) file.provenance["selection"] = choice->json();
    if (networks.reversed) {
      file.reversed = reversed_model(file.model, networks.reversed->model(set).parameters);
      file.provenance["reversed"] =
          reversed_provenance(networks.reversed->options(), run.last_reversed_loss());
    }
    write_model(paths[k], file);
  }
  outputs.appear();
}

void Finished::save_after_failure(const std::vector<std::string>& paths, const Error& failure) const {
  if (!run.recovered_step()) throw failure;
  write_models(paths);
  throw Error(ErrorCode::numerical, std::string(failure.what()) + "; the last good model, of step " +
                                        grouped(*run.recovered_step()) + ", is saved as " +
                                        joined(paths, ", "));
}

}  // namespace cellmnn
