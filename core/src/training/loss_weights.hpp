/// The weights of the cells of one source snapshot in the loss, for a model with mass (model/mass.hpp): at
/// each time that the loss asks for they are exp(g dt), normalised in the batch.
#pragma once

#include <vector>

#include "lanes/field.hpp"

namespace cellmnn {

template <typename Scalar>
class LossWeights {
 public:
  /// For n cells and T times.
  void resize(Index cells, Index times);

  /// What is expected of the growth of all cells (n), or empty for 0.
  void expect(const Vector<Scalar>& growth);

  /// Takes the growth of the cells [begin, begin + count) from this row (count) of the encoder's outputs.
  /// Returns the sum of its squared distances to what is expected.
  Scalar read(const Scalar* output, Index begin, Index count);

  /// The weights of all cells, after these displacements in time (T).
  void normalise(const std::vector<Scalar>& times);

  /// The weights (n) at time t, and the derivative of the loss with respect to them (n), to be summed up by
  /// the caller.
  const Scalar* weights(Index t) const { return weights_.row(t); }
  Scalar* slopes(Index t) { return slopes_.row(t); }
  void clear_slopes(Index begin, Index count);

  /// Writes the derivative with respect to the outputs (count) of read(), given that of the sum of squares.
  /// All slopes must be complete.
  void gradient(const std::vector<Scalar>& times, Scalar square_weight, Index begin, Index count,
                Scalar* output_gradient) const;

 private:
  Field<Scalar> growth_, expected_;  ///< (1, n)
  Field<Scalar> weights_, slopes_;   ///< (T, n)
};

}  // namespace cellmnn
