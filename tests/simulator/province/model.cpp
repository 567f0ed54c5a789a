#include "tests/simulator/province/model.h"

#include <fmt/format.h>

#include "tests/simulator/common/check_digits.h"

namespace lianzheng::sim::province {

namespace {

std::string number(const Certificate& certificate, const std::string& category) {
    return fmt::format("鲁建安{}（{:04}）{:07}", category, certificate.year, certificate.serial);
}

}  // namespace

std::string nationalNumber(const Certificate& certificate) { return number(certificate, certificate.category); }

std::string provincialNumber(const Certificate& certificate) {
    return number(certificate, certificate.legacy ? "C" : certificate.category);
}

std::string sourceKey(std::int64_t index) { return fmt::format("SD{:010}", index); }

std::string identifierOf(const Certificate& certificate, int version) {
    return licenceIdentifier("11100000000013338W011", "113700000045030270",
                             fmt::format("{:04}{:07}", certificate.year, certificate.serial), version);
}

std::optional<std::string> nationalState(const Certificate& certificate) {
    const auto onlyWhenRegistered = [&](const char* state) {
        return certificate.registered ? std::optional<std::string>{state} : std::nullopt;
    };
    switch (certificate.life) {
        case Life::Active:
            return "01";
        case Life::Suspended:
            return "02";
        case Life::Other:
            return "99";
        case Life::Rescinded:
            return onlyWhenRegistered("03");
        case Life::Cancelled:
        case Life::Expired:
            return onlyWhenRegistered("04");
        case Life::TransferredOut:
            return onlyWhenRegistered("06");
        case Life::Revoked:
            return onlyWhenRegistered("07");
        case Life::ExpiredRenewing:
            return onlyWhenRegistered("01");
        case Life::Draft:
        case Life::Deleted:
        case Life::Test:
            return std::nullopt;
    }
    return std::nullopt;
}

bool mayBeRegistered(const Certificate& certificate) {
    return certificate.life != Life::Draft && certificate.life != Life::Deleted && certificate.life != Life::Test;
}

}  // namespace lianzheng::sim::province
