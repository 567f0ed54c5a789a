#pragma once

#include <span>
#include <string_view>

#include "tests/simulator/province/dice.h"
#include "tests/simulator/province/model.h"

namespace lianzheng::sim::province {

/// The document types of the province, the resident identity card first.
inline constexpr std::string_view kResidentCard = "身份证";
inline constexpr std::string_view kResidencePermit = "港澳台居民居住证";

/// An invented person. The key alone decides the number, so numbers never repeat below 12,987,000 people.
/// With `residentOnly` the document is always the identity card.
Person makePerson(std::int64_t key, Dice& dice, bool residentOnly);
/// An invented company; the key alone decides its code. Places go round all 18 authorities and the unowned bucket.
Company makeCompany(std::int64_t key, Dice& dice);
/// The number of the same person (birth date and gender kept) registered in another region, never met elsewhere.
std::string movedNumber(const std::string& number);
/// The same person's number in the first region that makes its check character X.
std::string numberEndingInX(const std::string& number);

}  // namespace lianzheng::sim::province
