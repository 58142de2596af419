/// The border between JavaScript and the core: values are copied both ways, and every C++ error becomes a
/// JavaScript one.
///
/// An array of numbers is {data, shape} on the other side, data a typed array and row-major. The sources in
/// wasm/package check types before they call; what is checked here is what they cannot know.
#pragma once

#include <emscripten/val.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <exception>
#include <string>
#include <type_traits>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/option_table.hpp"
#include "cellmnn/tensor.hpp"
#include "cellmnn/types.hpp"
#include "wasm/javascript_error.hpp"

namespace cellmnn::boundary {

using emscripten::val;

/// Guarded<f>::call is f whose C++ errors are thrown in JavaScript. It throws outside of the handlers,
/// so that the C++ exception has been released.
template <auto Function, typename Signature = decltype(Function)>
struct Guarded;

template <auto Function, typename Result, typename... Arguments>
struct Guarded<Function, Result (*)(Arguments...)> {
  static Result call(Arguments... arguments) {
    JavaScriptError failure;
    try {
      return Function(arguments...);
    } catch (const std::exception& error) {
      failure = to_javascript(error);
    }
    failure.raise();
  }
};

// From JavaScript.

/// Copies an array-like of numbers; `count` values must be there.
template <typename Scalar>
void copy_values(const val& values, Scalar* target, Index count, const std::string& name) {
  const auto length = values["length"].as<double>();
  if (length != static_cast<double>(count)) {
    throw Error(ErrorCode::bad_input, name + " has " + std::to_string(static_cast<std::int64_t>(length)) +
                                          " values where " + std::to_string(count) + " are expected");
  }
  const emscripten::memory_view<Scalar> view(static_cast<std::size_t>(count), target);
  val(view).call<void>("set", values);
}

template <typename Scalar>
Vector<Scalar> to_vector(const val& values, const std::string& name) {
  Vector<Scalar> result(values["length"].as<Index>());
  copy_values(values, result.data(), result.size(), name);
  return result;
}

inline std::vector<double> to_numbers(const val& values, const std::string& name) {
  std::vector<double> result(values["length"].as<std::size_t>());
  copy_values(values, result.data(), static_cast<Index>(result.size()), name);
  return result;
}

template <typename Scalar>
Matrix<Scalar> to_matrix(const val& array, const std::string& name) {
  Matrix<Scalar> result(array["shape"][0].as<Index>(), array["shape"][1].as<Index>());
  copy_values(array["data"], result.data(), result.size(), name);
  return result;
}

// To JavaScript.

template <typename Scalar>
val copied(const Scalar* values, Index count) {
  return val(emscripten::memory_view<Scalar>(static_cast<std::size_t>(count), values)).call<val>("slice");
}

template <typename Scalar>
val from_vector(const Vector<Scalar>& values) {
  return copied(values.data(), values.size());
}

template <typename Scalar>
val from_array(const Scalar* values, const std::vector<Index>& shape) {
  Index count = 1;
  val extents = val::array();
  for (const Index extent : shape) {
    count *= extent;
    extents.call<void>("push", static_cast<double>(extent));
  }
  val result = val::object();
  result.set("data", copied(values, count));
  result.set("shape", extents);
  return result;
}

template <typename Scalar>
val from_matrix(const Matrix<Scalar>& values) {
  return from_array(values.data(), {values.rows(), values.cols()});
}

inline val from_tensor(const Tensor3<float>& values) {
  return from_array(values.data(), {values.shape().begin(), values.shape().end()});
}

// Options: visitors of a table such as visit_train_options().

/// Sets option after option of a JavaScript object.
class OptionWriter {
 public:
  explicit OptionWriter(val& object) : object_(object) {}

  template <typename Value>
  void operator()(const char* name, const Value& value) const {
    if constexpr (std::is_enum_v<Value>) {
      object_.set(name, std::string(cellmnn::name(value)));
    } else if constexpr (std::is_same_v<Value, bool>) {
      object_.set(name, value);
    } else if constexpr (std::is_arithmetic_v<Value>) {
      object_.set(name, static_cast<double>(value));
    } else {
      object_.set(name, val::array(value));
    }
  }

 private:
  val& object_;
};

/// Takes option after option from a JavaScript object that has all of them.
class OptionReader {
 public:
  explicit OptionReader(const val& object) : object_(object) {}

  template <typename Value>
  void operator()(const char* name, Value& target) const {
    const val value = object_[name];
    if constexpr (std::is_enum_v<Value>) {
      target = choice<Value>(name, value);
    } else if constexpr (std::is_same_v<Value, bool>) {
      require(value.isTrue() || value.isFalse(), name, "true or false");
      target = value.isTrue();
    } else if constexpr (std::is_same_v<Value, double>) {
      require(value.isNumber(), name, "a number");
      target = value.as<double>();
    } else if constexpr (std::is_integral_v<Value>) {
      target = static_cast<Value>(whole(name, value, std::is_same_v<Value, Index> ? kMostIndex : kMostWhole));
    } else {
      require(value.isArray(), name, "a list of numbers");
      target = to_numbers(value, name);
    }
  }

 private:
  static constexpr double kMostIndex = 2147483647.0;
  static constexpr double kMostWhole = 9007199254740991.0;  // 2^53 - 1: beyond, numbers are not whole

  static void require(bool ok, const std::string& name, const std::string& expected) {
    if (!ok) throw Error(ErrorCode::usage, name, " must be " + expected);
  }

  static double whole(const char* name, const val& value, double most) {
    require(value.isNumber(), name, "a whole number");
    const auto number = value.as<double>();
    require(number >= 0 && number <= most && std::floor(number) == number, name,
            "a whole number from 0 to " + std::to_string(static_cast<std::int64_t>(most)));
    return number;
  }

  template <typename Choice>
  static Choice choice(const char* name, const val& value) {
    std::string names;
    for (const Choice each : kChoices<Choice>) {
      const std::string text(cellmnn::name(each));
      if (value.isString() && value.as<std::string>() == text) return each;
      names += (names.empty() ? "'" : " or '") + text + "'";
    }
    throw Error(ErrorCode::usage, name, " must be " + names);
  }

  const val& object_;
};

}  // namespace cellmnn::boundary
