#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace lianzheng {

/// Something wrong in a file that people write: configuration, mapping, table. Safe to print: it quotes keys, no data.
struct FileProblem {
    std::string file;
    int line = 0;         ///< from 1; 0 when the whole file is meant
    std::string message;  ///< what is wrong and what helps
};

/// `file:line: message`, or `file: message` when the whole file is meant.
std::string str(const FileProblem& problem);

using FileProblems = std::vector<FileProblem>;

/// A thing read whole from a file, or every problem at once.
template <class T>
using Loaded = tl::expected<T, FileProblems>;

}  // namespace lianzheng
