#include "native/commands/shared/between_flags.hpp"

#include <string>

#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {

void BetweenFlags::add_to(Command& command) {
  const auto add = [&](const char* option, const char* help, std::optional<double>& target, double fallback) {
    command
        .option("Between snapshots", option, "X", help,
                [&target, option](const std::string& text) { target = parse_number(option, text); })
        .shown_default(number_text(fallback));
  };
  const BetweenOptions defaults;
  add("--pool",
      "Share of the population that is optimal transport between the two snapshots, interpolated; the rest "
      "is "
      "what the two networks predict",
      pool, defaults.pool);
  add("--spread",
      "Move points by up to this part of their way to the cell they come from or go to: cells of a snapshot "
      "are not all equally far. Each way then has about four points, less if these were over 20,000",
      spread, defaults.spread);
  add("--bend",
      "Move the mean by this part to the smooth curve through the means of all known snapshots, where there "
      "are "
      "four or more",
      bend, defaults.bend);
  add("--bridge",
      "Correct each network by this part of what its cells lack when they reach the snapshot of the other "
      "side, in "
      "proportion to the way that they have gone",
      bridge, defaults.bridge);
}

BetweenOptions BetweenFlags::options(bool paper) const {
  const BetweenOptions fallback = paper ? BetweenOptions{0, 0, 0, 0} : BetweenOptions{};
  const BetweenOptions options{pool.value_or(fallback.pool), spread.value_or(fallback.spread),
                               bend.value_or(fallback.bend), bridge.value_or(fallback.bridge)};
  validate(options);
  return options;
}

}  // namespace cellmnn
