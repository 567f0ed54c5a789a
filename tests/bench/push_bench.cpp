#include "tests/bench/push_bench.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <stdexcept>

#include <fmt/core.h>
#include <sys/resource.h>

#include "adapters/national/body_writer.h"
#include "mappings/field_map.h"

namespace lianzheng::bench {
namespace {

struct Options {
    std::size_t rounds = 5;
    std::size_t requests = 20'000;
    std::size_t connections = 16;
    std::size_t threads = 1;
    std::string_view who;    ///< beside the baseline; empty: everybody
    std::string_view shape;  ///< empty: all
};

Options optionsOf(int argc, char** argv) {
    Options options;
    const std::map<std::string_view, std::size_t*> known{{"--rounds", &options.rounds},
                                                         {"--requests", &options.requests},
                                                         {"--connections", &options.connections},
                                                         {"--threads", &options.threads}};
    for (int i = 1; i + 1 < argc; i += 2) {
        const auto option = known.find(argv[i]);
        const std::string_view value = argv[i + 1];
        if (std::string_view(argv[i]) == "--who") options.who = value;
        if (std::string_view(argv[i]) == "--shape") options.shape = value;
        if (options.who == value || options.shape == value) continue;
        if (option == known.end()) throw std::runtime_error(std::string("unknown option ") + argv[i]);
        std::from_chars(value.data(), value.data() + value.size(), *option->second);
    }
    return options;
}

struct Measured {
    double perSecond = 0;
    double processorMicroseconds = 0;  ///< of this process, a request
};

double processorSeconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

Measured measured(const PushMaker& ready, const PushTask& task) {
    const auto count = static_cast<double>(task.requests.size());
    const PushLoop push = ready(task);
    const double processorBefore = processorSeconds();
    const auto begin = std::chrono::steady_clock::now();
    push();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return {count / took.count(), (processorSeconds() - processorBefore) / count * 1e6};
}

Measured median(std::vector<Measured> values) {
    const auto middle = [&values](double Measured::*member) {
        std::sort(values.begin(), values.end(),
                  [member](const Measured& a, const Measured& b) { return a.*member < b.*member; });
        return values[values.size() / 2].*member;
    };
    return {middle(&Measured::perSecond), middle(&Measured::processorMicroseconds)};
}

}  // namespace

namespace {

/// Fills the picture so that the bodies have about this many bytes; each has an eCertID and a number of its own.
std::vector<AssignCode> assignRequests(std::size_t count, std::size_t bodyBytes, std::string& picture) {
    AssignCode pattern;
    pattern.operateType = OperateType::Issue;
    for (const Field field : kFields) pattern.record[field] = "示例内容12";
    pattern.record[Field::CertState] = "01";
    pattern.eCertId = std::string(32, '0');
    std::string body;
    writeBody(pattern, body);
    picture = "\xFF\xD8\xFF";
    if (bodyBytes > body.size() + 30) picture.resize((bodyBytes - body.size() - 30) / 4 * 3, 'Q');
    pattern.photo = FieldMap::photoDataUri(picture).value();
    std::vector<AssignCode> requests(count, pattern);
    for (std::size_t i = 0; i < count; ++i) {
        requests[i].eCertId = fmt::format("{:032x}", i);
        requests[i].record[Field::CertNum] = fmt::format("鲁建安B（2023）{:07}", i);  // as a sweep queues them
        requests[i].record[Field::IdentityCard] = fmt::format("{:018}", i);
    }
    return requests;
}

/// The calls of `items` requests each.
std::vector<std::string> bodiesOf(const std::vector<AssignCode>& requests, std::size_t items) {
    std::vector<std::string> bodies;
    for (std::size_t from = 0; from < requests.size(); from += items) {
        const std::size_t to = std::min(from + items, requests.size());
        Batch batch;
        for (std::size_t i = from; i < to; ++i) batch.items.emplace_back(requests[i]);
        writeBody(batch, bodies.emplace_back());
    }
    return bodies;
}

/// How the records travel.
struct Shape {
    std::string_view name;
    Signing signing;
    std::size_t items;
};
constexpr Shape kShapes[] = {
    {"hmac-sm3", Signing::HmacSm3, 1}, {"sm2", Signing::Sm2, 1}, {"sm2 x50", Signing::Sm2, 50}};

void print(std::size_t bodyBytes, const Shape& shape, std::string_view who, const Measured& measured) {
    fmt::print("push {:>6} B  {:<8}  {:<10} {:>7.0f} records/s  {:>6.1f} us of processor", bodyBytes, shape.name, who,
               measured.perSecond, measured.processorMicroseconds);
}

}  // namespace

int runPushBench(int argc, char** argv, std::vector<Contestant> contestants) {
    const Options options = optionsOf(argc, argv);
    std::erase_if(contestants,
                  [&](const Contestant& each) { return !options.who.empty() && each.name != options.who; });
    Agreement agreement = Agreement::make();
    const VerifyingServer server(agreement);
    for (const std::size_t bodyBytes : {std::size_t{1000}, std::size_t{20000}}) {
        const std::size_t count = bodyBytes > 10'000 ? options.requests / 5 : options.requests;
        std::string picture;
        const std::vector<AssignCode> requests = assignRequests(count, bodyBytes, picture);
        double alone = 0;  // the baseline's rate with one record a call, signed the same way
        for (const Shape& shape : kShapes) {
            if (!options.shape.empty() && options.shape != shape.name) continue;
            agreement.signing = shape.signing;
            const PushTask task{.base = server.base(),
                                .agreement = agreement,
                                .requests = requests,
                                .bodies = bodiesOf(requests, shape.items),
                                .items = shape.items,
                                .picture = picture,
                                .connections = options.connections,
                                .signingThreads = options.threads};
            std::vector<Measured> bare;
            std::vector<std::vector<Measured>> others(contestants.size());
            // Interleaved, for machines change their speed while one measures.
            for (std::size_t round = 0; round < options.rounds; ++round) {
                bare.push_back(measured(bareClient, task));
                for (std::size_t i = 0; i < contestants.size(); ++i) {
                    others[i].push_back(measured(contestants[i].ready, task));
                }
            }
            const Measured baseline = median(bare);
            if (shape.items == 1) alone = baseline.perSecond;
            const bool compared = shape.items > 1 && alone > 0;
            print(bodyBytes, shape, "baseline", baseline);
            fmt::print("\n");
            for (std::size_t i = 0; i < contestants.size(); ++i) {
                const Measured other = median(others[i]);
                print(bodyBytes, shape, contestants[i].name, other);
                fmt::print("  {:.2f} of the baseline", other.perSecond / baseline.perSecond);
                if (compared) fmt::print(", {:.2f} of it with one a call", other.perSecond / alone);
                fmt::print("\n");
            }
        }
    }
    return 0;
}

}  // namespace lianzheng::bench
