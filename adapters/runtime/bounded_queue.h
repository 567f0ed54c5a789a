#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace lianzheng {

/// Where threads meet: at most `capacity` things wait in it.
/// Threads: any number on both sides. Both waits end promptly once `stop` is requested.
template <class T>
class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    /// Waits for room; false when the stop came first, and `value` is then dropped.
    bool push(T value, const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!room_.wait(lock, stop, [this] { return items_.size() < capacity_; })) return false;
        items_.push_back(std::move(value));
        filled_.notify_one();
        return true;
    }

    /// Waits for a thing; nothing when the stop came first.
    std::optional<T> pop(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!filled_.wait(lock, stop, [this] { return !items_.empty(); })) return std::nullopt;
        return take();
    }

    /// What is there now, without waiting.
    std::optional<T> tryPop() {
        const std::lock_guard lock(mutex_);
        if (items_.empty()) return std::nullopt;
        return take();
    }

    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return items_.size();
    }

private:
    T take() {
        T value = std::move(items_.front());
        items_.pop_front();
        room_.notify_one();
        return value;
    }

    std::size_t capacity_;
    mutable std::mutex mutex_;
    std::condition_variable_any room_;
    std::condition_variable_any filled_;
    std::deque<T> items_;
};

}  // namespace lianzheng
