#include "mappings/problem.h"

namespace lianzheng {

std::string str(const FileProblem& problem) {
    const std::string line = problem.line > 0 ? ':' + std::to_string(problem.line) : std::string();
    return problem.file + line + ": " + problem.message;
}

}  // namespace lianzheng
