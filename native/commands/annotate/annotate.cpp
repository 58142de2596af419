/// cellmnn annotate: what a model says about the cells of an .h5ad file, in a copy of it.
#include <memory>

#include "cellmnn/error.hpp"
#include "cellmnn/fates.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/annotate/annotation.hpp"
#include "native/commands/annotate/transport_maps.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/input/data_input.hpp"
#include "native/commands/shared/unused_weights.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_group.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"
#include "native/io/hdf5/hdf5_node.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

struct AnnotateCommand {
  std::string model;
  DataFlags data;
  AnnotationRequest request;
  bool bases_given = false, replace = false;
  std::string output, transport_folder;
  WotPlan plan = WotPlan::soft;
  GeneralFlags general;

  void add_to(Command& command);
  void run(Session& session) const;
};

void AnnotateCommand::add_to(Command& command) {
  const std::string group = "Annotation";
  command.argument("MODEL", "A model from 'cellmnn train'", model);
  data.add_to(command, "DATA", "Cells over time: .h5ad");
  data.add_force_to(command);
  command.option(group, "--times", "T,...", "Also predict every cell at these times: obsm X_cellmnn_t<T>",
                 [this](const std::string& text) { request.times = parse_numbers("--times", text); });
  command
      .option(group, "--basis", "NAME,...",
              "Project velocities to these embeddings, e.g. umap: obsm X_umap gives velocity_umap; none: to "
              "none, for which cells are read some at a time",
              [this](const std::string& text) {
                if (text != "none") request.bases = parse_list("--basis", text);
                bases_given = true;
              })
      .shown_default("umap, if there is X_umap");
  command.flag(group, "--transition", "Probabilities of moving from each cell to its neighbours: obsp T_fwd",
               request.transition);
  command
      .option(group, "--neighbors", "N", "Neighbours of a cell for --basis and --transition",
              [this](const std::string& text) { request.neighbors = parse_whole("--neighbors", text, 1); })
      .shown_default(std::to_string(request.neighbors));
  command.option("Output", "-o,--output", "FILE", "DATA and the annotation: .h5ad", output).required();
  command.flag("Output", "--replace", "Replace entries that DATA has already", replace);
  Option maps = command.option("Output", "--wot", "DIR",
                               "Also couplings between successive times, as Waddington-OT's tmaps_T0_T1.h5ad",
                               transport_folder);
  command
      .option(
          "Output", "--wot-plan", "soft|exact",
          "The couplings: those of 'cellmnn fates', or exact transport plans, which are too sure of fates",
          [this](const std::string& text) {
            require_choice("--wot-plan", text, {"soft", "exact"});
            plan = text == "soft" ? WotPlan::soft : WotPlan::exact;
          })
      .needs(maps)
      .shown_default("soft");
  general.add_to(command);
  command.footer(
      "Adds obs cellmnn_time, cellmnn_speed, cellmnn_max_eigenvalue, cellmnn_extrapolated; obsm X_cellmnn,\n"
      "velocity_cellmnn, velocity_pca; uns cellmnn. Of a model with mass also obs cellmnn_weight_rate, or\n"
      "cellmnn_growth if it was trained with --counts and --growth-prior.\n"
      "For CellRank take X_cellmnn with velocity_cellmnn.\n"
      "\n"
      "Example:\n"
      "  cellmnn annotate model.safetensors ready.h5ad -o annotated.h5ad --transition");
}

void AnnotateCommand::run(Session& session) const {
  if (!data.path.ends_with(".h5ad")) {
    throw Error(ErrorCode::usage, "got '" + data.path + "', but the data and the output must end in .h5ad");
  }
  check_ending("--output", output, {".h5ad"});
  check_writable(output, {model, data.path});
  const ModelFile trained = read_model(model);
  AnnotationRequest complete = request;
  if (!bases_given && hdf5::Node::open(data.path).find("obsm/X_umap")) complete.bases = {"umap"};
  std::vector<SparseMatrix> maps;
  PassOptions passes;
  passes.all_at_once = needs_all_cells(complete);
  OpenInput input;
  OutputGroup outputs;
  if (transport_folder.empty()) {
    input = open_input_of_model(data, trained, passes, session);
  } else {
    DataFile all = read_input_of_model(data, trained, session, plan == WotPlan::soft ? kFateDims : 0);
    if (plan == WotPlan::soft) warn_of_unused_weights(trained.model, session);
    maps = transport_maps(trained.model, all, plan, session);
    write_transport_maps(transport_folder, maps, all);
    all.data = first_dims(all.data, trained.model.config.dims);
    input.cells = loaded_cells(std::move(all));
    input.passes = std::make_unique<CellPasses>(*input.cells, trained.model.latent, passes);
  }
  const std::vector<std::string> arrays =
      write_annotation(output, trained, *input.passes, complete, replace, session.pool());
  outputs.appear();
  session.say("wrote " + output + ": " + counted(input.passes->used(), "cell") + " with " +
              quoted_list(arrays));
  if (!maps.empty())
    session.say("wrote " + counted(std::ssize(maps), "transport map") + " to " + transport_folder);
}

}  // namespace

void add_annotate(Program& program) {
  Command command =
      program.add_command("annotate", "Add velocities and more to an .h5ad file, for other tools");
  const auto annotate = std::make_shared<AnnotateCommand>();
  annotate->add_to(command);
  command.on_run([annotate] {
    in_session("annotate", annotate->general, {annotate->model, annotate->data.path},
               [&](Session& session) { annotate->run(session); });
  });
}

}  // namespace cellmnn
