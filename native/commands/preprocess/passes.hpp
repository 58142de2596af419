/// Passes over the cells: each sums shares of them, in this process or in several, and joins the shares in
/// their order.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/row_blocks.hpp"
#include "native/commands/preprocess/share_folder.hpp"
#include "native/commands/shared/part.hpp"
#include "native/runtime/progress.hpp"

namespace cellmnn {

struct Pass {
  std::string name;
  std::function<ArrayShapes(ShareBlocks share)> shapes;  ///< of what look() finds
  std::function<Arrays(ShareBlocks share)> look;
  std::function<void(Arrays arrays)> join;  ///< of one share after the other
};

/// Whole numbers (n) as an array (n, 1), and such an array added to them.
Matrix<double> as_column(const std::vector<Index>& numbers);
void add_column(const Matrix<double>& column, std::vector<Index>& numbers);

/// Thrown where a part has done what it can.
struct PartDone {
  std::string pass;  ///< the one that it did; empty if nothing is left to do
};

class Passes {
 public:
  explicit Passes(bool quiet) : quiet_(quiet) {}

  /// What passes find is in this folder: a part of it is put there, or else all is read.
  void share_out(ShareFolder folder, std::optional<WorkPart> part) {
    folder_ = std::move(folder);
    part_ = part;
  }

  /// The same rows, in blocks that end where shares do, which advance the bar of progress when they are read.
  SharedBlocks watched(SharedBlocks source);

  /// Looks at all shares and joins them. A part looks at its own and throws PartDone, but for a pass of which
  /// all shares were there before: this is joined. Throws bad_input if shares are missing.
  void run(const Pass& pass);

  /// Throws PartDone in a part: what comes is not shared out.
  void end_of_shares() const;

  /// A pass that is not shared out.
  void begin(const std::string& label) { begin(label, cells_); }
  void end() { bar_.reset(); }

 private:
  struct Share {
    Index number, cells;
    ShareBlocks blocks;
  };
  bool is_there(const Pass& pass, const Share& share) const { return folder_->has(pass.name, share.number); }
  void begin(const std::string& label, Index cells) { bar_.emplace(label, "cell", cells, quiet_); }
  void do_part(const Pass& pass);
  void require_all(const Pass& pass) const;

  bool quiet_;
  Index cells_ = 0;
  std::vector<Share> shares_;
  std::optional<ShareFolder> folder_;
  std::optional<WorkPart> part_;
  std::optional<Progress> bar_;
};

}  // namespace cellmnn
