#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace lianzheng {

/// An identity number fit for a page: first 6 and last 4, stars between; shorter ones keep nothing but their ends.
std::string masked(std::string_view identityCard);

/// A text with whatever may be an identity number in it masked, its digits (and X) of either width: runs of 15 and
/// more, whatever they are, and 15 or 18 that blanks or hyphens part where they read as a person's number. Shorter runs
/// from `hidden` characters on are stars alone. Right licence identifiers stay as they are.
std::string withoutIdentities(std::string_view text, std::size_t hidden = 15);

/// A value that prints itself masked; the clear text is asked for by name.
class Masked {
public:
    explicit Masked(std::string clear) : clear_(std::move(clear)) {}
    [[nodiscard]] std::string str() const { return masked(clear_); }
    [[nodiscard]] const std::string& clear() const noexcept { return clear_; }

private:
    std::string clear_;
};

}  // namespace lianzheng
