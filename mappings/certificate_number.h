#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mappings/checked.h"

namespace lianzheng {

/// A certificate number, e.g. 鲁建安C3（2023）0012345: province, 建安, category, year of issue, 7-digit serial.
/// Any province's prefix is valid. Half-width brackets, blanks, full-width digits and lower case are normalised on
/// reading; legacy `C` (不分 C1–C3) is kept as printed: `converted` gives the number it becomes.
class CertificateNumber {
public:
    static Checked<CertificateNumber> parse(std::string_view text);
    /// The numbers that a message names, in its order, each once.
    static std::vector<CertificateNumber> namedIn(std::string_view message);
    /// With full-width brackets, as the platform wants it.
    [[nodiscard]] const std::string& str() const noexcept { return text_; }
    /// One character in UTF-8, e.g. 鲁.
    [[nodiscard]] std::string_view province() const noexcept;
    /// A, B, C1, C2, C3, or C for a legacy number.
    [[nodiscard]] std::string_view category() const noexcept;
    [[nodiscard]] std::string_view year() const noexcept;
    [[nodiscard]] std::string_view serial() const noexcept;
    [[nodiscard]] bool legacy() const noexcept { return category() == "C"; }
    /// The number after the change-over of 2023 (换发): C becomes C3, year and digits kept; any other is unchanged.
    [[nodiscard]] CertificateNumber converted() const;
    /// Every spelling the normaliser accepts that a provincial index may hold: full- and half-width brackets, and the
    /// legacy form of a C3. For exact look-ups.
    [[nodiscard]] std::vector<std::string> spellings() const;
    friend auto operator<=>(const CertificateNumber&, const CertificateNumber&) = default;

private:
    explicit CertificateNumber(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace lianzheng
