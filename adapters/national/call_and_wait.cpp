#include <utility>

#include "adapters/national/platform.h"

namespace lianzheng {

Completion callAndWait(Platform& platform, Request request, const std::stop_token& stop) {
    constexpr std::chrono::milliseconds kUntilNextLook{1'000};
    std::string where = "national.";
    where.append(operationName(request));
    const bool writing = writes(request);
    const Ticket ticket = platform.start(std::move(request));
    while (true) {
        for (Completion& completion : platform.poll(kUntilNextLook, stop)) {
            if (completion.ticket == ticket) return std::move(completion);
        }
        if (!stop.stop_requested()) continue;
        // The call goes on without us: nobody will learn what became of it.
        Completion given;
        given.ticket = ticket;
        given.outcome = failed(writing ? Fault::InDoubt : Fault::Cancelled, std::move(where), "stopped");
        return given;
    }
}

}  // namespace lianzheng
