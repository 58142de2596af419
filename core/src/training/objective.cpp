#include "training/objective.hpp"

#include <algorithm>
#include <cmath>

#include "distances/kernel_sums.hpp"
#include "lanes/blocks.hpp"
#include "model/flow.hpp"
#include "model/mass.hpp"
#include "training/loss_sources.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kGroups = 2;

}  // namespace

template <typename Scalar>
struct Objective<Scalar>::Impl {
  using Source = LossSource<Scalar>;

  /// Some cells of one source: the unit of parallel work.
  struct Block {
    Source* source;
    Index begin, count;
    Operator<Scalar> op;
    Flow<Scalar> flow;
    double energy = 0, det = 0, mmd = 0, growth_squares = 0;
  };

  ObjectiveOptions options;
  Encoder<Scalar> encoder;
  EncoderWeights<Scalar> packed;
  typename Encoder<Scalar>::Pass pass;
  std::vector<Source> sources;
  std::vector<Block> blocks;
  Index cells = 0;

  /// Consecutive cells whose part of the gradient is summed on its own: few, so that the sums stay
  /// long, and more than one, so that a thread can go on with the cells that are in its cache.
  struct Group {
    Index begin, count;
    Vector<Scalar> gradient;
  };
  std::vector<Group> groups;

  explicit Impl(ObjectiveOptions o)
      : options(std::move(o)),
        encoder({dims() + 1, options.width, options.depth, options.operator_shape.outputs()}),
        sources(loss_sources<Scalar>(options)) {}

  Index dims() const { return options.operator_shape.dims; }
  bool has_mass() const { return kMassIsTrained && options.operator_shape.mass; }

  /// Lays the batch out in blocks; does nothing if its sizes have not changed.
  void resize(const Batch<Scalar>& batch) {
    bool same = !blocks.empty();
    for (std::size_t k = 0; k < sources.size(); ++k)
      same = same && sources[k].cells.cells() == batch.cells[k].rows();
    if (same) return;
    blocks.clear();
    cells = 0;
    for (std::size_t k = 0; k < sources.size(); ++k) {
      Source& source = sources[k];
      const Index n = batch.cells[k].rows();
      const auto positions = static_cast<Index>(source.times.positions.size());
      source.first_row = cells;
      cells += n;
      source.cells.resize(dims(), n);
      for (auto* field : {&source.output, &source.output_gradient})
        field->resize(options.operator_shape.outputs(), n);
      for (auto* field : {&source.a, &source.a_gradient}) field->resize(dims() * dims(), n);
      for (auto* field : {&source.positions, &source.positions_gradient})
        field->resize(positions * dims(), n);
      if (has_mass()) source.mass.resize(n, positions);
      for (const auto& [begin, count] : blocks_of(n)) {
        blocks.push_back(
            {&source, begin, count, Operator<Scalar>(options.operator_shape), Flow<Scalar>(dims())});
      }
    }
    encoder.resize(pass, cells);
    const auto first_row = [&](std::size_t block) {
      return block < blocks.size() ? blocks[block].source->first_row + blocks[block].begin : cells;
    };
    const std::size_t count = std::min(kGroups, blocks.size());
    groups.resize(count);
    for (std::size_t g = 0; g < count; ++g) {
      const Index begin = first_row(g * blocks.size() / count);
      groups[g] = {begin, first_row((g + 1) * blocks.size() / count) - begin,
                   Vector<Scalar>(encoder.parameter_count())};
    }
  }

  void load(const Batch<Scalar>& batch) {
    for (std::size_t k = 0; k < sources.size(); ++k) {
      Source& source = sources[k];
      const Matrix<Scalar>& from = batch.cells[k];
      cells_to_field(from.data(), dims(), dims(), source.cells.view());
      auto rows = pass.layer[0].middleRows(source.first_row, from.rows());
      rows.leftCols(dims()) = from;
      rows.col(dims()).setConstant(static_cast<Scalar>(options.clock) * source.time);
      if (has_mass())
        source.mass.expect(batch.growth_priors.empty() ? Vector<Scalar>() : batch.growth_priors[k]);
      for (const LossMeeting& meeting : source.meetings) {
        const auto begin = static_cast<Scalar>(options.times[meeting.pair]),
                   end = static_cast<Scalar>(options.times[meeting.pair + 1]);
        source.times.positions[static_cast<std::size_t>(meeting.position)] =
            begin + batch.meetings[meeting.pair] * (end - begin) - source.time;
      }
    }
  }

