#include "training/adamw.hpp"

#include <cmath>

#include "lanes/blocks.hpp"

namespace cellmnn {

double schedule_factor(Schedule schedule, Index step, Index steps, Index warmup) {
  if (step < warmup) return static_cast<double>(step + 1) / static_cast<double>(warmup + 1);
  if (schedule == Schedule::constant || steps <= warmup) return 1;
  const double progress = static_cast<double>(step - warmup) / static_cast<double>(steps - warmup);
  return 0.5 * (1 + std::cos(3.14159265358979323846 * progress));
}

template <typename Scalar>
AdamW<Scalar>::AdamW(Index parameters)
    : first_moment(Vector<Scalar>::Zero(parameters)), second_moment(Vector<Scalar>::Zero(parameters)) {}

template <typename Scalar>
void AdamW<Scalar>::update(const Vector<Scalar>& parameters, const Vector<Scalar>& gradient, Index step,
                           double learning_rate, double weight_decay, Executor& executor,
                           Vector<Scalar>& updated) {
  constexpr double beta1 = 0.9, beta2 = 0.999;
  const double correction1 = 1 - std::pow(beta1, static_cast<double>(step));
  const double correction2 = 1 - std::pow(beta2, static_cast<double>(step));
  const auto keep = static_cast<Scalar>(1 - learning_rate * weight_decay);
  const auto rate = static_cast<Scalar>(learning_rate / correction1);
  const auto scale = static_cast<Scalar>(1 / std::sqrt(correction2));
  const auto epsilon = static_cast<Scalar>(1e-8);
  const auto b1 = static_cast<Scalar>(beta1), b2 = static_cast<Scalar>(beta2);
  const auto c1 = static_cast<Scalar>(1 - beta1), c2 = static_cast<Scalar>(1 - beta2);
  updated.resize(parameters.size());
  for_ranges(parameters.size(), executor, [&](Index begin, Index count) {
    auto m = first_moment.segment(begin, count).array();
    auto v = second_moment.segment(begin, count).array();
    const auto g = gradient.segment(begin, count).array();
    m = b1 * m + c1 * g;
    v = b2 * v + c2 * g.square();
    updated.segment(begin, count).array() =
        keep * parameters.segment(begin, count).array() - rate * m / (v.sqrt() * scale + epsilon);
  });
}

template struct AdamW<float>;
template struct AdamW<double>;

}  // namespace cellmnn
