#include "native/commands/input/named_gene.hpp"

#include <algorithm>

#include "cellmnn/error.hpp"
#include "cellmnn/nearest.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {

Index gene_named(const std::vector<std::string>& genes, const std::string& name, const std::string& option,
                 const std::string& of_what) {
  const auto found = std::find(genes.begin(), genes.end(), name);
  std::string what = option + ": '";
  what += name;
  if (found == genes.end()) {
    what += "' is none of the " + counted(std::ssize(genes), "gene") + " ";
    what += of_what;
    const std::string near = nearest(name, genes);
    if (!near.empty()) {
      what += "; did you mean '" + near + "'?";
    } else if (!genes.empty()) {
      what += "; they have names such as '" + genes.front() + "'";
    }
    throw Error(ErrorCode::bad_input, what);
  }
  if (std::find(found + 1, genes.end(), name) != genes.end()) {
    what += "' names more than one gene of the data: make the names of genes unique";
    throw Error(ErrorCode::bad_input, what);
  }
  return found - genes.begin();
}

}  // namespace cellmnn