  void forward(Block& block) {
    Source& source = *block.source;
    const Index row = source.first_row + block.begin;
    const auto view = [&](Field<Scalar>& field) { return field.view(block.begin, block.count); };
    encoder.forward(packed, pass, row, block.count);
    const auto& output = pass.layer.back();
    cells_to_field(output.row(row).data(), output.cols(), output.cols(), view(source.output));
    block.det = static_cast<double>(block.op.forward(view(source.output), view(source.a)));
    block.energy = static_cast<double>(
        block.flow.forward(view(source.a), options.operator_shape.offset(view(source.output)),
                           view(source.cells), source.times, view(source.positions)));
    if (has_mass()) {
      const Scalar* mass = source.output.row(options.operator_shape.mass_row()) + block.begin;
      block.growth_squares = static_cast<double>(source.mass.read(mass, block.begin, block.count));
    }
  }

  /// The MMDs of a block's cells, and their gradient with respect to positions and weights.
  void compare(const Batch<Scalar>& batch, Block& block) {
    Source& source = *block.source;
    const auto sigma = static_cast<Scalar>(options.sigma);
    const auto& targets = batch.targets[static_cast<std::size_t>(&source - sources.data())];

    block.mmd = 0;
    if (has_mass()) source.mass.clear_slopes(block.begin, block.count);
    const auto gradient = source.positions_gradient.view(block.begin, block.count);
    for (Index f = 0; f < source.positions_gradient.features(); ++f) {
      std::fill_n(gradient.row(f), padded(block.count), Scalar(0));
    }
    // Of weight * MMD^2(predictions, points): mean k(u, u') - share * 2 mean k(u, v), where the share is
    // a half if the other half is counted by the points. A pair (u, u') moves with both of its ends.
    const auto add_term = [&](Index position, const PointsView<Scalar>& points, const Scalar* point_weights,
                              double weight, double share) {
      const Index feature = position * dims();
      const FieldView<const Scalar> all = source.positions.view().from_feature(feature);
      const FieldView<const Scalar> mine = all.from_cell(block.begin, block.count);
      const auto n = static_cast<double>(all.cells), m = static_cast<double>(points.points);
      if (has_mass()) {
        const Scalar* weights = source.mass.weights(position);
        const double each = point_weights == nullptr ? 1 / m : 1;
        const auto gradient_of = [&](const PointsView<Scalar>& others, const Scalar* of_others,
                                     double factor) {
          return static_cast<double>(weighted_kernel_gradient<Scalar>(
              mine, others, dims(), sigma,
              {weights + block.begin, of_others, source.mass.slopes(position) + block.begin},
              static_cast<Scalar>(factor), gradient.from_feature(feature)));
        };
        const double within = gradient_of(points_of<Scalar>(all), weights, 2 * weight);
        const double across = gradient_of(points, point_weights, -2 * weight * each);
        block.mmd += weight * (within - 2 * share * each * across);
        return;
      }
      const Scalar within = kernel_sum_gradient<Scalar>(mine, points_of<Scalar>(all), dims(), sigma,
                                                        static_cast<Scalar>(2 * weight / (n * n)),
                                                        gradient.from_feature(feature));
      const Scalar across =
          kernel_sum_gradient<Scalar>(mine, points, dims(), sigma, static_cast<Scalar>(-2 * weight / (n * m)),
                                      gradient.from_feature(feature));
      block.mmd += weight * (static_cast<double>(within) / (n * n) -
                             2 * share * static_cast<double>(across) / (n * m));
    };
    for (std::size_t r = 0; r < source.weights.size(); ++r) {
      add_term(static_cast<Index>(r), points_of<Scalar>(targets[r]), nullptr, source.weights[r], 1);
    }
    for (const LossMeeting& meeting : source.meetings) {
      const Source& partner = sources[meeting.partner];
      const Index place = partner.meetings[meeting.partner_meeting].position;
      add_term(meeting.position, points_of<Scalar>(partner.positions.view().from_feature(place * dims())),
               has_mass() ? partner.mass.weights(place) : nullptr, options.agreement, 0.5);
    }
  }

  /// After compare() of all blocks.
  void backward(Block& block) {
    Source& source = *block.source;
    const Index row = source.first_row + block.begin;
    const auto view = [&](Field<Scalar>& field) { return field.view(block.begin, block.count); };
    block.flow.backward(view(source.a), options.operator_shape.offset(view(source.output)), source.times,
                        view(source.positions_gradient), energy_weight(source), view(source.a_gradient),
                        options.operator_shape.offset(view(source.output_gradient)));
    block.op.backward(view(source.a), view(source.a_gradient),
                      static_cast<Scalar>(1 / static_cast<double>(cells)), view(source.output_gradient));
    if (has_mass()) {
      source.mass.gradient(source.times.positions,
                           static_cast<Scalar>(options.mass_penalty / static_cast<double>(cells)),
                           block.begin, block.count,
                           source.output_gradient.row(options.operator_shape.mass_row()) + block.begin);
    }
    auto& delta = pass.delta.back();
    field_to_cells<Scalar>(view(source.output_gradient), delta.cols(), delta.row(row).data(), delta.cols());
    encoder.backward(packed, pass, row, block.count);
  }

