#include <fmt/format.h>

#include <algorithm>

#include "tests/simulator/common/check_digits.h"
#include "tests/simulator/province/population.h"

namespace lianzheng::sim::province {

namespace {

using std::chrono::days;

/// The last day of validity that fits the life: still running, with room to spare, or over.
Date someExpiry(Life life, Date today, Dice& dice) {
    const int longest = static_cast<int>((lastDayOf(today) - today).count()) - 3;
    switch (life) {
        case Life::Expired:
            return today - days{dice.between(1, 300)};
        case Life::ExpiredRenewing:
            return today - days{dice.between(2, 12)};
        case Life::Suspended:
        case Life::TransferredOut:
        case Life::Other:
            return today + days{dice.between(60, longest)};
        default:
            return today + days{dice.between(0, longest)};
    }
}

std::string businessOf(Life life) {
    switch (life) {
        case Life::Rescinded:
        case Life::Cancelled:
        case Life::Revoked:
            return "50";
        case Life::TransferredOut:
            return "60";
        case Life::Other:
            return "90";
        default:
            return "10";
    }
}

void makeRenewed(Certificate& certificate, Dice& dice) {
    certificate.firstIssued = plusYears(certificate.issued, -3) + days{dice.between(1, 60)};
    certificate.business = certificate.business == "10" ? "20" : certificate.business;
    const int year = yearOf(certificate.firstIssued);
    certificate.legacy = certificate.category == "C3" && year <= 2022 && dice.chance(0.4);
    if (!certificate.legacy && dice.chance(0.5)) {
        certificate.version = 2;
        certificate.year = year;
        certificate.predecessorIdentifier = identifierOf(certificate, 1);
    }
}

/// When its licence file was made and when it last changed, in this order, both before today.
void giveTimes(Certificate& certificate, Date today, Dice& dice) {
    const auto seconds = (today - certificate.issued - days{1}).count() * 86400;
    const auto count = static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 1));
    const auto first = std::chrono::seconds{static_cast<std::int64_t>(dice.below(count))};
    const auto second = std::chrono::seconds{static_cast<std::int64_t>(dice.below(count))};
    const Date from = certificate.issued + days{1};
    certificate.licenceTime = writtenTime(from, std::min(first, second));
    certificate.changedAt = writtenTime(from, std::max(first, second));
}

}  // namespace

void makeTransferredIn(Certificate& certificate, Dice& dice) {
    const std::string authority = std::string{"11320000014000211"} + creditCheck("11320000014000211");
    const std::uint64_t serial = dice.below(10'000'000);
    certificate.business = "40";
    certificate.predecessorNumber = fmt::format("苏建安{}（2022）{:07}", certificate.category, serial);
    certificate.predecessorIdentifier =
        licenceIdentifier("11100000000013338W011", authority, fmt::format("2022{:07}", serial), 1);
}

void giveLife(Certificate& certificate, Life life, Date today, Dice& dice) {
    certificate.life = life;
    certificate.expiring = someExpiry(life, today, dice);
    certificate.issued = plusYears(certificate.expiring + days{1}, -3);
    certificate.expiring = lastDayOf(certificate.issued);
    certificate.firstIssued = certificate.issued;
    certificate.business = businessOf(life);
    const std::uint64_t origin = dice.below(100);
    if (origin < 30) {
        makeRenewed(certificate, dice);
    } else if (life == Life::Active && origin < 31) {
        makeTransferredIn(certificate, dice);
    } else if (origin < 34) {
        certificate.unknownFirst = true;
    } else if (life == Life::Active && origin < 37) {
        certificate.business = "30";
    } else if (life == Life::Active && origin < 38) {
        certificate.business = "70";
        certificate.version = 2;
    }
    certificate.year = yearOf(certificate.firstIssued);
    certificate.urgent = dice.chance(0.01);
    giveTimes(certificate, today, dice);
}

}  // namespace lianzheng::sim::province
