#include "base/eigen_kernels.hpp"

CELLMNN_EIGEN_KERNELS(, float)
CELLMNN_EIGEN_KERNELS(, double)
