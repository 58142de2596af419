/// Simulates cells and measures how far two snapshots are from each other.
#include <cellmnn/error.hpp>
#include <cellmnn/simd.hpp>
#include <cellmnn/simulate.hpp>
#include <cellmnn/wasserstein.hpp>
#include <iostream>

int main() {
  cellmnn::SimulateOptions options;
  options.cells = 100;
  const cellmnn::Simulation simulation = cellmnn::simulate(options);
  const auto& snapshots = simulation.data.snapshots;
  const cellmnn::Matrix<double> first = snapshots.front().cells.cast<double>();
  const cellmnn::Matrix<double> last = snapshots.back().cells.cast<double>();
  std::cout << cellmnn::simd_level() << "\n";
  std::cout << cellmnn::wasserstein1(first, first) << " " << (cellmnn::wasserstein1(first, last) > 0.1)
            << "\n";
  std::cout << simulation.trajectories.shape()[2] << "\n";
  try {
    options.cells = -1;
    cellmnn::simulate(options);
  } catch (const cellmnn::Error& error) {
    std::cout << error.what() << "\n";
  }
}
