#include "native/commands/preprocess/passes.hpp"

#include <algorithm>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {

Matrix<double> as_column(const std::vector<Index>& numbers) {
  Matrix<double> column(std::ssize(numbers), 1);
  for (Index i = 0; i < column.rows(); ++i)
    column(i) = static_cast<double>(numbers[static_cast<std::size_t>(i)]);
  return column;
}

void add_column(const Matrix<double>& column, std::vector<Index>& numbers) {
  for (Index i = 0; i < column.rows(); ++i)
    numbers[static_cast<std::size_t>(i)] += static_cast<Index>(column(i));
}

SharedBlocks Passes::watched(SharedBlocks source) {
  cells_ = source->rows();
  for (const ShareBlocks& blocks : shares_of(*source)) {
    shares_.push_back(
        {std::ssize(shares_), source->first_row(blocks.end) - source->first_row(blocks.begin), blocks});
  }
  const Index columns = source->columns();
  return changed(std::move(source), columns, [this](const SparseMatrix& rows) {
    if (bar_) bar_->advance(rows.rows);
  });
}

void Passes::run(const Pass& pass) {
  if (part_) do_part(pass);
  if (folder_) {
    require_all(pass);
    for (const Share& share : shares_)
      pass.join(folder_->read(pass.name, share.number, pass.shapes(share.blocks)));
    return;
  }
  begin(pass.name);
  for (const Share& share : shares_) pass.join(pass.look(share.blocks));
  end();
}

void Passes::end_of_shares() const {
  if (part_) throw PartDone{};
}

/// Throws PartDone unless all that is its own was there before.
void Passes::do_part(const Pass& pass) {
  const auto [first, last] = part_->rows(shares_.size());
  std::vector<Share> to_do;
  Index cells = 0;
  for (std::size_t number = first; number < last; ++number) {
    if (is_there(pass, shares_[number])) continue;
    to_do.push_back(shares_[number]);
    cells += shares_[number].cells;
  }
  if (cells > 0) begin(pass.name, cells);
  for (const Share& share : to_do) folder_->write(pass.name, share.number, pass.look(share.blocks));
  end();
  const bool all_there =
      std::all_of(shares_.begin(), shares_.end(), [&](const Share& share) { return is_there(pass, share); });
  if (!to_do.empty() || (first == last && !all_there)) throw PartDone{pass.name};
}

void Passes::require_all(const Pass& pass) const {
  std::vector<bool> missing;
  for (const Share& share : shares_) missing.push_back(!is_there(pass, share));
  const auto count = std::count(missing.begin(), missing.end(), true);
  if (count == 0) return;
  if (!part_) {
    throw file_error(folder_->path(), "of the pass '" + pass.name + "' " + std::to_string(count) + " of " +
                                          counted(std::ssize(shares_), "share") +
                                          " are missing: call all parts until they say that nothing is left");
  }
  std::vector<std::string> parts;
  for (WorkPart part{1, part_->of}; part.number <= part.of; ++part.number) {
    const auto [first, last] = part.rows(missing.size());
    const auto begin = missing.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = missing.begin() + static_cast<std::ptrdiff_t>(last);
    if (std::count(begin, end, true) > 0) parts.push_back(part.text());
  }
  throw file_error(folder_->path(), "the pass '" + pass.name + "' waits for the parts " +
                                        joined(parts, ", ") +
                                        ": call them; each call does one pass, after all parts have done the "
                                        "one before");
}

}  // namespace cellmnn
