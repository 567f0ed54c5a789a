#include "adapters/provincial/read_pace.h"

#include <algorithm>

namespace lianzheng {

std::size_t ReadPace::page(std::size_t wanted) const noexcept { return cap_ == 0 ? wanted : std::min(wanted, cap_); }

void ReadPace::await(std::size_t rows, const std::stop_token& stop) {
    if (cap_ == 0) return;
    // A page counts from its end: rows of one that ended more than a second ago share no second with the next one's.
    while (!pages_.empty() && !stop.stop_requested()) {
        const TimePoint free = pages_.front().end + std::chrono::seconds{1};
        if (clock_.now() < free) {
            if (recent_ + rows <= cap_) return;
            clock_.sleepUntil(free, stop);
            continue;
        }
        recent_ -= pages_.front().rows;
        pages_.pop_front();
    }
}

void ReadPace::took(std::size_t rows) {
    if (cap_ == 0 || rows == 0) return;
    pages_.push_back({clock_.now(), rows});
    recent_ += rows;
}

}  // namespace lianzheng
