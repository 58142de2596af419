#include <algorithm>
#include <exception>
#include <map>
#include <string>

#include "cellmnn/error.hpp"
#include "python/bindings/bindings.hpp"

namespace cellmnn::python {
namespace {

/// What the package calls an option of the program.
std::string python_name(std::string option) {
  static const std::map<std::string, std::string> kOthers = {{"embedding-key", "use_rep"},
                                                             {"label-key", "groupby"},
                                                             {"threads", "n_jobs"},
                                                             {"seed", "random_state"}};
  if (const auto other = kOthers.find(option); other != kOthers.end()) return other->second;
  std::replace(option.begin(), option.end(), '-', '_');
  return option;
}

/// The sentence with the options of the program ("--time-map") as arguments of the package ("time_map").
std::string with_python_names(const std::string& sentence) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  std::string text;
  for (std::size_t at = 0; at < sentence.size();) {
    if (sentence.compare(at, 2, "--") != 0) {
      text += sentence[at++];
      continue;
    }
    const auto begin = sentence.begin() + static_cast<std::ptrdiff_t>(at) + 2;
    const auto end = std::find_if_not(begin, sentence.end(), is_letter);
    text += python_name({begin, end});
    at = static_cast<std::size_t>(end - sentence.begin());
  }
  return text;
}

PyObject* exception_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
    case ErrorCode::bad_input:
      return PyExc_ValueError;
    case ErrorCode::numerical:
      return PyExc_FloatingPointError;
    case ErrorCode::interrupted:
      return PyExc_KeyboardInterrupt;
  }
  return PyExc_RuntimeError;
}

}  // namespace

void bind_errors(nanobind::module_&) {
  nanobind::register_exception_translator([](const std::exception_ptr& thrown, void*) {
    try {
      std::rethrow_exception(thrown);
    } catch (const Error& error) {
      PyErr_SetString(exception_of(error.code()), with_python_names(error.what()).c_str());
    }
  });
}

}  // namespace cellmnn::python
