#include "mappings/problem.h"

namespace lianzheng {

std::string str(const FileProblem& problem) {
    return problem.file + ':' + std::to_string(problem.line) + ": " + problem.message;
}

}  // namespace lianzheng
