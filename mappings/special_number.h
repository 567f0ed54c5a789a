#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "mappings/checked.h"

namespace lianzheng {

/// A 特种作业 certificate's number, e.g. 鲁A042025000123: province, a letter, two digits of the kind of work, year, and
/// a six-digit serial (assumed: the interface document gives the form of its year and serial alone, by the licence
/// identifier). Blanks, full-width digits and letters, and lower case are normalised on reading.
class SpecialNumber {
public:
    static Checked<SpecialNumber> parse(std::string_view text);
    [[nodiscard]] const std::string& str() const noexcept { return text_; }
    /// The kind of work, operationCategory's code.
    [[nodiscard]] std::string_view category() const noexcept;
    /// Year and serial, ten digits: the serial of its licence identifier.
    [[nodiscard]] std::string_view yearAndSerial() const noexcept;

private:
    explicit SpecialNumber(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace lianzheng
