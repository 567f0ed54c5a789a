#include <algorithm>
#include <iterator>
#include <utility>

#include "adapters/national/platform.h"

namespace lianzheng {
namespace {

/// What is said of a call that goes on without us: nobody will learn what became of it.
Completion abandoned(Ticket ticket, const Request& request) {
    Completion given;
    given.ticket = ticket;
    std::string where = "national.";
    where.append(operationName(request));
    given.outcome = failed(writes(request) ? Fault::InDoubt : Fault::Cancelled, std::move(where), "stopped");
    return given;
}

}  // namespace

std::vector<Completion> callAllAndWait(Platform& platform, std::vector<Request> requests, const std::stop_token& stop) {
    constexpr std::chrono::milliseconds kUntilNextLook{1'000};
    std::vector<Completion> answers;
    answers.reserve(requests.size());
    for (Request& request : requests) {
        Completion given = abandoned(Ticket{}, request);
        given.ticket = platform.start(std::move(request));
        answers.push_back(std::move(given));
    }
    std::size_t open = answers.size();
    while (open > 0) {
        for (Completion& completion : platform.poll(kUntilNextLook, stop)) {
            const auto its = std::find_if(answers.begin(), answers.end(),
                                          [&](const Completion& each) { return each.ticket == completion.ticket; });
            if (its == answers.end()) continue;
            *its = std::move(completion);
            open -= 1;
        }
        if (stop.stop_requested()) break;
    }
    return answers;
}

Completion callAndWait(Platform& platform, Request request, const std::stop_token& stop) {
    std::vector<Request> one;
    one.push_back(std::move(request));
    return std::move(callAllAndWait(platform, std::move(one), stop).front());
}

}  // namespace lianzheng
