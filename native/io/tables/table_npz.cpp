#include <algorithm>
#include <cmath>
#include <xtensor/xadapt.hpp>
#include <xtensor/xtensor.hpp>

#include "native/io/files/output_file.hpp"
#include "native/io/numpy/npz.hpp"
#include "native/io/tables/table_formats.hpp"

namespace cellmnn {
namespace {

template <typename Scalar>
auto array_of(const Scalar* values, Index size, const std::vector<std::size_t>& shape) {
  return xt::adapt(values, static_cast<std::size_t>(size), xt::no_ownership(), shape);
}

/// Numbers, or texts with "" for missing ones.
void add_labels(const std::string& name, const LabelColumn& column, NpzWriter& npz) {
  const auto place = [](std::int32_t code) { return static_cast<std::size_t>(code); };
  if (!column.numbers.empty()) {
    Vector<double> numbers(static_cast<Index>(column.codes.size()));
    for (Index i = 0; i < numbers.size(); ++i) {
      const std::int32_t code = column.codes[static_cast<std::size_t>(i)];
      numbers(i) = code < 0 ? std::nan("") : column.numbers[place(code)];
    }
    npz.add(name, array_of(numbers.data(), numbers.size(), {column.codes.size()}));
    return;
  }
  std::vector<std::string> texts;
  for (const std::int32_t code : column.codes) texts.push_back(code < 0 ? "" : column.labels[place(code)]);
  npz.add(name, texts);
}

}  // namespace

void write_npz(const std::string& path, const CellTable& table) {
  NpzWriter npz;
  const auto add_vector = [&](const std::string& name, const auto& values) {
    npz.add(name, array_of(values.data(), values.size(), {static_cast<std::size_t>(values.size())}));
  };
  const auto add_matrix = [&](const std::string& name, const Matrix<float>& values) {
    npz.add(name,
            array_of(values.data(), values.size(),
                     {static_cast<std::size_t>(values.rows()), static_cast<std::size_t>(values.cols())}));
  };
  if (!table.names.empty()) npz.add("names", table.names);
  for (const auto& [name, values] : table.columns) add_vector(name, values);
  for (const auto& [name, values] : table.flags) {
    xt::xtensor<bool, 1> flags = xt::empty<bool>({values.size()});
    std::copy(values.begin(), values.end(), flags.begin());
    npz.add(name, flags);
  }
  for (const auto& [name, column] : table.labels) add_labels(name, column, npz);
  for (const auto& [name, values] : table.arrays) add_matrix(name, values);
  for (const auto& [name, values] : table.tensors) {
    const std::vector<std::size_t> shape(values.shape().begin(), values.shape().end());
    npz.add(name, array_of(values.data(), values.size(), shape));
  }
  if (table.expression.size() > 0) add_matrix("X", table.expression);
  if (!table.genes.empty()) npz.add("genes", table.genes);
  if (table.loadings.size() > 0) add_matrix("PCs", table.loadings);
  if (table.gene_mean.size() > 0) add_vector("pca_mean", table.gene_mean);
  write_file(path, npz.finish());
}

}  // namespace cellmnn
