#pragma once

#include <cstddef>
#include <deque>
#include <stop_token>

#include "adapters/runtime/clock.h"

namespace lianzheng {

/// Keeps what is read from a source to so many rows over any second.
class ReadPace {
public:
    /// `rowsPerSecond` 0: no cap. The clock is borrowed.
    ReadPace(std::size_t rowsPerSecond, Clock& clock) : cap_(rowsPerSecond), clock_(clock) {}

    /// The greatest page that may be asked for at once.
    [[nodiscard]] std::size_t page(std::size_t wanted) const noexcept;
    /// Waits until `rows` more would stay below the cap.
    void await(std::size_t rows, const std::stop_token& stop);
    /// So many rows have come until now.
    void took(std::size_t rows);

private:
    struct Page {
        TimePoint end;
        std::size_t rows = 0;
    };
    std::size_t cap_;
    Clock& clock_;
    std::deque<Page> pages_;
    std::size_t recent_ = 0;
};

}  // namespace lianzheng
