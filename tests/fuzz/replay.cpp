// Runs one entry point without a fuzzer's run-time: every file of its corpus as it is, then deterministic mutations of
// them. An input that ends the program is left as failed.input in the working directory; with a fix it belongs in the
// corpus.

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz.h"

namespace {

constexpr std::uint64_t kSeed = 20230801;
constexpr std::size_t kLongest = 64U << 10U;
constexpr const char* kFailed = "failed.input";

using Corpus = std::vector<std::string>;

/// The input under way, for the handler.
std::string current;

void keepInput(int signal) {
    const int file = ::open(kFailed, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || ::write(file, current.data(), current.size()) < 0) ::_exit(EXIT_FAILURE);
    ::close(file);
    ::raise(signal);
}

void keepInputOnAbort() {
    struct sigaction action {};
    action.sa_handler = keepInput;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    ::sigaction(SIGABRT, &action, nullptr);
}

class Mutator {
public:
    explicit Mutator(const Corpus& corpus) : corpus_(corpus) {}

    std::string next() {
        std::string text = any();
        for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(text);
        text.resize(std::min(text.size(), kLongest));
        return text;
    }

private:
    // The standard's distributions differ from library to library; these inputs do not.
    std::size_t below(std::size_t end) { return end == 0 ? 0 : static_cast<std::size_t>(chance_() % end); }
    const std::string& any() { return corpus_[below(corpus_.size())]; }
    std::string piece(const std::string& from) {
        const std::size_t at = below(from.size() + 1);
        return from.substr(at, 1 + below(std::min<std::size_t>(from.size() - at + 1, 64)));
    }

    void change(std::string& text) {
        using namespace std::string_view_literals;
        static constexpr std::string_view kBytes = "\0\t\n\r \"',-./09:;<[\\]{|}\x7F\x80\xA0\xC2\xE3\xEF\xFE\xFF"sv;
        const std::size_t at = below(text.size() + 1);
        switch (below(7)) {
            case 0:
                if (at < text.size()) text[at] = static_cast<char>(text[at] ^ static_cast<char>(1U << below(8)));
                break;
            case 1:
                if (at < text.size()) text[at] = kBytes[below(kBytes.size())];
                break;
            case 2:
                text.insert(at, 1, kBytes[below(kBytes.size())]);
                break;
            case 3:
                text.erase(at, 1 + below(16));
                break;
            case 4:
                text.resize(at);
                break;
            case 5:
                text.insert(at, piece(text));
                break;
            default:
                text.insert(at, piece(any()));
        }
    }

    const Corpus& corpus_;
    std::mt19937_64 chance_{kSeed};
};

void run(std::string input) {
    current = std::move(input);
    // A copy of exactly its size: one byte read behind it is found.
    const std::vector<std::uint8_t> bytes(current.begin(), current.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void take(const std::filesystem::path& file, Corpus& corpus) {
    std::ifstream stream(file, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
}

Corpus readCorpus(const std::vector<std::string>& places) {
    std::vector<std::filesystem::path> files;
    for (const std::string& place : places) {
        if (!std::filesystem::is_directory(place)) {
            files.emplace_back(place);
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator(place)) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    Corpus corpus;
    for (const auto& file : files) take(file, corpus);
    return corpus;
}

}  // namespace

int main(int count, char** words) {
    const std::vector<std::string> arguments(words + 1, words + count);
    if (arguments.size() < 2) {
        std::cerr << "usage: PROGRAM MUTATIONS FILE|DIRECTORY…\n";
        return EXIT_FAILURE;
    }
    const unsigned long mutations = std::stoul(arguments[0]);
    const Corpus corpus = readCorpus({arguments.begin() + 1, arguments.end()});
    if (corpus.empty()) {
        std::cerr << "the corpus is empty\n";
        return EXIT_FAILURE;
    }
    std::cout << corpus.size() << " inputs, " << mutations << " mutations from seed " << kSeed << std::endl;
    keepInputOnAbort();
    for (const std::string& input : corpus) run(input);
    Mutator mutator(corpus);
    for (unsigned long i = 0; i < mutations; ++i) run(mutator.next());
    return EXIT_SUCCESS;
}