  double energy_count(const Source& source) const {
    return static_cast<double>(cells * dims()) * static_cast<double>(source.times.energies.size());
  }

  Scalar energy_weight(const Source& source) const {
    if (source.times.energies.empty()) return 0;
    return static_cast<Scalar>(options.lambda_kinetic / energy_count(source));
  }

  LossParts parts(const Batch<Scalar>& batch, bool report) const {
    LossParts parts;
    for (const Block& block : blocks) {
      parts.mmd += block.mmd;
      parts.det += block.det / static_cast<double>(cells);
      parts.mass += block.growth_squares / static_cast<double>(cells);
      if (!block.source->times.energies.empty()) parts.kinetic += block.energy / energy_count(*block.source);
    }
    if (report) {
      for (std::size_t k = 0; k < sources.size(); ++k)
        parts.mmd += target_term(sources[k], batch.targets[k], static_cast<Scalar>(options.sigma));
    }
    parts.loss = parts.mmd + options.lambda_kinetic * parts.kinetic + parts.det;
    if (has_mass()) parts.loss += options.mass_penalty * parts.mass;
    return parts;
  }
};

template <typename Scalar>
Objective<Scalar>::Objective(ObjectiveOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
template <typename Scalar>
Objective<Scalar>::~Objective() = default;
template <typename Scalar>
Objective<Scalar>::Objective(Objective&&) noexcept = default;
template <typename Scalar>
Objective<Scalar>& Objective<Scalar>::operator=(Objective&&) noexcept = default;

template <typename Scalar>
const Encoder<Scalar>& Objective<Scalar>::encoder() const {
  return impl_->encoder;
}

template <typename Scalar>
Index Objective<Scalar>::sources() const {
  return static_cast<Index>(impl_->sources.size());
}

template <typename Scalar>
const std::vector<Index>& Objective<Scalar>::targets(Index source) const {
  return impl_->sources[static_cast<std::size_t>(source)].targets;
}

template <typename Scalar>
LossParts Objective<Scalar>::gradient(const Vector<Scalar>& parameters, const Batch<Scalar>& batch,
                                      bool report, Executor& executor, Vector<Scalar>& gradient) {
  Impl& impl = *impl_;
  impl.resize(batch);
  impl.load(batch);
  impl.encoder.pack(parameters, impl.packed);
  const auto blocks = static_cast<Index>(impl.blocks.size());
  const auto block = [&](Index i) -> auto& { return impl.blocks[static_cast<std::size_t>(i)]; };
  executor.run(blocks, [&](Index i) { impl.forward(block(i)); });
  if (impl.has_mass()) {
    executor.run(static_cast<Index>(impl.sources.size()), [&](Index k) {
      auto& source = impl.sources[static_cast<std::size_t>(k)];
      source.mass.normalise(source.times.positions);
    });
    executor.run(blocks, [&](Index i) { impl.compare(batch, block(i)); });
    executor.run(blocks, [&](Index i) { impl.backward(block(i)); });
  } else {
    executor.run(blocks, [&](Index i) {
      impl.compare(batch, block(i));
      impl.backward(block(i));
    });
  }
  const auto& layers = impl.encoder.layers();
  const auto layer_count = static_cast<Index>(layers.size());
  executor.run(static_cast<Index>(impl.groups.size()) * layer_count, [&](Index i) {
    auto& group = impl.groups[static_cast<std::size_t>(i / layer_count)];
    impl.encoder.gradient(impl.pass, layers[static_cast<std::size_t>(i % layer_count)], group.begin,
                          group.count, group.gradient);
  });
  gradient.resize(impl.encoder.parameter_count());
  for_ranges(gradient.size(), executor, [&](Index begin, Index count) {
    auto sum = gradient.segment(begin, count);
    sum = impl.groups.front().gradient.segment(begin, count);
    for (std::size_t g = 1; g < impl.groups.size(); ++g) sum += impl.groups[g].gradient.segment(begin, count);
  });
  return impl.parts(batch, report);
}

template class Objective<float>;
template class Objective<double>;

}  // namespace cellmnn
